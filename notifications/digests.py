"""The morning's digest (the day, or the team's day) and the week's, each once a day and person.

People are gone through in the order of their ids, a batch in each transaction with its place: a
doubled or broken-off run tells nobody twice and leaves nobody out. Digests have the lowest
priority of all messages: whoever chats waits behind none of them.

No more are made than Telegram lets through in the next minutes, so that each says what is true
when it is read; one that waits for long all the same is made anew (docs/adr/0038).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zlib import crc32
from zoneinfo import ZoneInfo

from markupsafe import Markup

from core import formats
from core.acting import Acting
from core.alerts import concerning
from core.leader_lines import leader_lines
from core.morning_card import day_lines, ways
from core.people import person_reading, substitutes_of
from core.rules.access import LEADERS, OWN
from core.rules.workdays import is_workday
from core.screens import Button, Screen, content_to_json
from core.tellings import open_telling, screen_of, tell_instead
from core.today import due_today
from core.week import Week, ends_today, own_week, team_weeks
from core.weekly_keeping import counted, kept_by, kept_of
from core.weekly_line import figures
from core.weekly_plans import coming, monday_of
from core.wishes import wanted
from notifications.outbox import BANK_ZONE, alert, quiet_now
from notifications.tellings import subject_of, telling_of
from storage.db import rows
from storage.deliveries import DIGEST, give_card, renew_unsent
from storage.models import Alert, Staff, Sweep, WeeklyPlan
from storage.queues import millis

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tortoise.queryset import QuerySet

    from core.acting import Person
    from core.weekly_keeping import Kept

    #: a digest, None where there is nothing to tell; and what its card is about, if it changes
    Made = tuple[Screen | None, str]

#: people in one transaction; whoever chats waits for it
BATCH = 10
#: from when on at the latest, and when it is too late to begin, and to go on
MORNING, GOES_ON = (time(8, 25), time(9, 30)), time(12)
#: when everybody is to have it, where the quiet hours leave time enough
READ_BY = time(8, 45)
#: of Telegram's pace, what is reckoned with for digests: whoever chats takes the rest
SHARE = 0.8
#: how much is made ahead; more than a minute, in which the next part of the job comes
AHEAD = timedelta(seconds=90)
#: one that was made so long ago says no longer what is true
STALE = timedelta(minutes=15)
WEEK_ENDS = (time(16, 30), time(19))
#: lines of alerts, and colleagues of a team
ALERTS, COLLEAGUES = 3, 10
#: whose day is told: those who keep customers, and those who lead them
TOLD = sorted(OWN | (LEADERS - {"head_office"}))

#: whose morning is another than the bank's
_GROUPS = (
    "SELECT DISTINCT zone, digest_at FROM staff WHERE active AND chat_id IS NOT NULL"
    " AND (zone <> $1 OR digest_at IS NOT NULL) ORDER BY zone, digest_at"
)
_ZONES = "SELECT DISTINCT zone FROM staff WHERE active AND chat_id IS NOT NULL ORDER BY zone"
_pace = 29.5


def configure(messages_per_second: float) -> None:
    """Set the pace of all messages; called once, at start."""
    globals()["_pace"] = messages_per_second


def begins(people: int) -> time:
    """When the first morning digest is made, so that the last of so many is read in time."""
    needed = timedelta(seconds=people / (_pace * SHARE))
    day = datetime(2000, 1, 1, tzinfo=UTC)
    return min(MORNING[0], (max(datetime.combine(day, READ_BY, UTC) - needed, day)).time())


async def morning_digest(acting: Acting) -> int:
    """Tell the next people their day; returns how many at most, 0 where all is done."""
    if not quiet_now(acting):
        if await _renewed(acting):
            return BATCH
        local = acting.local_now
        if not is_workday(local.date()) or local.time() >= GOES_ON:
            done = 0
        else:
            begun = await Sweep.filter(name="morning", day=local.date()).exists()
            soon = begun or (
                local.time() < MORNING[1] and local.time() >= begins(await _people().count())
            )
            people = _people().filter(zone=BANK_ZONE, digest_at=None)
            done = await _next(acting, "morning", local.date(), _morning, people) if soon else 0
        if done:
            return done
    return await _other_mornings(acting)


async def _other_mornings(acting: Acting) -> int:
    """The digests of those in another zone, or who want it at another time."""
    groups = await rows(_GROUPS, BANK_ZONE)
    for group in groups:
        zone, minutes = str(group["zone"]), group["digest_at"]
        local = acting.now.astimezone(ZoneInfo(zone))
        begin = MORNING[0] if minutes is None else time(*divmod(minutes, 60))
        if not is_workday(local.date()) or not begin <= local.time() < GOES_ON:
            continue
        name = f"am:{minutes or 0}:{crc32(zone.encode()):08x}"
        begun = await Sweep.filter(name=name, day=local.date()).exists()
        if not begun and local.time() >= max(MORNING[1], _an_hour_after(begin)):
            continue
        people = _people().filter(zone=zone, digest_at=minutes)
        if done := await _next(acting, name, local.date(), _morning, people, "morning"):
            return done
    return 0


def _an_hour_after(at: time) -> time:
    return at.replace(hour=at.hour + 1)


async def friday_digest(acting: Acting) -> int:
    """Tell the next people their week on its last working day; returns as `morning_digest`.

    Each in the afternoon of their own zone.
    """
    for row in await rows(_ZONES):
        zone = str(row["zone"])
        local = acting.now.astimezone(ZoneInfo(zone))
        if not ends_today(local.date()) or not WEEK_ENDS[0] <= local.time() < WEEK_ENDS[1]:
            continue
        name = "week" if zone == BANK_ZONE else f"week:{crc32(zone.encode()):08x}"
        people = _people().filter(zone=zone)
        if done := await _next(acting, name, local.date(), _week, people, "week"):
            return done
    return 0


async def _next(
    acting: Acting,
    name: str,
    day: date,
    made: Callable[[Acting], Awaitable[Made]],
    among: QuerySet[Staff],
    cause: str = "",
) -> int:
    sweep = await Sweep.get_or_none(name=name)
    if sweep is None:
        sweep = await Sweep.create(name=name, day=day, began_at=acting.now)
    elif sweep.day != day:
        sweep.day, sweep.began_at, sweep.last_id, sweep.ended_at = day, acting.now, 0, None
        await sweep.save()
    if sweep.ended_at is not None or not await _room(acting):
        return 0
    people = [
        int(str(one))
        for one in await among.filter(id__gt=sweep.last_id)
        .order_by("id")
        .limit(BATCH)
        .values_list("id", flat=True)
    ]
    away = await substitutes_of(people, acting.now)
    for staff_id in people:
        if staff_id in away:  # who stands in is told it with the own day
            continue
        person = await person_reading(staff_id, acting.now)
        if person is None:
            continue
        reading = Acting(person, acting.now, acting.cause)
        screen, subject = await made(reading)
        if screen is not None:
            await alert(reading, person, screen, cause=f"{cause or name}:{person.id}:{day}",
                        priority=DIGEST, subject=subject)  # fmt: skip
    if people:
        sweep.last_id = people[-1]
    else:
        sweep.ended_at = acting.now
    await sweep.save()
    return BATCH if people else 0


def _people() -> QuerySet[Staff]:
    return Staff.filter(active=True, chat_id__isnull=False, role__in=TOLD)


async def _room(acting: Acting) -> bool:
    """Whether what was made is soon delivered, so that more is to be made."""
    found = await rows(
        "SELECT COUNT(*) AS n FROM outbox WHERE status = 'pending' AND priority = $1"
        " AND not_before <= $2",
        DIGEST, millis(acting.now),
    )  # fmt: skip
    return bool(found[0]["n"] < _pace * AHEAD.total_seconds())


async def _renewed(acting: Acting) -> int:
    """Make anew, in its place, what waited for long (Telegram was away); of another day, nothing.

    Returns how many that were. What is being sent at this moment is sent as it was.
    """
    stale = await rows(
        "SELECT id, cause, chat_id, subject FROM outbox WHERE status = 'pending' AND priority = $1"
        " AND not_before <= $2 AND created_at < $3 AND cause LIKE 'morning:%'"
        " ORDER BY id LIMIT $4",
        DIGEST, millis(acting.now), millis(acting.now - STALE), BATCH,
    )  # fmt: skip
    for row in stale:
        _, number, made_for = str(row["cause"]).split(":")
        told = await _people().filter(id=int(number)).exists()
        person = await person_reading(int(number), acting.now)
        screen, was = None, str(row["subject"])
        if told and person is not None and made_for == str(_today_of(acting, person)):
            screen, subject = await _morning(Acting(person, acting.now, acting.cause), was)
            if subject != was:
                now = millis(acting.now)
                await give_card(int(row["id"]), int(row["chat_id"]), subject, now)
        await renew_unsent(
            int(row["id"]), content_to_json(screen) if screen else None, millis(acting.now)
        )
    return len(stale)


def _today_of(acting: Acting, person: Person) -> date:
    """The day on a person's clock."""
    return acting.now.astimezone(ZoneInfo(person.zone)).date()


