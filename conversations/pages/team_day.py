"""The team's day or week on one screen, person by person; a number opens that person's day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, due_line, from_line, lines
from conversations.words import whole
from core import team_day as read
from core.errors import NotAllowed
from core.leader_plans import planned_by
from core.rules.access import OWN, leads_anybody
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.team_day import Line

PAGE = 8
#: numbers in a row
WIDE = 8


async def team_day(acting: Acting, which: str = "day", offset: str = "0") -> Screen:
    """A page of the people led: planned, done, overdue, on leave; today's, or the week's.

    Raises:
        NotAllowed: if the acting person leads nobody.
    """
    if not leads_anybody(acting.person):
        raise NotAllowed
    t, start, week = acting.texts, whole(offset), which == "week"
    which = "week" if week else "day"
    found = await read.team_lines(acting, which, limit=PAGE + 1, offset=start)
    shown = found[:PAGE]
    body = [_line(acting, one, start + number) for number, one in enumerate(shown, 1)]
    numbers = tuple(
        Button.open(str(start + number), "member_day", one.id)
        for number, one in enumerate(shown, 1)
    )
    below = [
        Button.open(t("☀️ Today"), "team_day", "day", 0)
        if week
        else Button.open(t("📆 Week"), "team_day", "week", 0),
        Button.open(t("👥 Team"), "team", 0),
    ]
    if start:
        below.insert(0, Button.open(t("‹ Before"), "team_day", which, max(0, start - PAGE)))
    if len(found) > PAGE:
        below.append(Button.open(t("More ›"), "team_day", which, start + PAGE))
    head = t("📆 <b>The team's week</b>") if week else t("☀️ <b>The team's day</b>")
    empty = t("Nobody here keeps customers yet.")
    return Screen(
        lines(head, *(body or [empty])), tuple(row for row in (numbers, tuple(below)) if row)
    )


def _line(acting: Acting, one: Line, number: int) -> Markup:
    """1. <b>Li Wei</b> ✅ 2/5 · 📝 3 · ⚠️ 1 · on leave."""
    t = acting.texts
    figures = dotted(
        t("✅ {done}/{planned} done", done=one.done, planned=one.planned) if one.planned else "—",
        t("📝 {n} logged", n=one.logged) if one.logged else None,
        t("⚠️ {n} overdue", n=one.overdue) if one.overdue else None,
        t("🏖 on leave") if one.away else None,
    )
    return Markup("{}. <b>{}</b> {}").format(number, one.name, figures)


async def member_day(acting: Acting, staff_id: str) -> Screen:
    """What is overdue with one of the people led, and what today has."""
    t = acting.texts
    one, tasks = await read.day_of(acting, whole(staff_id))
    by = await planned_by(acting, [task.view.id for task in tasks])
    body = []
    for number, task in enumerate(tasks, 1):
        line = due_line(acting, task.view, number)
        mark = " ✅" if task.done else " ⚠️" if task.view.overdue else ""
        body.append(from_line(acting, Markup("{}{}").format(line, mark), by.get(task.view.id)))
    numbers = tuple(
        Button.open(str(number), "follow_up", task.view.id) for number, task in enumerate(tasks, 1)
    )
    ways = [Button.open(t("👤 {name}", name=one.name), "member", one.id)]
    if one.role in OWN and one.id != acting.person.id:
        ways.insert(0, Button.start(t("📌 Plan for them"), "plan_for", one.id))
    back = (Button.open(t("‹ Team"), "team_day", "day", 0), Button.open(t("⌂ Home"), "home"))
    return Screen(
        lines(Markup("<b>{}</b>").format(one.name), *(body or [t("Nothing is planned.")])),
        tuple(row for row in (numbers, tuple(ways), back) if row),
    )
