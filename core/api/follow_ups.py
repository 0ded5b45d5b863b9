"""Follow-ups over HTTP: list, plan, settle, put off, nudge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BeforeValidator, Field

from core import follow_ups
from core.api.cursors import from_cursor, page
from core.api.route import Route
from core.api.schemas import (
    Asked,
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
    decimal,
    text,
)
from core.cancellations import NOTE_LENGTH, CancelFollowUp, ReopenFollowUp
from core.follow_ups import (
    PURPOSE_LENGTH,
    NudgeFollowUp,
    PlanFollowUp,
    PostponeFollowUp,
    SetLength,
    SettleFollowUp,
)
from core.listings import FollowUpFilter, follow_ups_after
from core.nearby import around_place, around_plan
from core.people import staff_name
from core.profile import follow_up_view
from core.rules.lasting import LONGEST, SHORTEST
from core.vocabulary import CANCEL_REASONS, KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.acting import Acting
    from core.api.route import Call
    from core.api.schemas import Nothing
    from core.nearby import Stop
    from core.profile import FollowUpView
    from storage.models import FollowUp

Purpose = Annotated[str, text(PURPOSE_LENGTH)]
Lead = Annotated[int, Field(ge=0, le=14 * 24 * 60)]
#: how long it takes
Minutes = Annotated[int, Field(ge=SHORTEST, le=LONGEST)]
Kind = Annotated[str, OneOf(KINDS)]


class FollowUpSeen(Told):
    """A follow-up in a list."""

    id: int
    customer_id: int
    customer: str
    kind: str
    purpose: str
    due_at: Moment
    all_day: bool
    ends_at: Moment | None = Field(
        description="As said, or after the usual length of its kind; null for a whole day."
    )
    overdue: bool
    owner: str

    @classmethod
    def of(cls, view: FollowUpView) -> Self:
        """As the bot's own lists have it."""
        return cls(
            id=view.id,
            customer_id=view.customer_id,
            customer=view.customer,
            kind=view.kind,
            purpose=view.purpose,
            due_at=view.due_at,
            all_day=view.all_day,
            ends_at=view.ends_at,
            overdue=view.overdue,
            owner=view.owner,
        )


class FollowUpTold(Told):
    """A follow-up."""

    id: int
    customer_id: int
    customer: str
    kind: str
    purpose: str
    due_at: Moment
    all_day: bool
    ends_at: Moment | None = Field(
        description="As said, or after the usual length of its kind; null for a whole day."
    )
    lead_minutes: int
    overdue: bool
    status: Literal["open", "done", "cancelled"]
    series_id: int | None = Field(description="The series that it was planned by.")
    settled_at: Moment | None
    cancel_reason: str | None
    cancel_note: str
    owner: StaffTold


class StopTold(Told):
    """A customer near a planned visit."""

    customer_id: int
    customer: str
    metres: int
    last_contact_at: Moment | None


class StopsTold(Told):
    """At most five, by days without contact over 1 + km; none where there is no position."""

    items: list[StopTold]


class PlaceAsked(Asked):
    """Where."""

    latitude: Annotated[float, BeforeValidator(decimal), Field(ge=-90, le=90)]
    longitude: Annotated[float, BeforeValidator(decimal), Field(ge=-180, le=180)]


class FollowUpsAsked(Paged):
    """Which follow-ups are wanted."""

    customer_id: AskedId | None = None
    status: Literal["open", "done", "cancelled"] | None = None
    owner: StaffNumber | None = Field(None, description="A staff number.")


class FollowUpGiven(Given):
    """What is promised."""

    customer_id: Id = Field(examples=[1])
    due_at: Moment = Field(examples=["2026-12-01T15:00:00+08:00"])
    all_day: bool = False
    kind: Kind = "visit"
    purpose: Purpose = ""
    lead_minutes: Lead | None = Field(
        None, description="When to remind, before the moment; null takes the person's usual lead."
    )
    minutes: Minutes | None = Field(
        None, description="How long it takes; null takes the usual length of its kind."
    )