async def _morning(acting: Acting, subject: str = "") -> Made:
    """The day of who keeps customers, or of the team; None where there is nothing to tell.

    One that is made anew has its subject already, if it told any alerts.
    """
    facts, t = await due_today(acting), acting.texts
    waiting = await wanted(acting, concerning(acting).filter(settled_at=None))
    shown = await waiting.order_by("-importance", "id").limit(ALERTS).select_related(
        "customer", "crossing", "staff"
    )  # fmt: skip
    alerts = len(shown) if len(shown) < ALERTS else await waiting.count()
    more = await leader_lines(acting)
    if not (facts.due_count or facts.overdue_count or alerts or more.lines):
        return None, subject
    if not (alerts or subject):
        date_ = t("☀️ <b>{date}</b>", date=formats.date(acting.local_now.date(), acting.locale))
        body = Markup("\n").join([date_, *day_lines(acting, facts), *more.lines])
        return Screen(body, ways(acting, facts, 0, more.buttons)), ""
    if subject:
        telling = await tell_instead(telling_of(subject), shown)
    else:
        telling = await open_telling(acting, "morning", shown)
    await _told_with_the_digest(acting)
    return screen_of(acting, telling, shown, alerts, facts, more), subject_of(telling.id)


async def _told_with_the_digest(acting: Acting) -> None:
    """What waited for this morning has been told with it."""
    due = Alert.filter(
        staff_id__in=acting.person.keeps, settled_at=None, told_at=None, made_at__lte=acting.now
    )
    await due.update(told_at=acting.now)


