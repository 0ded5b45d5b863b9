"""Plans that repeat, over HTTP: listed, planned, changed and ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from core import series_reading as reading
from core.api.cursors import from_cursor, page
from core.api.follow_ups import Kind, Lead, Minutes, Purpose
from core.api.route import Route
from core.api.schemas import (
    AskedId,
    Given,
    Id,
    Moment,
    OneOf,
    Page,
    Paged,
    StaffNumber,
    StaffTold,
    Told,
    text,
)
from core.cancellations import NOTE_LENGTH
from core.customers import name_of
from core.people import staff_name
from core.recurrence_line import recurrence_line
from core.rules.recurrence import MOST_TIMES
from core.series import ChangeSeries, EndSeries, MoveFollowing, PlanSeries
from core.series_planning import recurrence_of
from core.series_reading import SeriesFilter
from core.vocabulary import CANCEL_REASONS

if TYPE_CHECKING:
    from core.acting import Acting
    from core.api.route import Call
    from core.api.schemas import Nothing
    from storage.models import Series

_RULE = (
    "An RRULE of RFC 5545, of those that a person can say: FREQ with INTERVAL, BYDAY (with a"
    " number for the n-th of a month), BYMONTHDAY (-1 is the end) or BYMONTH for quarters and"
    " years. A day off moves to the next working day, the end of a month to the one before."
)
RuleGiven = Annotated[
    str, text(120, 6), Field(description=_RULE, examples=["FREQ=WEEKLY;BYDAY=FR"])
]
Times = Annotated[int, Field(ge=1, le=MOST_TIMES)]
State = Literal["running", "ended", "replaced"]


class SeriesTold(Told):
    """A plan that repeats."""

    id: int
    customer_id: int
    customer: str
    kind: str
    purpose: str
    rule: str
    repeats: str = Field(description="The rule and its end in words.")
    begins: date
    at_minute: int | None = Field(description="Minutes after midnight; null for the whole day.")
    minutes: int | None
    ends_on: date | None
    times: int | None
    next_days: list[date] = Field(description="At most four.")
    state: State = Field(description="replaced: it goes on as another series.")
    replaces_id: int | None
    reason: str | None
    note: str
    owner: StaffTold


class SeriesAsked(Paged):
    """Which series are wanted."""

    customer_id: AskedId | None = None
    state: State | None = None
    owner: StaffNumber | None = Field(None, description="A staff number.")


class SeriesGiven(Given):
    """What is planned again and again."""

    customer_id: Id = Field(examples=[1])
    rule: RuleGiven
    due_at: Moment = Field(
        examples=["2026-12-04T15:00:00+08:00"],
        description="The first time. Where the rule does not fall on that day, it is moved there.",
    )
    all_day: bool = False
    kind: Kind = "visit"
    purpose: Purpose = ""
    lead_minutes: Lead | None = None
    minutes: Minutes | None = None
    ends_on: date | None = Field(None, strict=False, description="The last day.")
    times: Times | None = Field(None, description="How often; not together with ends_on.")


class SeriesChangeGiven(Given):
    """Another rule from now on; or, with a plan of it, another moment from that one on."""

    rule: RuleGiven | None = None
    at_minute: Annotated[int, Field(ge=0, lt=24 * 60)] | None = None
    ends_on: date | None = Field(None, strict=False)
    times: Times | None = None
    follow_up_id: Id | None = Field(None, description="From this plan on; with due_at.")
    due_at: Moment | None = None
    all_day: bool = False


class SeriesEndGiven(Given):
    """Why it repeats no more."""

    reason: Annotated[str, OneOf(CANCEL_REASONS)]
    note: Annotated[str, text(NOTE_LENGTH)] = Field("", description='Needed for "other".')
    follow_up_id: Id | None = Field(None, description="From this plan on; null from now on.")


async def _told(found: Series, acting: Acting) -> SeriesTold:
    return SeriesTold(
        id=found.id,
        customer_id=found.customer_id,
        customer=name_of(found.customer, acting.locale),
        kind=found.kind,
        purpose=found.purpose,
        rule=found.rule,
        repeats=str(recurrence_line(acting.texts, recurrence_of(found))),
        begins=found.begins,
        at_minute=found.at_minute,
        minutes=found.minutes,
        ends_on=found.ends_on,
        times=found.times,
        next_days=await reading.next_days(acting, found),
        state=found.state,
        replaces_id=found.replaces_id,
        reason=found.reason or None,
        note=found.note,
        owner=StaffTold(number=found.owner.number, name=staff_name(found.owner, acting.locale)),
    )


async def list_series(call: Call[SeriesAsked, None]) -> Page[SeriesTold]:
    """Series at the customers of this person's scope."""
    asked, acting = call.query, call.acting
    wanted = SeriesFilter(asked.customer_id, asked.state, asked.owner)
    found = await reading.series_after(
        acting, wanted, after=from_cursor(asked.cursor), limit=asked.limit + 1
    )
    told = {one.id: await _told(one, acting) for one in found[: asked.limit]}
    return page(Page[SeriesTold], found, asked.limit, lambda one: told[one.id])


