"""Promises between the bank and a firm, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from core import promises
from core.api.route import Route
from core.api.schemas import Asked, Given, Told, text
from core.language.promises import TEXT_LENGTH
from core.promises import MakePromise, SettlePromise

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing
    from core.promises import PromiseView

Words = Annotated[str, text(TEXT_LENGTH)]


class PromiseTold(Told):
    """A promise."""

    id: int
    customer_id: int
    direction: str = Field(description="ours: the bank to the firm; theirs.")
    text: str
    due: date | None
    status: str = Field(description="open, kept, late, broken, withdrawn.")
    overdue: bool


class PromisesAsked(Asked):
    """Which part of the list."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=100_000)] = 0


class PromisesTold(Told):
    """The open ones first, those due first."""

    items: list[PromiseTold]


class PromiseGiven(Given):
    """What was promised."""

    direction: Literal["ours", "theirs"]
    text: Words = Field(min_length=1, examples=["送贷款合同"])
    due: date | None = Field(None, strict=False)


class PromiseSettledGiven(Given):
    """What became of it."""

    how: Literal["kept", "broken"] = "kept"


async def list_promises(call: Call[PromisesAsked, None]) -> PromisesTold:
    """What the bank and the firm promised each other."""
    asked = call.query
    customer, found = await promises.promises_of(
        call.acting, call.id("customer_id"), limit=asked.limit, offset=asked.offset
    )
    return PromisesTold(items=[_told(one, customer.id) for one in found])


async def make_promise(call: Call[Nothing, PromiseGiven]) -> PromiseTold:
    """Write a promise down."""
    given = call.body
    command = MakePromise(call.id("customer_id"), given.direction, given.text, given.due)
    made = await call.perform(command)
    view, customer = await promises.promise(call.acting, made["id"])
    return _told(view, customer.id)


async def get_promise(call: Call[Nothing, None]) -> PromiseTold:
    """One promise."""
    view, customer = await promises.promise(call.acting, call.id("promise_id"))
    return _told(view, customer.id)


async def settle_promise(call: Call[Nothing, PromiseSettledGiven]) -> PromiseTold:
    """Say that it was kept or broken; kept after its day, it is late."""
    promise_id = call.id("promise_id")
    await call.perform(SettlePromise(promise_id, call.body.how))
    view, customer = await promises.promise(call.acting, promise_id)
    return _told(view, customer.id)


def _told(view: PromiseView, customer_id: int) -> PromiseTold:
    return PromiseTold(
        id=view.id, customer_id=customer_id, direction=view.direction, text=view.text,
        due=view.due, status=view.status, overdue=view.overdue,
    )  # fmt: skip


ROUTES = (
    Route(method="GET", path="/customers/{customer_id}/promises", scope="follow_ups:read",
          does=list_promises, query=PromisesAsked, answer=PromisesTold,
          summary="What was promised, both ways"),
    Route(method="POST", path="/customers/{customer_id}/promises", scope="follow_ups:write",
          kind="change", does=make_promise, body=PromiseGiven, answer=PromiseTold, status=201,
          location="/promises/{answer.id}", summary="Write a promise down"),
    Route(method="GET", path="/promises/{promise_id}", scope="follow_ups:read",
          does=get_promise, answer=PromiseTold, summary="Read a promise"),
    Route(method="POST", path="/promises/{promise_id}/settle", scope="follow_ups:write",
          kind="change", does=settle_promise, body=PromiseSettledGiven, answer=PromiseTold,
          summary="Say that a promise was kept or broken"),
)  # fmt: skip
