"""Visits, calls and other contacts: logged once, corrected for a day, taken back for ten minutes.

A record is never deleted. A correction is kept beside the original values; taking back adds a
compensating entry and leaves both in the history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core import audit, customers, nicknames, promises, second_officers
from core.errors import AlreadySettled, CorrectionClosed, Invalid, NotFound, UndoClosed
from core.events import ActivityLogged, ActivityUndone
from core.follow_ups import (
    PlanFollowUp,
    SettleFollowUp,
    plan_follow_up,
    reminder_at,
    settle_follow_up,
)
from core.i18n import N_
from core.plan_events import FollowUpSettled
from core.series import PlanSeries, plan_series
from core.vocabulary import KINDS, OUTCOMES, PRODUCTS
from storage.db import execute, lookup
from storage.models import Activity, ActivityCorrection, Attachment, Customer, FollowUp, Series
from storage.statements import add, moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.acting import Acting

UNDO_WITHIN = timedelta(minutes=10)
CORRECT_WITHIN = timedelta(hours=24)
OLDEST = timedelta(days=366)
#: a phone's clock may be a little ahead of ours
AHEAD = timedelta(minutes=5)
NOTE_LENGTH = 2000
CORRECTABLE = ("kind", "outcome", "note", "product", "amount_fen", "occurred_at", "time_known")


@dataclass(frozen=True, slots=True)
class NextStep:
    """What was agreed for next time."""

    due_at: datetime
    all_day: bool
    kind: str = "visit"
    purpose: str = ""
    lead_minutes: int | None = None
    #: how long it takes; None takes the usual length of its kind
    minutes: int | None = None
    #: an RRULE of core/rules/recurrence.py, where it is to repeat, and its end
    rule: str = ""
    ends_on: date | None = None
    times: int | None = None
    #: whether the rule is moved to the first day, or waits for its own
    fits: bool = True


@dataclass(frozen=True, slots=True)
class LogActivity:
    """Record a visit, call or other contact, with what was agreed for next time."""

    customer_id: int
    kind: str
    occurred_at: datetime
    time_known: bool = True
    #: stated, asked, message
    time_source: str = "message"
    outcome: str | None = None
    note: str = ""
    product: str | None = None
    amount_fen: int | None = None
    next_step: NextStep | None = None
    attachments: tuple[Mapping[str, Any], ...] = ()
    #: the follow-up that this record settles
    settles: int | None = None
    #: what the note promises, as core/promises.py reads it
    promises: tuple[Mapping[str, str], ...] = ()
    #: of a credit visit: who else was there, and is to confirm it
    second_officer: int | None = None
    #: the word that the person used for the customer, where it was not understood so
    called: str = ""


@dataclass(frozen=True, slots=True)
class CorrectActivity:
    """Change fields of a record within a day."""

    activity_id: int
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UndoActivity:
    """Take a record back within ten minutes; without an id, the person's last one."""

    activity_id: int | None = None


#: the plan that a record made, or the first of a series
_PLANNED = (
    "SELECT id FROM follow_up WHERE key = $1"
    " OR series_id IN (SELECT id FROM series WHERE key = $1) ORDER BY id LIMIT 1"
)


async def log_activity(acting: Acting, command: LogActivity) -> dict[str, Any]:
    """Record it and return {"activity": id, "follow_up": id or None}; counted once per key.

    Raises:
        NotFound, NotAllowed: if the customer is not this person's to work on.
        Invalid: if a field cannot be right.
    """
    known = await lookup("SELECT id FROM activity WHERE key = $1", acting.key)
    if known:
        planned = await lookup(_PLANNED, f"{acting.key}/next")
        return {
            "activity": known[0]["id"], "follow_up": planned[0]["id"] if planned else None
        }  # fmt: skip
    customer = await customers.workable(acting, command.customer_id)
    _check(command.kind, command.outcome, command.product, command.note)
    _check_time(acting, command.occurred_at)
    absent = await customers.stood_in_for(acting, customer)
    activity_id = await add(
        Activity,
        key=acting.key,
        customer_id=customer.id,
        author_id=acting.person.id,
        acted_for_id=absent.id if absent else None,
        kind=command.kind,
        outcome=command.outcome,
        note=command.note.strip(),
        product=command.product,
        amount_fen=command.amount_fen,
        occurred_at=command.occurred_at,
        time_source=command.time_source,
        time_known=command.time_known,
        recorded_at=acting.now,
    )
    await _attach(acting, activity_id, command.attachments)
    await promises.keep_of_record(acting, activity_id, customer.id, command.promises)
    if customer.last_contact_at is None or customer.last_contact_at < command.occurred_at:
        await execute(
            "UPDATE customer SET last_contact_at = $2"
            " WHERE id = $1 AND (last_contact_at IS NULL OR last_contact_at < $2)",
            customer.id,
            moment(command.occurred_at),
        )
    await audit.record(
        acting, "log", "activity", activity_id, customer=customer.id, **audit.acted_for(absent)
    )
    if command.called:
        await nicknames.remember(acting, customer, command.called)
    acting.emit(ActivityLogged(activity_id, customer.id, command.kind))
    if command.second_officer is not None:
        await _ask_second(acting, activity_id, command.second_officer)
    if command.settles is not None:
        await _settle(acting, activity_id, customer.id, command.settles)
    follow_up_id = None
    if command.next_step is not None:
        follow_up_id = await _plan_next(acting, activity_id, customer.id, command.next_step)
    return {"activity": activity_id, "follow_up": follow_up_id}


