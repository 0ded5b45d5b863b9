"""The team, for who leads it: what everybody keeps, and one tap to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import pool as pools
from core import team as read
from core.errors import NotAllowed
from core.rules.access import OWN, SUBSTITUTED, leads_anybody
from core.screens import Button, Screen
from core.vocabulary import ROLES

if TYPE_CHECKING:
    from core.acting import Acting
    from core.team import Load, Member

PAGE = 6


async def team(acting: Acting, offset: str = "0") -> Screen:
    """A page of the people that the acting person leads.

    Raises:
        NotAllowed: if that is nobody.
    """
    if not leads_anybody(acting.person):
        raise NotAllowed
    t, start = acting.texts, whole(offset)
    found = await read.team(acting, limit=PAGE + 1, offset=start)
    shown = found[:PAGE]
    body = [
        Markup("{}. <b>{}</b> {}").format(start + number, one.name, loaded(acting, one.load))
        for number, one in enumerate(shown, 1)
    ]
    numbers = tuple(
        Button.open(str(start + number), "member", one.id) for number, one in enumerate(shown, 1)
    )
    turn = []
    if start:
        turn.append(Button.open(t("‹ Before"), "team", max(0, start - PAGE)))
    if len(found) > PAGE:
        turn.append(Button.open(t("More ›"), "team", start + PAGE))
    size = await pools.pool_size(acting)
    below = (
        Button.open(t("☀️ Today"), "team_day", "day", 0),
        Button.open(t("♻️ Shared pool ({n})", n=size), "pool", 0),
        Button.open(t("⌂ Home"), "home"),
    )
    empty = t("Nobody here keeps customers yet.")
    return Screen(
        lines(t("<b>Team</b>"), *(body or [empty])),
        tuple(row for row in (numbers, tuple(turn), below) if row),
    )


async def member(acting: Acting, staff_id: str) -> Screen:
    """One colleague with what they keep, and what the leader can do about it."""
    t = acting.texts
    one = await read.member(acting, whole(staff_id))
    grades = dotted(*(Markup("{} {}").format(grade, count) for grade, count in one.load.grades))
    return Screen(
        lines(
            Markup("<b>{}</b> · {}").format(one.name, t(ROLES[one.role])),
            dotted(one.unit, one.number),
            t.plural("{n} customer", "{n} customers", one.load.customers),
            grades or None,
            _promises(acting, one),
        ),
        tuple(
            row
            for row in (
                _changes(acting, one),
                (Button.open(t("‹ Team"), "team", 0), Button.open(t("⌂ Home"), "home")),
            )
            if row
        ),
    )


def _changes(acting: Acting, one: Member) -> tuple[Button, ...]:
    """What the leader can do about it."""
    t = acting.texts
    found = []
    if one.role in OWN and one.id != acting.person.id:
        found.append(Button.start(t("📌 Plan for them"), "plan_for", one.id))
    if one.load.customers:
        found.append(Button.start(t("📦 Hand over…"), "hand_over", one.id))
    if one.role in SUBSTITUTED:
        found.append(Button.start(t("🤝 Stand-in"), "leave", one.id))
    return tuple(found)


def loaded(acting: Acting, load: Load) -> Markup:
    """58 customers · ⏰ 12 · ⚠️ 3."""
    t = acting.texts
    return dotted(
        t.plural("{n} customer", "{n} customers", load.customers),
        f"⏰ {load.open}" if load.open else None,
        f"⚠️ {load.overdue}" if load.overdue else None,
    )


def _promises(acting: Acting, one: Member) -> Markup:
    t = acting.texts
    opened = t.plural("⏰ {n} open follow-up", "⏰ {n} open follow-ups", one.load.open)
    overdue = t("⚠️ {n} overdue", n=one.load.overdue) if one.load.overdue else None
    return dotted(opened, overdue)
