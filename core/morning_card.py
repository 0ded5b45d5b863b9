"""What the morning's digest says of the day, and where its buttons lead."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup

from core import formats
from core.screens import Button
from core.vocabulary import KIND_ICONS
from core.ways import way_text

if TYPE_CHECKING:
    from core.acting import Acting
    from core.profile import FollowUpView
    from core.screens import Row
    from core.today import Due

#: lines of each kind
OVERDUE, DUE = 3, 5


def day_lines(acting: Acting, facts: Due) -> list[Markup]:
    """What is due and what is overdue; nothing where nothing is."""
    t, body = acting.texts, []
    if facts.due_count:
        body.append(
            t.plural("⏰ <b>{n} due today</b>", "⏰ <b>{n} due today</b>", facts.due_count)
        )
        body += [_line(acting, facts, one) for one in facts.due[:DUE]]
    if facts.overdue_count:
        body.append(t.plural("⚠️ <b>{n} overdue</b>", "⚠️ <b>{n} overdue</b>", facts.overdue_count))
        body += [_line(acting, facts, one) for one in facts.overdue[:OVERDUE]]
    return body


def ways(acting: Acting, facts: Due, alerts: int, more: Row = ()) -> tuple[Row, ...]:
    """To the lists, and for leaders to the team; `more` takes the place of the day's list."""
    t = acting.texts
    first = [] if more else [Button.open(t("⏰ What's next"), "agenda", "open", 0)]
    if facts.overdue_count:
        overdue = t("⚠️ Overdue ({n})", n=facts.overdue_count)
        first.insert(0, Button.open(overdue, "agenda", "overdue", 0))
    second = [Button.open(t("🔔 To act on ({n})", n=alerts), "alerts", 0)] if alerts else []
    if not facts.own:
        second.append(Button.open(t("👥 Team"), "team"))
    rows = ([*first, *second], more) if more else (first, second)
    return tuple(tuple(row) for row in rows if row)


def _line(acting: Acting, facts: Due, one: FollowUpView) -> Markup:
    at = formats.moment(
        one.due_at, ZoneInfo(acting.person.zone), acting.locale, acting.now, all_day=one.all_day
    )
    purpose = f" — {one.purpose}" if one.purpose else ""
    line = Markup(" · {} {} <b>{}</b>{}").format(
        at, KIND_ICONS[one.kind], one.customer, purpose[:60]
    )
    if one.id in facts.ways:
        return Markup("{} · ⚠️ {}").format(line, way_text(acting.texts, facts.ways[one.id]))
    return line if facts.own else Markup("{} ({})").format(line, one.owner)
