"""Everything that is overdue, or still to come, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import due_line, from_line, lines
from conversations.words import whole
from core.leader_plans import planned_by
from core.rules.access import OWN
from core.screens import Button, Screen
from core.today import agenda as read_agenda

if TYPE_CHECKING:
    from core.acting import Acting

PAGE = 6


async def agenda(acting: Acting, which: str = "open", offset: str = "0") -> Screen:
    """A page of overdue ("overdue") or coming ("open") follow-ups; a number opens one."""
    t, start = acting.texts, whole(offset)
    overdue = which == "overdue"
    found = await read_agenda(acting, overdue=overdue, limit=PAGE + 1, offset=start)
    shown = found[:PAGE]
    own = acting.person.role in OWN
    by = await planned_by(acting, [view.id for view in shown])
    body = [
        from_line(acting, due_line(acting, view, start + number), by.get(view.id))
        if own
        else Markup("{} ({})").format(due_line(acting, view, start + number), view.owner)
        for number, view in enumerate(shown, 1)
    ]
    numbers = tuple(
        Button.open(str(start + number), "follow_up", view.id)
        for number, view in enumerate(shown, 1)
    )
    turn = []
    if start:
        turn.append(Button.open(t("‹ Earlier"), "agenda", which, max(0, start - PAGE)))
    if len(found) > PAGE:
        turn.append(Button.open(t("Later ›"), "agenda", which, start + PAGE))
    other = (
        Button.open(t("⏰ What's next"), "agenda", "open", 0)
        if overdue
        else Button.open(t("⚠️ Overdue"), "agenda", "overdue", 0)
    )
    head = t("<b>Overdue</b>") if overdue else t("<b>What's next</b>")
    empty = t("Nothing is overdue. Well done.") if overdue else t("Nothing is planned.")
    return Screen(
        lines(head, *(body or [empty])),
        tuple(
            row
            for row in (
                numbers,
                tuple(turn),
                (
                    other,
                    Button.open(t("📆 Week"), "week"),
                    Button.open(t("⌂ Home"), "home"),
                ),
            )
            if row
        ),
    )
