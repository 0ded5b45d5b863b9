"""Visits, calls and other contacts over HTTP: list, log, correct, take back, and many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ConfigDict, Field

from core import profile
from core.activities import (
    NOTE_LENGTH,
    CorrectActivity,
    LogActivity,
    NextStep,
    UndoActivity,
)
from core.api.bulk import LineAnswer, bulk
from core.api.cursors import from_cursor, to_cursor
from core.api.follow_ups import Kind, Lead, Minutes, Purpose
from core.api.route import Route
from core.api.schemas import Fen, Given, Id, Moment, Nothing, OneOf, Page, Paged, Told, text
from core.api.streams import LINES
from core.vocabulary import OUTCOMES, PRODUCTS
from storage.db import lookup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from core.api.route import Call
    from core.api.session import Asking, Session
    from core.profile import ActivityView

Outcome = Annotated[str, OneOf(OUTCOMES)]
Product = Annotated[str, OneOf(PRODUCTS)]
Note = Annotated[str, text(NOTE_LENGTH)]


class SecondOfficerTold(Told):
    """Who else was at a visit."""

    staff_id: int
    name: str
    status: str = Field(description="waiting, confirmed, refused.")


class ActivityTold(Told):
    """A record."""

    id: int
    customer_id: int
    kind: str
    outcome: str | None
    note: str
    product: str | None
    amount_fen: int | None
    occurred_at: Moment
    time_known: bool
    recorded_at: Moment
    author: str
    attachments: int
    corrected: bool
    undone: bool
    second_officer: SecondOfficerTold | None = Field(
        description="Of a visit of two officers; it counts for one until they have confirmed it."
    )
    with_colleagues: list[str] = Field(description="Who came along; the visit is one record.")
    follow_ups: list[int] = Field(description="What was planned along with it.")


class NextStepGiven(Given):
    """What was agreed for next time."""

    due_at: Moment = Field(examples=["2026-12-01T15:00:00+08:00"])
    all_day: bool = False
    kind: Kind = "visit"
    purpose: Purpose = ""
    lead_minutes: Lead | None = None
    minutes: Minutes | None = None


class ActivityGiven(Given):
    """What happened."""

    customer_id: Id = Field(examples=[1])
    kind: Kind
    occurred_at: Moment = Field(examples=["2026-11-23T10:00:00+08:00"])
    time_known: bool = True
    outcome: Outcome | None = None
    note: Note = ""
    product: Product | None = None
    amount_fen: Fen | None = None
    next_step: NextStepGiven | None = None
    settles: Id | None = Field(None, description="The follow-up that this record settles.")
    second_officer_id: Id | None = Field(
        None, description="Of a visit of two officers: who else was there, and is to confirm it."
    )


def _without_defaults(schema: dict[str, Any]) -> None:
    """A client must not take the defaults for what is sent when a field is left out."""
    for one in schema["properties"].values():
        one.pop("default", None)


class CorrectionGiven(Given):
    """The fields that were wrong; what is left out stays."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)

    kind: Kind = "visit"
    occurred_at: Moment | None = None
    time_known: bool = True
    outcome: Outcome | None = None
    note: Note = ""
    product: Product | None = None
    amount_fen: Fen | None = None


async def activity_told(views: Sequence[ActivityView], customer_id: int) -> list[ActivityTold]:
    """Records of a customer, as the bot shows them to this person."""
    planned: dict[int, list[int]] = {}
    if views:
        marks = ", ".join(f"${n}" for n, _ in enumerate(views, 1))
        sql = f"SELECT id, activity_id FROM follow_up WHERE activity_id IN ({marks})"  # noqa: S608 - only marks are put in
        # Put in order here: asked for an order by id, SQLite walks through the whole table.
        found = await lookup(sql, *(view.id for view in views))
        for row in sorted(found, key=lambda one: int(one["id"])):
            planned.setdefault(row["activity_id"], []).append(row["id"])
    return [
        ActivityTold(
            id=view.id,
            customer_id=customer_id,
            kind=view.kind,
            outcome=view.outcome,
            note=view.note,
            product=view.product,
            amount_fen=view.amount_fen,
            occurred_at=view.occurred_at,
            time_known=view.time_known,
            recorded_at=view.recorded_at,
            author=view.author,
            attachments=view.attachments,
            corrected=view.corrected,
            undone=view.undone,
            second_officer=SecondOfficerTold(
                staff_id=view.second.staff_id, name=view.second.name, status=view.second.status
            )
            if view.second
            else None,
            with_colleagues=list(view.along),
            follow_ups=planned.get(view.id, []),
        )
        for view in views
    ]


