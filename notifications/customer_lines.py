"""A customer in a few lines, for messages of our own: before a visit, and from a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import formats
from core.facts.vocabulary import HELD_PRODUCTS
from core.promise_line import promise_line
from core.vocabulary import KIND_ICONS, OUTCOMES

if TYPE_CHECKING:
    from core.acting import Acting
    from core.facts.trail import ChangeView
    from core.summaries import Summary

CAUTIONS, NEWS, PROMISES = 3, 2, 2
NOTE = 120


def customer_lines(acting: Acting, facts: Summary) -> list[Markup]:
    """Whom to ask for, money, what to offer, what changed, what to beware of, the last contact."""
    t, door = acting.texts, facts.door
    said = []
    if facts.main_contact:
        said.append(Markup("👤 {}").format(facts.main_contact))
    said += [promise_line(acting, one) for one in facts.promises[:PROMISES]]
    said += _money(acting, facts)
    if door.could_use is not None:
        product = t(HELD_PRODUCTS[door.could_use])
        said.append(t("💡 Could use: {product}", product=product))
    if door.looked is not None and door.changes:
        day = formats.moment(door.looked, acting.zone, acting.locale, acting.now, all_day=True)
        said.append(
            t.plural("🆕 {n} change since {day}", "🆕 {n} changes since {day}", door.changes,
                     day=day)
        )  # fmt: skip
        said += [_change(acting, one) for one in door.news[:NEWS]]
    said += [
        Markup("⚠️ {}").format(t.of(one.text(acting.locale))) for one in door.cautions[:CAUTIONS]
    ]
    if facts.last is not None:
        said.append(_last(acting, facts))
    return said


def _money(acting: Acting, facts: Summary) -> list[Markup]:
    t, locale, us = acting.texts, acting.locale, facts.door
    said = []
    if us.balance_fen is not None:
        said.append(t("deposits {amount}", amount=formats.rounded(us.balance_fen, locale)))
    if us.limit_fen:
        drawn, limit = formats.rounded(us.drawn_fen, locale), formats.rounded(us.limit_fen, locale)
        said.append(t("credit {drawn} of {limit}", drawn=drawn, limit=limit))
    return [Markup("💰 {}").format(Markup(" · ").join(said))] if said else []


def _change(acting: Acting, one: ChangeView) -> Markup:
    what = Markup("{} ").format(acting.texts.of(one.field)) if one.field is not None else Markup()
    return Markup(" · {}{} → {}").format(what, one.was or "—", one.now or "—")


def _last(acting: Acting, facts: Summary) -> Markup:
    last = facts.last
    assert last is not None
    day = formats.moment(last.occurred_at, acting.zone, acting.locale, acting.now, all_day=True)
    outcome = acting.texts(OUTCOMES[last.outcome]) if last.outcome in OUTCOMES else ""
    note = last.note if len(last.note) <= NOTE else f"{last.note[:NOTE]}…"
    parts = (part for part in (day, outcome, note) if part)
    return Markup("{} {}").format(KIND_ICONS[last.kind], Markup(" · ").join(parts))
