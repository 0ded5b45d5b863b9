"""Follow-ups that come due, become overdue, and reach the leader.

Each job takes what is due in order and marks it in the same transaction as the outbox row, so a
repeated or doubled run tells nothing twice. A batch is bounded, so that nobody's reply waits long
behind it; the schedule goes on at once where one was full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core.follow_up_card import follow_up_buttons, leader_buttons
from core.i18n import texts
from core.people import leader_of, person_of, substitutes_of
from core.screens import Screen
from core.weekly_keeping import left_to_the_week
from notifications.briefs import brief, headline, remind_companions, reminder_buttons
from notifications.outbox import alert, quiet_now
from storage.models import AlertRule, FollowUp

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
    for follow_up, owner, told in await _told(acting, batch):
        t = texts(told.locale)
        what = _for_whom(t("⏰ {what}", what=headline(follow_up, told, acting.now)), owner, told)
        screen = Screen(
            Markup("\n").join([what, *await brief(acting, follow_up, told)]),
            reminder_buttons(t, follow_up, told),
        )
        await _alert(acting, told, screen, "remind", follow_up, follow_up.remind_at)
    await remind_companions(acting, batch)
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
    left = await _left_to_the_week(batch)
    for follow_up, owner, told in await _told(
        acting, [one for one in batch if one.id not in left]
    ):
        t = texts(told.locale)
        what = t("⚠️ Overdue: {what}", what=headline(follow_up, told, acting.now))
        screen = Screen(
            _for_whom(what, owner, told),
            follow_up_buttons(t, follow_up.id, follow_up.customer_id),
        )
        await _alert(acting, told, screen, "overdue", follow_up, follow_up.overdue_at)
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
    left = await _left_to_the_week(batch)
    for follow_up in [one for one in batch if one.id not in left]:
        owner = _owner(follow_up)
        leader = await leader_of(owner) if owner is not None else None
        if owner is None or leader is None:
            continue
        for told in (await substitutes_of([leader.id], acting.now)).get(leader.id, [leader]):
            t = texts(told.locale)
            what = t(
                "⚠️ Two working days overdue with <b>{owner}</b>:\n{what}",
                owner=owner.name_zh if told.locale == "zh" else owner.name_en,
                what=headline(follow_up, told, acting.now),
            )
            screen = Screen(
                _for_whom(what, leader, told),
                leader_buttons(t, follow_up.id, follow_up.customer_id),
            )
            await _alert(acting, told, screen, "escalate", follow_up, follow_up.escalate_at)
    await _among(batch).update(escalated_at=acting.now)
    return len(batch)


async def _left_to_the_week(batch: list[FollowUp]) -> set[int]:
    """What a weekly plan made is asked about once, when its week is over, where that is told."""
    if not batch or await AlertRule.exists(code="plan_missed", on=False):
        return set()
    return await left_to_the_week([one.id for one in batch])


def _stamp(at: datetime | None) -> int:
    return int(at.timestamp()) if at else 0


async def _batch(found: QuerySet[FollowUp]) -> list[FollowUp]:
    return await found.limit(BATCH).select_related("customer", "owner__unit")


async def _told(acting: Acting, batch: list[FollowUp]) -> list[tuple[FollowUp, Person, Person]]:
    """Each follow-up with its owner and who is told: the owner, or who stands in."""
    away = await substitutes_of({follow_up.owner_id for follow_up in batch}, acting.now)
    found = []
    for follow_up in batch:
        owner = _owner(follow_up)
        if owner is not None:
            found += [(follow_up, owner, told) for told in away.get(owner.id, [owner])]
    return found


def _for_whom(what: Markup, owner: Person, told: Person) -> Markup:
    if told.id == owner.id:
        return what
    t = texts(told.locale)
    name = owner.name_zh if told.locale == "zh" else owner.name_en
    return Markup("{}\n{}").format(what, t("🤝 For {name}, who is away", name=name))


async def _alert(
    acting: Acting,
    told: Person,
    screen: Screen,
    what: str,
    follow_up: FollowUp,
    at: datetime | None,
) -> None:
    cause = f"{what}:{follow_up.id}:{_stamp(at)}"
    if told.id != follow_up.owner_id:
        cause += f":{told.id}"
    await alert(acting, told, screen, cause=cause, subject=f"follow_up:{follow_up.id}")


def _owner(follow_up: FollowUp) -> Person | None:
    owner = follow_up.owner
    return person_of(owner, owner.unit) if owner.active else None


def _among(batch: list[FollowUp]) -> QuerySet[FollowUp]:
    return FollowUp.filter(id__in=[follow_up.id for follow_up in batch])
