"""Follow-ups that come due, become overdue, and reach the leader.

Each job takes what is due in order and marks it in the same transaction as the outbox row, so a
repeated or doubled run tells nothing twice. A batch is bounded, so that nobody's reply waits long
behind it; the schedule goes on at once where one was full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup

from core import customers
from core.follow_up_card import follow_up_buttons, leader_buttons
from core.formats import moment
from core.i18n import texts
from core.people import leader_of, person_of
from core.screens import Screen
from core.vocabulary import KIND_ICONS, KINDS
from notifications.outbox import alert, quiet_now
from storage.models import FollowUp

if TYPE_CHECKING:
    from datetime import datetime

    from tortoise.queryset import QuerySet

    from core.acting import Acting, Person

BATCH = 50


async def remind_due(acting: Acting) -> int:
    """Remind of what has reached its lead time; returns how many follow-ups that were."""
    if quiet_now(acting):
        return 0
    due = FollowUp.filter(status="open", remind_at__lte=acting.now).order_by("remind_at", "id")
    batch = await _batch(due)
    for follow_up in batch:
        owner = _owner(follow_up)
        if owner is not None:
            t = texts(owner.locale)
            screen = Screen(
                t("⏰ {what}", what=headline(follow_up, owner, acting.now)),
                follow_up_buttons(t, follow_up.id, follow_up.customer_id),
            )
            await alert(
                acting,
                owner,
                screen,
                cause=f"remind:{follow_up.id}:{_stamp(follow_up.remind_at)}",
                subject=f"follow_up:{follow_up.id}",
            )
    await _among(batch).update(remind_at=None)
    return len(batch)


async def tell_overdue(acting: Acting) -> int:
    """Tell owners what was not done by the next working morning; returns how many it was."""
    if quiet_now(acting):
        return 0
    late = FollowUp.filter(
        status="open", overdue_told_at=None, overdue_at__lte=acting.now
    ).order_by("overdue_at", "id")
    batch = await _batch(late)
    for follow_up in batch:
        owner = _owner(follow_up)
        if owner is not None:
            t = texts(owner.locale)
            screen = Screen(
                t("⚠️ Overdue: {what}", what=headline(follow_up, owner, acting.now)),
                follow_up_buttons(t, follow_up.id, follow_up.customer_id),
            )
            await alert(
                acting,
                owner,
                screen,
                cause=f"overdue:{follow_up.id}:{_stamp(follow_up.overdue_at)}",
                subject=f"follow_up:{follow_up.id}",
            )
    await _among(batch).update(overdue_told_at=acting.now)
    return len(batch)


async def escalate(acting: Acting) -> int:
    """Push what is two working days overdue to the owner's leader; returns how many."""
    if quiet_now(acting):
        return 0
    late = FollowUp.filter(status="open", escalated_at=None, escalate_at__lte=acting.now).order_by(
        "escalate_at", "id"
    )
    batch = await _batch(late)
    for follow_up in batch:
        owner = _owner(follow_up)
        leader = await leader_of(owner) if owner is not None else None
        if owner is not None and leader is not None:
            t = texts(leader.locale)
            screen = Screen(
                t(
                    "⚠️ Two working days overdue with <b>{owner}</b>:\n{what}",
                    owner=owner.name_zh if leader.locale == "zh" else owner.name_en,
                    what=headline(follow_up, leader, acting.now),
                ),
                leader_buttons(t, follow_up.id),
            )
            await alert(
                acting,
                leader,
                screen,
                cause=f"escalate:{follow_up.id}:{_stamp(follow_up.escalate_at)}",
                subject=f"follow_up:{follow_up.id}",
            )
    await _among(batch).update(escalated_at=acting.now)
    return len(batch)


def headline(follow_up: FollowUp, person: Person, now: datetime) -> Markup:
    """Tomorrow 15:00 🚗 Visit Huaxing Machinery — bring the contract, in a person's language."""
    t = texts(person.locale)
    when = moment(
        follow_up.due_at, ZoneInfo(person.zone), person.locale, now, all_day=follow_up.all_day
    )
    purpose = Markup("\n{}").format(follow_up.purpose) if follow_up.purpose else Markup()
    return Markup("{} {} {} <b>{}</b>{}").format(
        when,
        KIND_ICONS[follow_up.kind],
        t(KINDS[follow_up.kind]),
        customers.short_name_of(follow_up.customer, person.locale),
        purpose,
    )


def _stamp(at: datetime | None) -> int:
    return int(at.timestamp()) if at else 0


async def _batch(found: QuerySet[FollowUp]) -> list[FollowUp]:
    return await found.limit(BATCH).select_related("customer", "owner__unit")


def _owner(follow_up: FollowUp) -> Person | None:
    owner = follow_up.owner
    return person_of(owner, owner.unit) if owner.active else None


def _among(batch: list[FollowUp]) -> QuerySet[FollowUp]:
    return FollowUp.filter(id__in=[follow_up.id for follow_up in batch])
