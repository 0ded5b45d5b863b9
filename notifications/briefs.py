"""What is told before something that was planned: what it is, and what to know at the door."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup

from core import customers
from core.errors import NotFound
from core.follow_up_card import follow_up_buttons, nearby_button
from core.formats import moment
from core.i18n import texts
from core.joint_visits import DUTY
from core.people import person_of, staff_name
from core.screens import Button, Screen
from core.summaries import summary_for
from core.vocabulary import KIND_ICONS, KINDS
from core.ways import MEETINGS, way_text, way_to
from notifications.customer_lines import customer_lines
from notifications.outbox import alert
from storage.models import Companion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.acting import Acting, Person
    from core.i18n import Texts
    from core.screens import Row
    from storage.models import FollowUp


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


def reminder_buttons(t: Texts, follow_up: FollowUp, told: Person) -> tuple[Row, ...]:
    """Those of a follow-up, and who else is near where somebody is met."""
    first, middle, last = follow_up_buttons(t, follow_up.id, follow_up.customer_id)
    if follow_up.kind in MEETINGS:
        last = (*last, *nearby_button(t, told.role, follow_up))
    return first, middle, last


async def brief(acting: Acting, follow_up: FollowUp, told: Person) -> list[Markup]:
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


async def remind_companions(acting: Acting, batch: Sequence[FollowUp]) -> None:
    """Those who go along are told, too: of the customer each what they may read anyway."""
    going = await Companion.filter(
        follow_up_id__in=[one.id for one in batch] or [0], duty=DUTY, status="confirmed",
        staff__active=True,
    ).order_by("id").select_related("staff__unit")  # fmt: skip
    planned = {one.id: one for one in batch}
    for one in going:
        assert one.follow_up_id is not None
        visit = planned[one.follow_up_id]
        person = person_of(one.staff, one.staff.unit)
        await alert(
            acting, person, await _along(acting, one.id, visit, person),
            cause=f"along:{one.id}:{int(visit.due_at.timestamp())}",
        )  # fmt: skip


async def _along(acting: Acting, companion_id: int, visit: FollowUp, person: Person) -> Screen:
    t = texts(person.locale)
    known = await brief(acting, visit, person)
    head = t("🤝 With {name}: {what}", name=staff_name(visit.owner, person.locale),
             what=headline(visit, person, acting.now))  # fmt: skip
    where = [Markup("{}").format(visit.customer.address)] if visit.customer.address else []
    ways = [Button.open(t("Open"), "invitation", companion_id)]
    if known:
        ways.append(Button.open(t("👤 Profile"), "profile", visit.customer_id))
    return Screen(Markup("\n").join([head, *where, *known]), (tuple(ways),), protected=True)
