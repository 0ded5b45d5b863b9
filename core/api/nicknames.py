"""What one calls a customer, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core import nicknames
from core.api.route import Route
from core.api.schemas import Asked, Given, Id, Nothing, Told, text
from core.nicknames import SAID_LENGTH, ForgetNickname, RememberNickname

if TYPE_CHECKING:
    from core.api.route import Call


class NicknameTold(Told):
    """A word of the person behind the token, and whom it means."""

    id: int
    said: str
    customer_id: int
    customer: str


class NicknamesAsked(Asked):
    """Which part of the list."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=100_000)] = 0


class NicknamesTold(Told):
    """The latest first."""

    items: list[NicknameTold]


class NicknameGiven(Given):
    """What one calls a customer."""

    customer_id: Id = Field(examples=[1])
    said: Annotated[str, text(SAID_LENGTH)] = Field(min_length=1, examples=["老华兴"])


class Forgotten(Told):
    """A word means nothing any more."""

    customer_id: int


async def list_nicknames(call: Call[NicknamesAsked, None]) -> NicknamesTold:
    """What the person behind the token calls customers; of no use to anybody else."""
    asked = call.query
    found = await nicknames.nicknames(call.acting, limit=asked.limit, offset=asked.offset)
    return NicknamesTold(
        items=[
            NicknameTold(
                id=one.id, said=one.said, customer_id=one.customer_id, customer=one.customer
            )
            for one in found
        ]
    )


async def remember_nickname(call: Call[Nothing, NicknameGiven]) -> NicknameTold:
    """From now on the word means this customer, in lines and in search."""
    made = await call.perform(RememberNickname(call.body.customer_id, call.body.said))
    found = await nicknames.nicknames(call.acting, limit=nicknames.MOST)
    one = next(view for view in found if view.id == made)
    return NicknameTold(
        id=one.id, said=one.said, customer_id=one.customer_id, customer=one.customer
    )


async def forget_nickname(call: Call[Nothing, None]) -> Forgotten:
    """The word means nothing any more."""
    forgotten = await call.perform(ForgetNickname(call.id("nickname_id")))
    return Forgotten(customer_id=forgotten)


ROUTES = (
    Route(method="GET", path="/me/nicknames", scope="customers:read", does=list_nicknames,
          query=NicknamesAsked, answer=NicknamesTold, summary="What one calls customers"),
    Route(method="POST", path="/me/nicknames", scope="customers:write", kind="change",
          does=remember_nickname, body=NicknameGiven, answer=NicknameTold, status=201,
          summary="Say what one calls a customer"),
    Route(method="DELETE", path="/me/nicknames/{nickname_id}", scope="customers:write",
          kind="change", does=forget_nickname, answer=Forgotten, summary="Forget such a word"),
)  # fmt: skip
