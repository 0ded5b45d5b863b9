"""The week on one screen: the own, or for leaders their people's, a week on or back by a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, from_line, lines
from conversations.words import whole
from core import formats
from core.leader_plans import planned_by
from core.rules.access import OWN, leads_anybody
from core.screens import Button, Screen
from core.series_reading import count_own
from core.vocabulary import CANCEL_REASONS, KIND_ICONS
from core.week_plan import MOST_WEEKS, called_off_in, week_plan
from core.weekly_plans import AHEAD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.acting import Acting
    from core.joint_visits import Invitation
    from core.week_plan import Day, Planned

#: of a day, so that seven fit a screen
SHOWN = 5


async def week(acting: Acting, number: str = "104") -> Screen:
    """The week with this number, of which 104 is the present one."""
    t, weeks = acting.texts, whole(number) - MOST_WEEKS
    days = await week_plan(acting, weeks)
    head = t("📆 <b>{first} – {last}</b>", first=formats.date(days[0].on, acting.locale),
             last=formats.date(days[-1].on, acting.locale))  # fmt: skip
    by = await planned_by(acting, [one.view.id for day in days for one in day.planned])
    body = [line for day in days for line in _day(acting, day, by)] or [t("Nothing is planned.")]
    body += await _called_off(acting, weeks)
    here = max(0, min(2 * MOST_WEEKS, weeks + MOST_WEEKS))
    turn = (
        Button.open(t("‹ Week before"), "week", max(0, here - 1)),
        Button.open(t("⌂ Home"), "home"),
        Button.open(t("Week after ›"), "week", min(2 * MOST_WEEKS, here + 1)),
    )
    ways = [Button.open(t("⏰ What's next"), "agenda", "open", 0)]
    if acting.person.role in OWN:
        ways.append(Button.start(t("⏰ Plan"), "plan"))
        if 0 <= weeks <= AHEAD:
            monday = days[0].on.toordinal()
            ways.append(Button.run(t("🧭 Weekly plan"), "weekly_propose", monday))
    elif leads_anybody(acting.person):
        ways.append(Button.open(t("🧭 Plans"), "weekly_team", days[0].on.toordinal(), 0))
    below = (*await _repeating(acting), *_for_absent(acting, days[0].on, weeks))[:3]
    return Screen(lines(head, *body), (turn, tuple(ways))).under(below)


async def _repeating(acting: Acting) -> tuple[Button, ...]:
    """The way to what the person plans again and again, where there is such a thing."""
    n = await count_own(acting)
    return (Button.open(acting.texts("🔁 Repeating ({n})", n=n), "all_series", 0),) if n else ()


def _for_absent(acting: Acting, monday: date, weeks: int) -> tuple[Button, ...]:
    """Whoever stands in plans the week of who is away, too."""
    if not 0 <= weeks <= AHEAD:
        return ()
    t, zh, row = acting.texts, acting.locale == "zh", []
    for one in acting.person.stands_for:
        if one.role in OWN:
            label = t("🧭 For {name}", name=one.name_zh if zh else one.name_en)
            row.append(Button.run(label, "weekly_propose", monday.toordinal(), one.id))
    return tuple(row)


async def _called_off(acting: Acting, weeks: int) -> list[Markup]:
    """✕ 3 called off: customer asked 2 · planned twice 1."""
    t = acting.texts
    found = await called_off_in(acting, weeks)
    if not found:
        return []
    reasons = dotted(*(f"{t(CANCEL_REASONS[code])} {n}" for code, n in found))
    total = sum(n for _, n in found)
    return [t("✕ {n} called off: {reasons}", n=total, reasons=reasons)]


def _day(acting: Acting, day: Day, by: Mapping[int, str]) -> list[Markup]:
    """The day's name, and what there is; a day off without anything is left out."""
    if not day.planned and not day.joint and (not day.works or day.on < acting.local_now.date()):
        return []
    t = acting.texts
    name = Markup("<b>{}</b>").format(formats.day(day.on, acting.locale, acting.local_now.date()))
    if not day.works:
        name = Markup("{} · {}").format(name, t("day off"))
    if not day.planned and not day.joint:
        return [Markup("{} —").format(name)]
    shown = [_line(acting, one, by.get(one.view.id)) for one in day.planned[:SHOWN]]
    more = len(day.planned) - len(shown)
    shown += [_joint(acting, one) for one in day.joint]
    return [name, *shown, *([t("… and {n} more", n=more)] if more else [])]


def _line(acting: Acting, one: Planned, by: str | None) -> Markup:
    view = one.view
    at = "" if view.all_day else f"{view.due_at.astimezone(acting.zone):%H:%M} "
    warns = one.collides or view.overdue or one.way is not None
    mark = "✅ " if one.done else "⚠️ " if warns else ""
    who = "" if acting.person.role in OWN else f" ({view.owner})"
    line = Markup(" {}{}{} {}{}").format(mark, at, KIND_ICONS[view.kind], view.customer, who)
    if one.way is not None:
        km, minutes = one.way.km, one.way.minutes
        way = acting.texts("{km} km away, about {minutes} min", km=km, minutes=minutes)
        line = Markup("{} · {}").format(line, way)
    return from_line(acting, line, by)


def _joint(acting: Acting, one: Invitation) -> Markup:
    """A visit of somebody else's, with a question mark until this person has said yes."""
    at = "" if one.all_day else f"{one.due_at.astimezone(acting.zone):%H:%M} "
    asked = "" if one.status == "confirmed" else " ?"
    return Markup(" 🤝 {}{} {} ({}){}").format(
        at, KIND_ICONS[one.kind], one.customer, one.owner, asked
    )
