"""Alerts are told: one by one where one is due, several as a digest, within the day's limit.

A grave one comes whatever the limit; the others wait for the next morning's digest. Each is marked
as told in the transaction of its message, so nothing is told twice.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core import bus
from core.alert_card import alert_buttons, alert_line, settled_line
from core.events import AlertsSettled
from core.i18n import texts
from core.people import leader_of, person_of, staff_name, substitutes_of
from core.rules.alerts import DAILY, GRAVE, tomorrow
from core.screens import Button, Screen
from notifications.outbox import alert, quiet_now
from notifications.shown import change_shown
from notifications.tellings import change_tellings, tell_several
from storage.db import rows
from storage.models import Alert
from storage.queues import millis
from storage.statements import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.acting import Acting, Person

BATCH = 50
_WAITING = (
    "SELECT DISTINCT staff_id FROM alert WHERE told_at IS NULL AND settled_at IS NULL"
    " AND not_before <= $1 ORDER BY staff_id LIMIT $2"
)
_TODAY = "SELECT COUNT(DISTINCT told_at) AS n FROM alert WHERE staff_id = $1 AND told_at >= $2"


async def tell_alerts(acting: Acting) -> int:
    """Tell the next people what they are to act on; returns how many people."""
    if quiet_now(acting):
        return 0
    waiting = await rows(_WAITING, moment(acting.now), BATCH)
    for row in waiting:
        await _tell(acting, int(row["staff_id"]))
    return len(waiting)


async def _tell(acting: Acting, staff_id: int) -> None:
    due = (
        await Alert.filter(
            staff_id=staff_id, told_at=None, settled_at=None, not_before__lte=acting.now
        )
        .order_by("-importance", "id")
        .select_related("customer", "crossing", "staff__unit")
    )
    staff = due[0].staff
    person = person_of(staff, staff.unit)
    local = acting.now.astimezone(ZoneInfo(person.zone))
    midnight = datetime.combine(local.date(), time(), local.tzinfo)
    [today] = await rows(_TODAY, staff_id, moment(midnight))
    told = due if today["n"] < DAILY else [one for one in due if one.importance == GRAVE]
    later = [one.id for one in due if one not in told]
    await Alert.filter(id__in=later or [0]).update(not_before=tomorrow(local))
    if not told:
        return
    away = await substitutes_of([staff_id], acting.now)
    for receiver in away.get(staff_id, [person] if staff.active else []):
        await _post(acting, receiver, told)
    await Alert.filter(id__in=[one.id for one in told]).update(told_at=acting.now)


async def _post(acting: Acting, receiver: Person, told: Sequence[Alert]) -> None:
    t, first = texts(receiver.locale), told[0]
    stamp = f"{first.id}:{millis(first.not_before)}:{receiver.id}"
    if len(told) == 1:
        screen = Screen(alert_line(first, receiver, acting.now), alert_buttons(t, first))
        await alert(acting, receiver, screen, cause=f"alert:{stamp}", subject=f"alert:{first.id}")
        return
    await tell_several(acting, receiver, "several", told, cause=f"alerts:{stamp}")


async def escalate_alerts(acting: Acting) -> int:
    """Tell leaders what nobody acted on in time; returns how many alerts."""
    if quiet_now(acting):
        return 0
    late = (
        await Alert.filter(
            settled_at=None, escalated_at=None, escalate_at__lte=acting.now,
            told_at__isnull=False,
        )
        .order_by("escalate_at", "id")
        .limit(BATCH)
        .select_related("customer", "crossing", "staff__unit")
    )  # fmt: skip
    of_each: dict[int, tuple[Person, list[Alert]]] = {}
    for one in late:
        leader = await leader_of(person_of(one.staff, one.staff.unit))
        if leader is not None:
            for told in (await substitutes_of([leader.id], acting.now)).get(leader.id, [leader]):
                of_each.setdefault(told.id, (told, []))[1].append(one)
    for told, theirs in of_each.values():
        if len(theirs) == 1:
            await _escalate(acting, told, theirs[0])
        else:
            cause = f"alerts_up:{theirs[0].id}:{told.id}"
            await tell_several(acting, told, "late", theirs, cause=cause)
    await Alert.filter(id__in=[one.id for one in late] or [0]).update(escalated_at=acting.now)
    return len(late)


async def _escalate(acting: Acting, leader: Person, one: Alert) -> None:
    t = texts(leader.locale)
    name = staff_name(one.staff, leader.locale)
    text = t("⏫ <b>{owner}</b> has not acted on this:\n{what}", owner=name,
             what=alert_line(one, leader, acting.now))  # fmt: skip
    buttons = (
        (
            Button.open(t("👤 Profile"), "profile", one.customer_id),
            Button.start(t("🔁 Give to…"), "reassign", one.customer_id),
        ),
        (
            Button.run(t("✅ Done"), "alert_done", one.id),
            Button.open(t("✕ Not relevant"), "alert_why", one.id),
        ),
    )
    await alert(
        acting, leader, Screen(text, buttons), cause=f"alert_up:{one.id}:{leader.id}",
        subject=f"alert:{one.id}",
    )  # fmt: skip


async def change_settled(acting: Acting, event: AlertsSettled) -> None:
    """Every message about them says what became of it, whoever settled it."""
    found = await Alert.filter(id__in=list(event.alerts)).select_related(
        "customer", "crossing", "settled_by"
    )
    for one in found:
        await change_shown(acting, f"alert:{one.id}", _settled(acting, one))
    await change_tellings(acting, event.alerts)


def _settled(acting: Acting, one: Alert) -> Callable[[Person], Screen]:
    def made(person: Person) -> Screen:
        t = texts(person.locale)
        profile = Button.open(t("👤 Profile"), "profile", one.customer_id)
        return Screen(settled_line(one, person, acting.now), ((profile,),))

    return made


def subscribe() -> None:
    """Have the rule hear its event."""
    bus.subscribe(AlertsSettled, change_settled)
