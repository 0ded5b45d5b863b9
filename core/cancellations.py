"""What was planned and is called off: why, by whom, how often; undone at once where it was a slip.

A reason is a code of the bank's list, so that leaders see what plans fail for. What the system
closes (a customer that goes to the pool, a record taken back) has none, and is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tortoise.functions import Count

from core import audit, customers
from core.errors import AlreadySettled, Invalid, ReopenClosed
from core.follow_ups import (
    SettleFollowUp,
    reminder_at,
    settle_follow_up,
    visible,
    workable,
)
from core.i18n import N_
from core.plan_events import FollowUpSettled
from core.rules.access import OWN, visible_customers
from core.vocabulary import CANCEL_REASONS
from storage.models import FollowUp

if TYPE_CHECKING:
    from datetime import datetime

    from core.acting import Acting

UNDO_WITHIN = timedelta(minutes=10)
NOTE_LENGTH = 400


@dataclass(frozen=True, slots=True)
class CancelFollowUp:
    """It will not take place."""

    follow_up_id: int
    #: a code of CANCEL_REASONS
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReopenFollowUp:
    """It was called off by mistake a moment ago."""

    follow_up_id: int


async def cancel_follow_up(acting: Acting, command: CancelFollowUp) -> int:
    """Call it off, keep why, and return its id.

    Raises:
        NotFound, NotAllowed: if it is not this person's to call off.
        AlreadySettled: if it is settled.
        Invalid: if the reason is none of the list, or "other" without a word.
    """
    await workable(acting, command.follow_up_id)
    reason, note = checked(command.reason, command.note)
    await settle_follow_up(
        acting, SettleFollowUp(command.follow_up_id, "cancelled"), reason=reason, note=note
    )
    return command.follow_up_id


def checked(reason: str, note: str) -> tuple[str, str]:
    """A reason with its note, as they may be kept.

    Raises:
        Invalid: if the reason is none of the list, or "other" without a word.
    """
    note = note.strip()
    if reason not in CANCEL_REASONS or len(note) > NOTE_LENGTH:
        raise Invalid(N_("Please say why, with one of the reasons given."))
    if reason == "other" and not note:
        raise Invalid(N_("Please say the reason in a few words."))
    return reason, note


async def reopen_follow_up(acting: Acting, command: ReopenFollowUp) -> int:
    """Undo what the same person called off within ten minutes, and return its id.

    Raises:
        NotFound, NotAllowed: if it is not this person's to open.
        AlreadySettled: if it is not called off.
        ReopenClosed: later, or for anybody else.
    """
    found = await visible(acting, command.follow_up_id)
    if found.status != "cancelled":
        raise AlreadySettled
    await customers.workable(acting, found.customer_id)
    if not may_reopen(acting, found):
        raise ReopenClosed
    found.status, found.settled_at, found.ended_by_id = "open", None, None
    found.cancel_reason = found.cancel_note = ""
    found.remind_at = reminder_at(found.due_at, found.lead_minutes, acting.now)
    await found.save(
        update_fields=["status", "settled_at", "ended_by_id", "cancel_reason", "cancel_note",
                       "remind_at"]
    )  # fmt: skip
    await audit.record(acting, "reopen", "follow_up", found.id)
    acting.emit(FollowUpSettled(found.id, "reopened"))
    return int(found.id)


def reason_of(code: str) -> str:
    """The message of a reason, also of one that nobody can choose."""
    return CANCEL_REASONS.get(code, CANCEL_REASONS["other"])


def may_reopen(acting: Acting, found: FollowUp) -> bool:
    """Whether the acting person called it off, just now."""
    return (
        found.status == "cancelled"
        and bool(found.cancel_reason)
        and found.ended_by_id == acting.person.id
        and found.settled_at is not None
        and acting.now <= found.settled_at + UNDO_WITHIN
    )


async def called_off(acting: Acting, start: datetime, end: datetime) -> list[tuple[str, int]]:
    """How often for which reason in a span of time, the most frequent first.

    The own ones; for leaders those of their people.
    """
    found = FollowUp.filter(
        visible_customers(acting.person).through("customer__"), status="cancelled",
        settled_at__gte=start, settled_at__lt=end, cancel_reason__in=sorted(CANCEL_REASONS),
    )  # fmt: skip
    if acting.person.role in OWN:
        found = found.filter(owner_id__in=acting.person.keeps)
    counts = await found.annotate(n=Count("id")).group_by("cancel_reason").values(
        "cancel_reason", "n"
    )  # fmt: skip
    reasons = list(CANCEL_REASONS)
    told = [(str(row["cancel_reason"]), int(row["n"])) for row in counts]
    return sorted(told, key=lambda one: (-one[1], reasons.index(one[0])))