async def list_activities(call: Call[Paged, None]) -> Page[ActivityTold]:
    """The records of a customer, newest first; taken-back ones are marked."""
    asked, customer_id = call.query, call.id("customer_id")
    offset = from_cursor(asked.cursor)
    found = await profile.history(call.acting, customer_id, limit=asked.limit + 1, offset=offset)
    more = len(found) > asked.limit
    return Page[ActivityTold](
        items=await activity_told(found[: asked.limit], customer_id),
        next=to_cursor(offset + asked.limit) if more else None,
    )


async def get_activity(call: Call[Nothing, None]) -> ActivityTold:
    """One record."""
    view, customer = await profile.activity(call.acting, call.id("activity_id"))
    return (await activity_told([view], customer.id))[0]


async def log_activity(call: Call[Nothing, ActivityGiven]) -> ActivityTold:
    """Record a contact, with what was agreed for next time."""
    given = call.body
    step = given.next_step
    made = await call.perform(
        LogActivity(
            customer_id=given.customer_id,
            kind=given.kind,
            occurred_at=given.occurred_at,
            time_known=given.time_known,
            time_source="stated",
            outcome=given.outcome,
            note=given.note,
            product=given.product,
            amount_fen=given.amount_fen,
            next_step=NextStep(
                step.due_at,
                step.all_day,
                step.kind,
                step.purpose,
                step.lead_minutes,
                step.minutes,
            )
            if step
            else None,
            settles=given.settles,
            second_officer=given.second_officer_id,
        )
    )
    view = await profile.just_logged(call.acting, made["activity"])
    return (await activity_told([view], given.customer_id))[0]


async def correct_activity(call: Call[Nothing, CorrectionGiven]) -> ActivityTold:
    """Change a record of one's own within a day; the old values are kept."""
    changes = {name: getattr(call.body, name) for name in call.body.model_fields_set}
    if changes.get("occurred_at", ...) is None:
        del changes["occurred_at"]
    await call.perform(CorrectActivity(call.id("activity_id"), changes))
    return await get_activity(call)  # type: ignore[arg-type]  # it reads the address only


async def undo_activity(call: Call[Nothing, None]) -> ActivityTold:
    """Take a record of one's own back within ten minutes; it stays in the history."""
    await call.perform(UndoActivity(call.id("activity_id")))
    return await get_activity(call)


async def log_activities(
    session: Session, request: web.Request, asking: Asking
) -> web.StreamResponse:
    """Record many contacts, a line each; each is answered on a line and stands for itself."""
    return await bulk(session, request, asking, LOG)


_NEXT = {
    "get_activity": {"activity_id": "/id"},
    "correct_activity": {"activity_id": "/id"},
    "undo_activity": {"activity_id": "/id"},
}
LOG = Route(
    method="POST", path="/activities", scope="activities:write", kind="change",
    does=log_activity, body=ActivityGiven, answer=ActivityTold, status=201,
    location="/activities/{answer.id}", links=_NEXT, summary="Log a visit, call or other contact",
)  # fmt: skip
ROUTES = (
    Route(method="GET", path="/customers/{customer_id}/activities", scope="activities:read",
          does=list_activities, query=Paged, answer=Page[ActivityTold],
          summary="List a customer's records"),
    LOG,
    Route(method="POST", path="/activities/bulk", scope="activities:write", kind="change",
          streams=log_activities, body=ActivityGiven, answer=LineAnswer,
          summary=f"Log many at once ({LINES})"),
    Route(method="GET", path="/activities/{activity_id}", scope="activities:read",
          does=get_activity, answer=ActivityTold, links=_NEXT, summary="Read a record"),
    Route(method="PATCH", path="/activities/{activity_id}", scope="activities:write",
          kind="change", does=correct_activity, body=CorrectionGiven, answer=ActivityTold,
          unchanged=get_activity, links=_NEXT, summary="Correct a record"),
    Route(method="POST", path="/activities/{activity_id}/undo", scope="activities:write",
          kind="change", does=undo_activity, answer=ActivityTold, unchanged=get_activity,
          summary="Take a record back"),
)  # fmt: skip
