"""Tokens over HTTP, for administrators: list, make, revoke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core import tokens
from core.api.cursors import from_cursor, page
from core.api.route import Route
from core.api.schemas import Given, Moment, OneOf, Page, Paged, StaffNumber, Told, text
from core.events import TokenMade
from core.tokens import LONGEST, NAME_LENGTH, SCOPES, CreateToken, RevokeToken

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing
    from storage.models import ApiToken


class TokenGiven(Given):
    """For whom, for what, and for how long."""

    number: StaffNumber = Field(
        description="The staff number of whom it acts as.", examples=["1001"]
    )
    name: Annotated[str, text(NAME_LENGTH, least=1)] = Field(description="What it is for.")
    scopes: list[Annotated[str, OneOf(SCOPES)]] = Field(min_length=1, max_length=len(SCOPES))
    days: Annotated[int, Field(ge=1, le=LONGEST.days)] = 90


class TokenTold(Told):
    """A token, without its secret."""

    id: int
    name: str
    number: str
    scopes: list[str]
    created_at: Moment
    expires_at: Moment
    last_used_at: Moment | None = Field(description="Noted once a minute at most.")
    revoked_at: Moment | None


class TokenMadeTold(TokenTold):
    """A new token."""

    secret: str | None = Field(description="Told once; null when the request is repeated.")


def token_told(found: ApiToken) -> TokenTold:
    """A token, with whom it acts as fetched, as it is told."""
    return TokenTold(
        id=found.id,
        name=found.name,
        number=found.staff.number,
        scopes=found.scopes,
        created_at=found.created_at,
        expires_at=found.expires_at,
        last_used_at=found.last_used_at,
        revoked_at=found.revoked_at,
    )


async def list_tokens(call: Call[Paged, None]) -> Page[TokenTold]:
    """All tokens, those that are good for nothing any more included."""
    asked = call.query
    found = await tokens.tokens(
        call.acting, after=from_cursor(asked.cursor), limit=asked.limit + 1
    )
    return page(Page[TokenTold], found, asked.limit, token_told)


async def create_token(call: Call[Nothing, TokenGiven]) -> TokenMadeTold:
    """Make a token; its secret is told once."""
    given = call.body
    made = await call.perform(CreateToken(given.number, given.name, given.scopes, given.days))
    secret = next(one.secret for one in call.acting.events if isinstance(one, TokenMade))
    told = token_told(await tokens.visible(call.acting, made))
    return TokenMadeTold(**told.model_dump(), secret=secret)


async def revoke_token(call: Call[Nothing, None]) -> TokenTold:
    """Make a token worthless, at once."""
    await call.perform(RevokeToken(call.id("token_id")))
    return token_told(await tokens.visible(call.acting, call.id("token_id")))


ROUTES = (
    Route(method="GET", path="/tokens", scope="tokens:admin", does=list_tokens, query=Paged,
          answer=Page[TokenTold], summary="List tokens"),
    Route(method="POST", path="/tokens", scope="tokens:admin", kind="change", does=create_token,
          body=TokenGiven, answer=TokenMadeTold, status=201, told_once=("secret",),
          summary="Make a token"),
    Route(method="DELETE", path="/tokens/{token_id}", scope="tokens:admin", kind="change",
          does=revoke_token, answer=TokenTold, summary="Revoke a token"),
)  # fmt: skip
