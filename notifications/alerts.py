"""Alerts are told: one by one where one is due, several as a digest, within the day's limit.

A grave one comes whatever the limit; the others wait for the next morning's digest. Each is marked
as told in the transaction of its message, so nothing is told twice.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core import bus
from core.alert_card import alert_buttons, alert_line, profile_button, settled_line
from core.alert_events import AlertNudged, AlertsSettled
from core.alert_rules import all_numbers
from core.i18n import texts
from core.people import person_of, rungs_above, staff_name, substitutes_of
from core.rules.alerts import DAILY, GRAVE, escalated_from, told_from, tomorrow
from core.rules.climbing import next_rung
from core.rules.wishes import digest_time, muted
from core.screens import Button, Screen
from core.wishes import topics_of
from notifications.outbox import alert, held
from notifications.shown import change_sent, on_screen
from notifications.tellings import change_tellings, tell_several
from storage.db import rows
from storage.deliveries import cancel_unsent
from storage.models import Alert, Staff
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


async def tell_alerts(acting: Acting) -> int:
    """Tell the next people what they are to act on; returns how many people."""
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
    at = digest_time(staff.digest_at)
    away = await substitutes_of([staff_id], acting.now)
    receivers = away.get(staff_id, [person] if staff.active else [])
    later = ready(acting, receivers or [person])
    if later != acting.now:
        await Alert.filter(id__in=[one.id for one in due]).update(not_before=later)
        return
    midnight = datetime.combine(local.date(), time(), local.tzinfo)
    quiet = muted(await topics_of(staff_id))
    loud = [one for one in due if one.rule not in quiet]
    limit = staff.daily_alerts or DAILY
    today = Alert.filter(staff_id=staff_id, told_at__gte=midnight).exclude(rule__in=quiet or [""])
    messages = set(await today.values_list("told_at", flat=True))
    told = loud if len(messages) < limit else [one for one in loud if one.importance == GRAVE]
    put_off = [one.id for one in loud if one not in told]
    await Alert.filter(id__in=put_off or [0]).update(not_before=tomorrow(local, at))
    for receiver in receivers if told else []:
        await _post(acting, receiver, told)
    # What the person wants no message of is in the list, and no more is to be told of it.
    settled = [one.id for one in due if one in told or one.rule in quiet]
    await Alert.filter(id__in=settled or [0]).update(told_at=acting.now)


def ready(acting: Acting, receivers: Sequence[Person]) -> datetime:
    """From when on one of these people may be told something: now, or their next working hour."""
    return min(_ready(acting.now, one) for one in receivers)


def _ready(now: datetime, person: Person) -> datetime:
    zone, at = ZoneInfo(person.zone), digest_time(person.digest_at)
    working = told_from(now.astimezone(zone), "now", at)
    until = held(person, working)
    return now if until == now else told_from(until.astimezone(zone), "now", at)


async def _post(acting: Acting, receiver: Person, told: Sequence[Alert]) -> None:
    t, first = texts(receiver.locale), told[0]
    stamp = f"{first.id}:{millis(first.not_before)}:{receiver.id}"
    if len(told) == 1:
        screen = Screen(alert_line(first, receiver, acting.now), alert_buttons(t, first))
        await alert(acting, receiver, screen, cause=f"alert:{stamp}", subject=f"alert:{first.id}")
        return
    await tell_several(acting, receiver, "several", told, cause=f"alerts:{stamp}")


async def escalate_alerts(acting: Acting) -> int:
    """Tell leaders what nobody acted on in time, one step up the tree after the other.

    Returns how many alerts. The clock of a rule runs anew at each step; whoever can't be told is
    passed over, and head office is not troubled.
    """
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
    clocks = await all_numbers() if late else {}
    for one in late:
        owner = person_of(one.staff, one.staff.unit)
        rungs, told_for = await rungs_above(owner, acting.now)
        rung = next_rung(rungs, owner.unit_path, one.escalated_path)
        if rung is None:
            await Alert.filter(id=one.id).update(escalated_at=acting.now)
            continue
        receivers = told_for[rung.staff_id]
        later = ready(acting, receivers)
        if later != acting.now:
            await Alert.filter(id=one.id).update(escalate_at=later)
            continue
        for receiver in receivers:
            of_each.setdefault(receiver.id, (receiver, []))[1].append(one)
        local = acting.now.astimezone(ZoneInfo(owner.zone))
        further = escalated_from(local, *clocks[one.rule]["escalate"])
        await Alert.filter(id=one.id).update(
            escalated_path=rung.path, escalate_at=further,
            escalated_at=acting.now if further is None else None,
        )  # fmt: skip
    for told, theirs in of_each.values():
        if len(theirs) == 1:
            await _escalate(acting, told, theirs[0])
        else:
            cause = f"alerts_up:{theirs[0].id}:{told.id}:{millis(acting.now)}"
            await tell_several(acting, told, "late", theirs, cause=cause)
    return len(late)


async def _escalate(acting: Acting, leader: Person, one: Alert) -> None:
    t = texts(leader.locale)
    name = staff_name(one.staff, leader.locale)
    text = t("⏫ <b>{owner}</b> has not acted on this:\n{what}", owner=name,
             what=alert_line(one, leader, acting.now))  # fmt: skip
    ways = profile_button(t, one)
    ways = (*ways, Button.run(t("👉 Nudge"), "alert_nudge", one.id))
    if one.customer_id is not None:
        ways = (*ways, Button.start(t("🔁 Give to…"), "reassign", one.customer_id))
    ends = (
        Button.run(t("✅ Done"), "alert_done", one.id),
        Button.open(t("✕ Not relevant"), "alert_why", one.id),
    )
    buttons = tuple(row for row in (ways, ends) if row)
    await alert(
        acting, leader, Screen(text, buttons), cause=f"alert_up:{one.id}:{leader.id}",
        subject=f"alert:{one.id}",
    )  # fmt: skip


async def tell_nudged(acting: Acting, event: AlertNudged) -> None:
    """Who is to act on it, or who stands in, hears who asks, with the buttons to act."""
    one = await Alert.get(id=event.alert_id).select_related("customer", "crossing", "staff__unit")
    by = await Staff.get(id=event.by)
    owner = person_of(one.staff, one.staff.unit)
    away = await substitutes_of([owner.id], acting.now)
    for told in away.get(owner.id, [owner] if one.staff.active else []):
        t = texts(told.locale)
        text = t("👉 {leader} asks about this:\n{what}", leader=staff_name(by, told.locale),
                 what=alert_line(one, told, acting.now))  # fmt: skip
        await alert(
            acting, told, Screen(text, alert_buttons(t, one)),
            cause=f"alert_nudge:{one.id}:{acting.local_now.date()}:{told.id}",
            subject=f"alert:{one.id}",
        )  # fmt: skip


async def change_settled(acting: Acting, event: AlertsSettled) -> None:
    """Every message about them says what became of it, whoever settled it."""
    for alert_id in event.alerts:
        subject = f"alert:{alert_id}"
        await cancel_unsent(subject)
        if await on_screen(subject):  # mostly none is: a contact settles what was never told
            one = await Alert.get(id=alert_id).select_related("customer", "crossing", "settled_by")
            await change_sent(acting, subject, _settled(acting, one))
    await change_tellings(acting, event.alerts)


def _settled(acting: Acting, one: Alert) -> Callable[[Person], Screen]:
    def made(person: Person) -> Screen:
        t = texts(person.locale)
        rows = tuple(row for row in (profile_button(t, one),) if row)
        return Screen(settled_line(one, person, acting.now), rows)

    return made


def subscribe() -> None:
    """Have the rules hear their events."""
    bus.subscribe(AlertsSettled, change_settled)
    bus.subscribe(AlertNudged, tell_nudged)