class LengthGiven(Given):
    """How long it takes."""

    minutes: Minutes = Field(examples=[90])


class Settled(Given):
    """How it ended."""

    how: Literal["done", "cancelled"] = "done"
    reason: Annotated[str, OneOf(CANCEL_REASONS)] | None = Field(
        None, description="Why it is called off; needed for that, and for nothing else."
    )
    note: Annotated[str, text(NOTE_LENGTH)] = Field(
        "", description='The reason in words; needed for "other".'
    )


class Postponed(Given):
    """Until when."""

    due_at: Moment = Field(examples=["2026-12-02T09:00:00+08:00"])
    all_day: bool = False
    minutes: Minutes | None = Field(
        None, description="How long it takes; null keeps the length that it had."
    )


def follow_up_told(found: FollowUp, acting: Acting) -> FollowUpTold:
    """A follow-up, with customer and owner fetched, as it is told."""
    view = follow_up_view(found, acting)
    return FollowUpTold(
        id=view.id,
        customer_id=view.customer_id,
        customer=view.customer,
        kind=view.kind,
        purpose=view.purpose,
        due_at=view.due_at,
        all_day=view.all_day,
        ends_at=view.ends_at,
        lead_minutes=found.lead_minutes,
        overdue=view.overdue,
        status=found.status,
        series_id=found.series_id,
        settled_at=found.settled_at,
        cancel_reason=found.cancel_reason or None,
        cancel_note=found.cancel_note,
        owner=StaffTold(number=found.owner.number, name=staff_name(found.owner, acting.locale)),
    )


async def list_follow_ups(call: Call[FollowUpsAsked, None]) -> Page[FollowUpTold]:
    """Follow-ups at the customers of this person's scope."""
    asked = call.query
    wanted = FollowUpFilter(asked.customer_id, asked.status, asked.owner)
    found = await follow_ups_after(
        call.acting, wanted, after=from_cursor(asked.cursor), limit=asked.limit + 1
    )
    acting = call.acting
    return page(Page[FollowUpTold], found, asked.limit, lambda one: follow_up_told(one, acting))


async def get_follow_up(call: Call[Nothing, None]) -> FollowUpTold:
    """One follow-up."""
    found = await follow_ups.visible(call.acting, call.id("follow_up_id"))
    return follow_up_told(found, call.acting)


async def plan_follow_up(call: Call[Nothing, FollowUpGiven]) -> FollowUpTold:
    """Promise something for a day, for the person behind the token."""
    given = call.body
    made = await call.perform(
        PlanFollowUp(
            customer_id=given.customer_id,
            due_at=given.due_at,
            all_day=given.all_day,
            kind=given.kind,
            purpose=given.purpose,
            lead_minutes=given.lead_minutes,
            minutes=given.minutes,
        )
    )
    return follow_up_told(await follow_ups.visible(call.acting, made), call.acting)


async def settle_follow_up(call: Call[Nothing, Settled]) -> FollowUpTold:
    """Done, or called off: then with the reason."""
    given, which = call.body, call.id("follow_up_id")
    if given.how == "cancelled":
        await call.perform(CancelFollowUp(which, given.reason or "", given.note))
    else:
        await call.perform(SettleFollowUp(which))
    return await get_follow_up(call)  # type: ignore[arg-type]  # it reads the address only


async def reopen_follow_up(call: Call[Nothing, None]) -> FollowUpTold:
    """Undo within ten minutes what the person behind the token called off."""
    await call.perform(ReopenFollowUp(call.id("follow_up_id")))
    return await get_follow_up(call)


async def postpone_follow_up(call: Call[Nothing, Postponed]) -> FollowUpTold:
    """Put off to another moment."""
    given = call.body
    await call.perform(
        PostponeFollowUp(call.id("follow_up_id"), given.due_at, given.all_day, given.minutes)
    )
    return await get_follow_up(call)  # type: ignore[arg-type]  # likewise