async def _ask_second(acting: Acting, activity_id: int, staff_id: int) -> None:
    made = await Activity.get(id=activity_id)
    await second_officers.ask_of_record(acting, made, staff_id, f"{acting.key}/second")


async def _settle(acting: Acting, activity_id: int, customer_id: int, follow_up_id: int) -> None:
    """Settle what the record was made for; it is kept where that is settled or elsewhere now."""
    if await FollowUp.exists(id=follow_up_id, customer_id=customer_id, status="open"):
        await settle_follow_up(acting, SettleFollowUp(follow_up_id, activity_id=activity_id))


async def _plan_next(
    acting: Acting, activity_id: int, customer_id: int, step: NextStep
) -> int | None:
    key, acting.key = acting.key, f"{acting.key}/next"
    try:
        if step.rule:
            return await _plan_series(acting, activity_id, customer_id, step)
        return await plan_follow_up(
            acting,
            PlanFollowUp(
                customer_id=customer_id,
                due_at=step.due_at,
                all_day=step.all_day,
                kind=step.kind,
                purpose=step.purpose,
                lead_minutes=step.lead_minutes,
                minutes=step.minutes,
                activity_id=activity_id,
            ),
        )
    finally:
        acting.key = key


async def _plan_series(
    acting: Acting, activity_id: int, customer_id: int, step: NextStep
) -> int | None:
    """The first plan of what repeats from the next step on."""
    made = await plan_series(
        acting,
        PlanSeries(
            customer_id, step.rule, step.due_at, step.all_day, step.kind, step.purpose,
            step.lead_minutes, step.minutes, step.ends_on, step.times, activity_id=activity_id,
            fits=step.fits,
        ),
    )  # fmt: skip
    first = made["follow_up"]
    return None if first is None else int(first)


async def correct_activity(acting: Acting, command: CorrectActivity) -> int:
    """Change a record of one's own within a day; the old values are kept beside it.

    Raises:
        NotFound: if it is not one's own, or not to be seen.
        CorrectionClosed: after 24 hours, or if it was taken back.
        Invalid: if a field cannot be right.
    """
    if await ActivityCorrection.exists(key=acting.key):
        return command.activity_id
    activity = await correctable(acting, command.activity_id)
    changes = {
        name: {"from": _plain(getattr(activity, name)), "to": _plain(value)}
        for name, value in command.changes.items()
        if name in CORRECTABLE and getattr(activity, name) != value
    }
    if not changes:
        return int(activity.id)
    for name in changes:
        setattr(activity, name, command.changes[name])
    _check(activity.kind, activity.outcome, activity.product, activity.note)
    _check_time(acting, activity.occurred_at)
    activity.corrected_at = acting.now
    await activity.save()
    await ActivityCorrection.create(
        key=acting.key,
        activity=activity,
        author_id=acting.person.id,
        at=acting.now,
        changes=changes,
    )
    await _refresh_last_contact(activity.customer_id)
    await second_officers.ask_again(acting, activity.id)
    await audit.record(acting, "correct", "activity", activity.id, changes=changes)
    return int(activity.id)


async def correctable(acting: Acting, activity_id: int) -> Activity:
    """A record of one's own that may still be corrected.

    Raises:
        NotFound: if it is not one's own, or not to be seen.
        CorrectionClosed: after 24 hours, or if it was taken back.
    """
    activity = await _own(acting, activity_id)
    if activity.reversed_at is not None or acting.now > activity.recorded_at + CORRECT_WITHIN:
        raise CorrectionClosed
    return activity


