"""The morning's digest (the day, or the team's day) and the week's, each once a day and person.

People are gone through in the order of their ids, a batch in each transaction with its place: a
doubled or broken-off run tells nobody twice and leaves nobody out. Digests have the lowest
priority of all messages: whoever chats waits behind none of them.
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup

from core import formats
from core.acting import Acting
from core.alert_card import alert_line
from core.alerts import concerning
from core.people import person_of, with_reach
from core.rules.access import LEADERS, OWN
from core.rules.workdays import is_workday
from core.screens import Button, Screen
from core.today import today
from core.vocabulary import KIND_ICONS
from core.week import Week, ends_today, own_week, team_weeks
from notifications.outbox import alert
from storage.deliveries import DIGEST
from storage.models import Alert, Staff, Sweep

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from core.profile import FollowUpView
    from core.today import Today

BATCH = 50
#: from when on, and when it is too late for it
MORNING = (time(8, 25), time(9, 30))
WEEK_ENDS = (time(16, 30), time(19))
#: lines of each kind, and colleagues of a team
OVERDUE, DUE, ALERTS, COLLEAGUES = 3, 5, 3, 10
#: whose day is told: those who keep customers, and those who lead them
TOLD = sorted(OWN | (LEADERS - {"head_office"}))


async def morning_digest(acting: Acting) -> int:
    """Tell the next people their day; returns how many at most, 0 where all is done."""
    local = acting.local_now
    if not is_workday(local.date()) or not MORNING[0] <= local.time() < MORNING[1]:
        return 0
    return await _next(acting, "morning", local.date(), _morning)


async def friday_digest(acting: Acting) -> int:
    """Tell the next people their week on its last working day; returns as `morning_digest`."""
    local = acting.local_now
    if not ends_today(local.date()) or not WEEK_ENDS[0] <= local.time() < WEEK_ENDS[1]:
        return 0
    return await _next(acting, "week", local.date(), _week)


async def _next(
    acting: Acting, name: str, day: date, made: Callable[[Acting], Awaitable[Screen | None]]
) -> int:
    sweep = await Sweep.get_or_none(name=name)
    if sweep is None:
        sweep = await Sweep.create(name=name, day=day, began_at=acting.now)
    elif sweep.day != day:
        sweep.day, sweep.began_at, sweep.last_id, sweep.ended_at = day, acting.now, 0, None
        await sweep.save()
    if sweep.ended_at is not None:
        return 0
    people = (
        await Staff.filter(id__gt=sweep.last_id, active=True, chat_id__isnull=False, role__in=TOLD)
        .order_by("id")
        .limit(BATCH)
        .select_related("unit")
    )
    for staff in people:
        person = await with_reach(person_of(staff, staff.unit), acting.now)
        reading = Acting(person, acting.now, acting.cause)
        screen = await made(reading)
        if screen is not None:
            await alert(reading, person, screen, cause=f"{name}:{person.id}:{day}",
                        priority=DIGEST)  # fmt: skip
    if people:
        sweep.last_id = people[-1].id
    else:
        sweep.ended_at = acting.now
    await sweep.save()
    return BATCH if people else 0


async def _morning(acting: Acting) -> Screen | None:
    """The day of who keeps customers, or of the team; None where there is nothing to tell."""
    facts, t = await today(acting), acting.texts
    waiting = concerning(acting).filter(settled_at=None)
    alerts = await waiting.count()
    if not (facts.due_count or facts.overdue_count or alerts):
        return None
    date_ = formats.date(acting.local_now.date(), acting.locale)
    body = [t("☀️ <b>{date}</b>", date=date_)]
    if facts.due_count:
        body.append(
            t.plural("⏰ <b>{n} due today</b>", "⏰ <b>{n} due today</b>", facts.due_count)
        )
        body += [_line(acting, facts, one) for one in facts.due[:DUE]]
    if facts.overdue_count:
        body.append(t.plural("⚠️ <b>{n} overdue</b>", "⚠️ <b>{n} overdue</b>", facts.overdue_count))
        body += [_line(acting, facts, one) for one in facts.overdue[:OVERDUE]]
    if alerts:
        body.append(t("🔔 <b>{n} to act on</b>", n=alerts))
        shown = await waiting.order_by("-importance", "id").limit(ALERTS).select_related(
            "customer", "crossing", "staff"
        )  # fmt: skip
        body += [alert_line(one, acting.person, acting.now) for one in shown]
        await _told_with_the_digest(acting)
    return Screen(Markup("\n").join(body), _ways(acting, facts, alerts))


async def _told_with_the_digest(acting: Acting) -> None:
    """What waited for this morning has been told with it."""
    due = Alert.filter(
        staff_id=acting.person.id, settled_at=None, told_at=None, made_at__lte=acting.now
    )
    await due.update(told_at=acting.now)


def _ways(acting: Acting, facts: Today, alerts: int) -> tuple[tuple[Button, ...], ...]:
    t = acting.texts
    first = [Button.open(t("⏰ What's next"), "agenda", "open", 0)]
    if facts.overdue_count:
        overdue = t("⚠️ Overdue ({n})", n=facts.overdue_count)
        first.insert(0, Button.open(overdue, "agenda", "overdue", 0))
    second = [Button.open(t("🔔 To act on ({n})", n=alerts), "alerts", 0)] if alerts else []
    if not facts.own:
        second.append(Button.open(t("👥 Team"), "team"))
    return tuple(tuple(row) for row in (first, second) if row)


def _line(acting: Acting, facts: Today, one: FollowUpView) -> Markup:
    at = formats.moment(
        one.due_at, ZoneInfo(acting.person.zone), acting.locale, acting.now, all_day=one.all_day
    )
    purpose = f" — {one.purpose}" if one.purpose else ""
    line = Markup(" · {} {} <b>{}</b>{}").format(
        at, KIND_ICONS[one.kind], one.customer, purpose[:60]
    )
    return line if facts.own else Markup("{} ({})").format(line, one.owner)


async def _week(acting: Acting) -> Screen | None:
    """The week of who keeps customers, or of the team's people; None for an empty one."""
    t = acting.texts
    if acting.person.role in OWN:
        mine = await own_week(acting)
        if not any((mine.visits, mine.calls, mine.kept, mine.overdue, mine.planned)):
            return None
        body = [t("📊 <b>Your week</b>"), *_numbers(acting, mine)]
        if mine.overdue:
            body.append(t("⚠️ Still overdue: {n}", n=mine.overdue))
        body.append(t("⏰ Next week: {n} planned", n=mine.planned))
        ways = (Button.open(t("⏰ What's next"), "agenda", "open", 0),
                Button.start(t("⏰ Plan"), "plan"))  # fmt: skip
        return Screen(Markup("\n").join(body), (ways,))
    weeks = await team_weeks(acting)
    if not weeks:
        return None
    body = [t("📊 <b>The team's week</b> · 🚗 visits 📞 calls ✅ kept ⚠️ overdue")]
    body += [_row(one) for one in weeks[:COLLEAGUES]]
    if len(weeks) > COLLEAGUES:
        body.append(t("… and {n} more", n=len(weeks) - COLLEAGUES))
    return Screen(Markup("\n").join(body), ((Button.open(t("👥 Team"), "team"),),))


def _numbers(acting: Acting, one: Week) -> list[Markup]:
    t = acting.texts
    return [
        t("🚗 {visits} visits · 📞 {calls} calls", visits=one.visits, calls=one.calls),
        t("✅ {n} promises kept", n=one.kept),
    ]


def _row(one: Week) -> Markup:
    return Markup("<code>🚗{:>3} 📞{:>3} ✅{:>3} ⚠️{:>3}</code> {}").format(
        one.visits, one.calls, one.kept, one.overdue, one.name
    )