async def set_length(call: Call[Nothing, LengthGiven]) -> FollowUpTold:
    """Say how long it takes, where it has a time."""
    await call.perform(SetLength(call.id("follow_up_id"), call.body.minutes))
    return await get_follow_up(call)  # type: ignore[arg-type]  # likewise


async def nearby_stops(call: Call[Nothing, None]) -> StopsTold:
    """The person's own customers around a planned visit, the best stop first."""
    found = await around_plan(call.acting, call.id("follow_up_id"))
    return _stops_told(() if found is None else found.stops)


async def nearby_place(call: Call[PlaceAsked, None]) -> StopsTold:
    """The person's own customers around a place, the best stop first."""
    found = await around_place(call.acting, call.query.latitude, call.query.longitude)
    return _stops_told(found.stops)


def _stops_told(stops: Sequence[Stop]) -> StopsTold:
    return StopsTold(
        items=[
            StopTold(
                customer_id=one.customer_id, customer=one.customer, metres=one.metres,
                last_contact_at=one.last_contact_at,
            )
            for one in stops
        ]
    )  # fmt: skip


async def nudge_follow_up(call: Call[Nothing, None]) -> FollowUpTold:
    """A leader asks the owner to get on with it."""
    await call.perform(NudgeFollowUp(call.id("follow_up_id")))
    return await get_follow_up(call)


_NEXT = {
    "get_follow_up": {"follow_up_id": "/id"},
    "settle_follow_up": {"follow_up_id": "/id"},
    "postpone_follow_up": {"follow_up_id": "/id"},
    "reopen_follow_up": {"follow_up_id": "/id"},
    "set_length": {"follow_up_id": "/id"},
    "nudge_follow_up": {"follow_up_id": "/id"},
}
ROUTES = (
    Route(method="GET", path="/follow-ups", scope="follow_ups:read", does=list_follow_ups,
          query=FollowUpsAsked, answer=Page[FollowUpTold], summary="List follow-ups"),
    Route(method="POST", path="/follow-ups", scope="follow_ups:write", kind="change",
          does=plan_follow_up, body=FollowUpGiven, answer=FollowUpTold, status=201,
          location="/follow-ups/{answer.id}", links=_NEXT, summary="Plan a follow-up"),
    Route(method="GET", path="/follow-ups/{follow_up_id}", scope="follow_ups:read",
          does=get_follow_up, answer=FollowUpTold, links=_NEXT, summary="Read a follow-up"),
    Route(method="GET", path="/follow-ups/{follow_up_id}/nearby", scope="customers:read",
          does=nearby_stops, answer=StopsTold, summary="List stops near a planned visit"),
    Route(method="GET", path="/nearby", scope="customers:read", does=nearby_place,
          query=PlaceAsked, answer=StopsTold, summary="List stops near a place"),
    Route(method="POST", path="/follow-ups/{follow_up_id}/settle", scope="follow_ups:write",
          kind="change", does=settle_follow_up, body=Settled, answer=FollowUpTold,
          unchanged=get_follow_up, links=_NEXT, summary="Mark a follow-up done or cancelled"),
    Route(method="POST", path="/follow-ups/{follow_up_id}/reopen", scope="follow_ups:write",
          kind="change", does=reopen_follow_up, answer=FollowUpTold, links=_NEXT,
          summary="Undo a cancellation"),
    Route(method="POST", path="/follow-ups/{follow_up_id}/postpone", scope="follow_ups:write",
          kind="change", does=postpone_follow_up, body=Postponed, answer=FollowUpTold,
          unchanged=get_follow_up, links=_NEXT, summary="Put a follow-up off"),
    Route(method="POST", path="/follow-ups/{follow_up_id}/length", scope="follow_ups:write",
          kind="change", does=set_length, body=LengthGiven, answer=FollowUpTold,
          unchanged=get_follow_up, links=_NEXT, summary="Say how long a follow-up takes"),
    Route(method="POST", path="/follow-ups/{follow_up_id}/nudge", scope="follow_ups:write",
          kind="change", does=nudge_follow_up, answer=FollowUpTold,
          summary="Ask the owner to get on with it"),
)  # fmt: skip