async def _week(acting: Acting) -> Made:
    """The week of who keeps customers, or of the team's people; None for an empty one."""
    t = acting.texts
    if acting.person.role in OWN:
        mine = await own_week(acting)
        plan = await WeeklyPlan.get_or_none(
            staff_id=acting.person.id, monday=monday_of(acting.local_now.date())
        )
        if plan is None and not any(
            (mine.visits, mine.calls, mine.kept, mine.overdue, mine.planned)
        ):
            return None, ""
        body = [t("📊 <b>Your week</b>"), *_numbers(acting, mine)]
        if mine.overdue:
            body.append(t("⚠️ Still overdue: {n}", n=mine.overdue))
        body.append(t("⏰ Next week: {n} planned", n=mine.planned))
        following = (Button.open(t("⏰ What's next"), "agenda", "open", 0),
                Button.run(t("🧭 Plan next week"), "weekly_propose",
                           coming(acting.local_now).toordinal()))  # fmt: skip
        why: tuple[Button, ...] = ()
        if plan is not None and plan.state != "proposed":
            kept = await kept_of(acting, plan, acting.person.zone)
            body.insert(1, t("🧭 Plan: {figures}", figures=figures(t, kept)))
            if kept.missed:
                why = (Button.open(t("❓ Why missed"), "weekly_miss", plan.id),)
        return Screen(Markup("\n").join(body), (why, following) if why else (following,)), ""
    weeks = await team_weeks(acting)
    if not weeks:
        return None, ""
    body = [t("📊 <b>The team's week</b> · 🚗 visits 📞 calls ✅ kept ⚠️ overdue")]
    body += [_row(one) for one in weeks[:COLLEAGUES]]
    if len(weeks) > COLLEAGUES:
        body.append(t("… and {n} more", n=len(weeks) - COLLEAGUES))
    body += _joint(acting, await own_week(acting))
    monday = monday_of(acting.local_now.date())
    kept = await _team_kept(acting, [one.staff_id for one in weeks], monday)
    if kept.planned:
        body.insert(1, t("🧭 Plans: {figures}", figures=figures(t, kept)))
    following = (Button.open(t("👥 Team"), "team"),
            Button.open(t("🧭 Plans"), "weekly_team", monday.toordinal(), 0))  # fmt: skip
    return Screen(Markup("\n").join(body), (following,)), ""


async def _team_kept(acting: Acting, people: list[int], monday: date) -> Kept:
    """The figures of all their plans together."""
    staff = await Staff.filter(id__in=people or [0])
    plans = await kept_by(acting, staff, [monday])
    return counted([
        view for plan, views in plans.values() if plan.state != "proposed" for view in views
    ])  # fmt: skip


def _numbers(acting: Acting, one: Week) -> list[Markup]:
    t = acting.texts
    return [
        t("🚗 {visits} visits · 📞 {calls} calls", visits=one.visits, calls=one.calls),
        t("✅ {n} promises kept", n=one.kept),
        *_joint(acting, one),
    ]


def _row(one: Week) -> Markup:
    return Markup("<code>🚗{:>3} 📞{:>3} ✅{:>3} ⚠️{:>3}</code> {}").format(
        one.visits, one.calls, one.kept, one.overdue, _with_joint(one)
    )


def _joint(acting: Acting, one: Week) -> list[Markup]:
    """How often the person came along with others; a leader, with their people."""
    n = one.joint
    return [acting.texts.plural("🤝 with others: {n} visit", "🤝 with others: {n} visits", n)] * (
        n > 0
    )


def _with_joint(one: Week) -> str:
    return f"{one.name} · 🤝 {one.joint}" if one.joint else one.name