async def undo_activity(acting: Acting, command: UndoActivity) -> dict[str, int]:
    """Take a record back by a compensating entry; its follow-up goes, the settled one returns.

    Returns {"activity": id, "customer": id}.

    Raises:
        NotFound: if there is nothing of one's own to take back.
        UndoClosed: after ten minutes.
        AlreadySettled: if it was taken back already.
    """
    done = await Activity.get_or_none(key=acting.key)
    if done is not None:
        return {"activity": int(done.reverses_id or 0), "customer": done.customer_id}
    if command.activity_id is None:
        last = (
            await Activity.filter(author_id=acting.person.id, reverses=None, reversed_at=None)
            .order_by("-recorded_at", "-id")
            .first()
        )
        if last is None:
            raise NotFound(N_("There is nothing to take back."))
        activity = await _own(acting, last.id)
    else:
        activity = await _own(acting, command.activity_id)
    if activity.reversed_at is not None:
        raise AlreadySettled(N_("That was taken back already."))
    if acting.now > activity.recorded_at + UNDO_WITHIN:
        raise UndoClosed
    await Activity.create(
        key=acting.key,
        customer_id=activity.customer_id,
        author_id=acting.person.id,
        kind=activity.kind,
        occurred_at=activity.occurred_at,
        time_source=activity.time_source,
        recorded_at=acting.now,
        reverses=activity,
    )
    activity.reversed_at = acting.now
    await activity.save(update_fields=["reversed_at"])
    await _undo_follow_ups(acting, activity)
    await promises.withdraw_of_record(acting, activity.id)
    await second_officers.withdraw_of_record(acting, activity.id)
    await _refresh_last_contact(activity.customer_id)
    await audit.record(acting, "undo", "activity", activity.id)
    acting.emit(ActivityUndone(activity.id, activity.customer_id))
    return {"activity": activity.id, "customer": activity.customer_id}


async def _undo_follow_ups(acting: Acting, activity: Activity) -> None:
    await Series.filter(activity=activity, state="running").update(
        state="ended", next_on=None, ended_at=acting.now
    )
    for planned in await FollowUp.filter(activity=activity, status="open"):
        planned.status, planned.settled_at, planned.remind_at = "cancelled", acting.now, None
        await planned.save(update_fields=["status", "settled_at", "remind_at"])
        acting.emit(FollowUpSettled(planned.id, "cancelled"))
    for settled in await FollowUp.filter(settled_by=activity, status="done"):
        settled.status, settled.settled_at, settled.settled_by_id = "open", None, None
        settled.remind_at = reminder_at(settled.due_at, settled.lead_minutes, acting.now)
        await settled.save(update_fields=["status", "settled_at", "settled_by_id", "remind_at"])


async def _own(acting: Acting, activity_id: int) -> Activity:
    activity = await Activity.get_or_none(
        id=activity_id, author_id=acting.person.id, reverses=None
    )
    if activity is None:
        raise NotFound
    await customers.workable(acting, activity.customer_id)
    return activity


async def _attach(
    acting: Acting, activity_id: int, attachments: tuple[Mapping[str, Any], ...]
) -> None:
    for found in attachments:
        kept = dict(found)
        sent_at = kept.pop("sent_at", None)
        at = acting.now if sent_at is None else datetime.fromisoformat(sent_at)
        await Attachment.create(activity_id=activity_id, created_at=at, **kept)


async def _refresh_last_contact(customer_id: int) -> None:
    last = (
        await Activity.filter(customer_id=customer_id, reverses=None, reversed_at=None)
        .order_by("-occurred_at")
        .first()
    )
    await Customer.filter(id=customer_id).update(
        last_contact_at=last.occurred_at if last else None
    )


def _check(kind: str, outcome: str | None, product: str | None, note: str) -> None:
    if (
        kind not in KINDS
        or (outcome is not None and outcome not in OUTCOMES)
        or (product is not None and product not in PRODUCTS)
    ):
        raise Invalid
    if len(note) > NOTE_LENGTH:
        raise Invalid(
            N_("A note can have {most} characters; this one has {given}. Please shorten it."),
            most=NOTE_LENGTH,
            given=len(note),
        )


def _check_time(acting: Acting, occurred_at: datetime) -> None:
    if (
        occurred_at > acting.now + AHEAD
        and occurred_at.astimezone(acting.zone).date() > acting.local_now.date()
    ):
        raise Invalid(N_("That day is still to come. When did it happen?"))
    if occurred_at < acting.now - OLDEST:
        raise Invalid(N_("That is more than a year ago. Please check the date."))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
