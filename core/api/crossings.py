"""Facts that crossed a line, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core import crossings
from core.api.cursors import from_cursor, page
from core.api.route import Route
from core.api.schemas import AskedId, Moment, OneOf, Page, Paged, Told
from core.customers import short_name_of
from core.rules.crossings import CROSSINGS

if TYPE_CHECKING:
    from core.api.route import Call
    from storage.models import Crossing

Kind = Annotated[str, OneOf(CROSSINGS)]


class CrossingTold(Told):
    """A fact that crossed a line."""

    id: int
    kind: str
    customer_id: int
    customer: str
    day: date | None = Field(
        description="When it matures, ends or was booked; none of a birthday."
    )
    amount_fen: int | None
    before_fen: int | None = Field(description="What it was a week before, of a fall.")
    found_at: Moment
    ended_at: Moment | None = Field(description="Since when it is true no longer.")


class CrossingsAsked(Paged):
    """Which crossings are wanted."""

    customer_id: AskedId | None = None
    kind: Kind | None = None
    ended: bool | None = Field(None, description="Whether it is true no longer.")


async def list_crossings(call: Call[CrossingsAsked, None]) -> Page[CrossingTold]:
    """What crossed a line at customers of the person's scope, the earliest first."""
    asked = call.query
    found = await crossings.crossings_after(
        call.acting, after=from_cursor(asked.cursor), limit=asked.limit + 1,
        customer_id=asked.customer_id, kind=asked.kind, ended=asked.ended,
    )  # fmt: skip

    def told(one: Crossing) -> CrossingTold:
        return CrossingTold(
            id=one.id, kind=one.kind, customer_id=one.customer_id,
            customer=short_name_of(one.customer, call.acting.locale),
            day=None if one.kind == "birthday" else one.day,
            amount_fen=one.amount_fen, before_fen=one.before_fen, found_at=one.found_at,
            ended_at=one.ended_at,
        )  # fmt: skip

    return page(Page[CrossingTold], found, asked.limit, told)


ROUTES = (
    Route(method="GET", path="/crossings", scope="customers:read", does=list_crossings,
          query=CrossingsAsked, answer=Page[CrossingTold],
          summary="List facts that crossed a line"),
)  # fmt: skip
