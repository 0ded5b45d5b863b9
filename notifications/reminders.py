"""Follow-ups that come due, become overdue, and reach the leader.

Each job takes what is due in order and marks it in the same transaction as the outbox row, so a
repeated or doubled run tells nothing twice. A batch is bounded, so that nobody's reply waits long
behind it; the schedule goes on at once where one was full.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup

from core import customers
from core.errors import NotFound
from core.follow_up_card import follow_up_buttons, leader_buttons, nearby_button
from core.formats import moment
from core.i18n import texts
from core.people import leader_of, person_of, substitutes_of
from core.screens import Screen
from core.summaries import summary_for
from core.vocabulary import KIND_ICONS, KINDS
from core.ways import MEETINGS, way_text, way_to
from core.weekly_keeping import left_to_the_week
from notifications.customer_lines import customer_lines
from notifications.outbox import alert, quiet_now
from storage.models import AlertRule, FollowUp

if TYPE_CHECKING:
    from tortoise.queryset import QuerySet

    from core.acting import Acting, Person
    from core.i18n import Texts
    from core.screens import Row

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
            Markup("\n").join([what, *await _brief(acting, follow_up, told)]),
            _reminder_buttons(t, follow_up, told),
        )
        await _alert(acting, told, screen, "remind", follow_up, follow_up.remind_at)
    await _among(batch).update(remind_at=None)
    return len(batch)


def _reminder_buttons(t: Texts, follow_up: FollowUp, told: Person) -> tuple[Row, ...]:
    first, middle, last = follow_up_buttons(t, follow_up.id, follow_up.customer_id)
    if follow_up.kind in MEETINGS:
        last = (*last, *nearby_button(t, told.role, follow_up))
    return first, middle, last


async def _brief(acting: Acting, follow_up: FollowUp, told: Person) -> list[Markup]:
    """What to know at the door, where somebody is met; nothing where it is theirs no longer."""
    if follow_up.kind not in MEETINGS:
        return []
    try:
        reading, facts = await summary_for(acting, told.id, follow_up.customer_id)
    except NotFound:
        return []
    return [*await _way(reading, follow_up), Markup(), *customer_lines(reading, facts)]


async def _way(reading: Acting, follow_up: FollowUp) -> list[Markup]:
    """That there is too little time to come here from the visit before."""
    on = follow_up.due_at.astimezone(reading.zone).date()
    way = await way_to(follow_up, datetime.combine(on, time(), reading.zone))
    return [] if way is None else [Markup("⚠️ {}").format(way_text(reading.texts, way))]


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