async def get_series(call: Call[Nothing, None]) -> SeriesTold:
    """One series."""
    return await _told(await reading.visible(call.acting, call.id("series_id")), call.acting)


async def plan_series(call: Call[Nothing, SeriesGiven]) -> SeriesTold:
    """Plan something again and again, for the person behind the token."""
    given = call.body
    made = await call.perform(
        PlanSeries(
            given.customer_id, given.rule, given.due_at, given.all_day, given.kind,
            given.purpose, given.lead_minutes, given.minutes, given.ends_on, given.times,
        )
    )  # fmt: skip
    return await _told(await reading.visible(call.acting, made["series"]), call.acting)


async def change_series(call: Call[Nothing, SeriesChangeGiven]) -> SeriesTold:
    """Go on another way; what was done stays, and the answer is the series that goes on."""
    given = call.body
    if given.follow_up_id is not None and given.due_at is not None:
        command: object = MoveFollowing(
            given.follow_up_id, given.due_at, given.all_day, call.id("series_id")
        )
    else:
        command = ChangeSeries(
            call.id("series_id"), given.rule or "", given.at_minute, given.ends_on, given.times
        )
    made = await call.perform(command)
    return await _told(await reading.visible(call.acting, made), call.acting)


async def end_series(call: Call[Nothing, SeriesEndGiven]) -> SeriesTold:
    """End it with the reason; what is planned by it is called off, what is overdue stays."""
    given = call.body
    await call.perform(
        EndSeries(call.id("series_id"), given.reason, given.note, given.follow_up_id)
    )
    return await get_series(call)  # type: ignore[arg-type]  # it reads the address only


_NEXT = {name: {"series_id": "/id"} for name in ("get_series", "change_series", "end_series")}
ROUTES = (
    Route(method="GET", path="/series", scope="follow_ups:read", does=list_series,
          query=SeriesAsked, answer=Page[SeriesTold], summary="List plans that repeat"),
    Route(method="POST", path="/series", scope="follow_ups:write", kind="change",
          does=plan_series, body=SeriesGiven, answer=SeriesTold, status=201,
          location="/series/{answer.id}", links=_NEXT, summary="Plan something that repeats"),
    Route(method="GET", path="/series/{series_id}", scope="follow_ups:read", does=get_series,
          answer=SeriesTold, links=_NEXT, summary="Read a series"),
    Route(method="POST", path="/series/{series_id}/change", scope="follow_ups:write",
          kind="change", does=change_series, body=SeriesChangeGiven, answer=SeriesTold,
          links=_NEXT, summary="Have a series go on another way"),
    Route(method="POST", path="/series/{series_id}/end", scope="follow_ups:write",
          kind="change", does=end_series, body=SeriesEndGiven, answer=SeriesTold,
          links=_NEXT, summary="End a series"),
)  # fmt: skip
