"""How much of the weekly plans was kept in the last four weeks, person by person, for a leader."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core.errors import NotAllowed
from core.people import staff_name
from core.rules.access import leads_anybody
from core.rules.weekly import MISSES
from core.screens import Button, Screen
from core.weekly_keeping import counted, kept_by
from core.weekly_line import week_name
from core.weekly_plans import monday_of, planners

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.acting import Acting
    from core.screens import Row
    from core.weekly_keeping import ItemView
    from storage.models import WeeklyPlan

PAGE, WEEKS = 8, 4


async def weekly_kept(acting: Acting, offset: str = "0") -> Screen:
    """A page of the people led: what share of each week's plan was kept, and why it was missed.

    Raises:
        NotAllowed: if the acting person leads nobody.
    """
    if not leads_anybody(acting.person):
        raise NotAllowed
    t, start = acting.texts, whole(offset)
    this = monday_of(acting.local_now.date())
    mondays = [this - timedelta(weeks=n) for n in range(WEEKS, 0, -1)]
    people = await planners(acting, limit=PAGE + 1, offset=start)
    kept = await kept_by(acting, people[:PAGE], mondays)
    body = []
    for place, one in enumerate(people[:PAGE], start + 1):
        weeks = [_agreed(kept.get((one.id, monday))) for monday in mondays]
        figures = " ".join(_share(views) for views in weeks)
        body.append(
            Markup("<code>{}</code> {}. {}").format(figures, place, staff_name(one, acting.locale))
        )
    turn: list[Button] = []
    if start:
        turn.append(Button.open(t("‹ Before"), "weekly_kept", max(0, start - PAGE)))
    if len(people) > PAGE:
        turn.append(Button.open(t("More ›"), "weekly_kept", start + PAGE))
    ways: Row = (
        Button.open(t("🧭 Plans"), "weekly_team", this.toordinal(), 0),
        Button.open(t("👥 Team"), "team"),
    )
    head = t("📈 <b>Plans kept</b>, week by week from {day}",
             day=week_name(mondays[0], acting.locale))  # fmt: skip
    return Screen(
        lines(head, *(body or [t("Nobody here keeps customers yet.")]), *_why(acting, kept)),
        tuple(row for row in (tuple(turn), ways) if row),
    )


def _agreed(found: tuple[WeeklyPlan, list[ItemView]] | None) -> list[ItemView]:
    """What was agreed for the week; a proposal that nobody accepted is no plan."""
    return [] if found is None or found[0].state == "proposed" else found[1]


def _share(views: list[ItemView]) -> str:
    """70%, or a dash where nothing was planned; as wide as the others."""
    return f"{counted(views).percent:>3}%" if views else "   —"


def _why(
    acting: Acting, kept: Mapping[tuple[int, date], tuple[WeeklyPlan, list[ItemView]]]
) -> list[Markup]:
    """✕ Customer away 3 · Next week 1 · not said 2."""
    t = acting.texts
    missed = [
        view.item.miss for found in kept.values() for view in _agreed(found)
        if view.became == "missed"
    ]  # fmt: skip
    if not missed:
        return []
    counts = Counter(missed)
    said = [f"{t(MISSES[code])} {counts[code]}" for code in MISSES if counts[code]]
    if counts[""]:
        said.append(t("not said {n}", n=counts[""]))
    return [t("✕ {n} missed: {reasons}", n=len(missed), reasons=dotted(*said))]
