"""The colleague reads a customer's summary, with a word of who sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import bus, formats
from core.events import SummarySent
from core.people import staff_name
from core.screens import Button, Screen
from core.summaries import summary_for
from core.vocabulary import KIND_ICONS, OUTCOMES
from notifications.outbox import alert
from storage.models import Staff

if TYPE_CHECKING:
    from core.acting import Acting
    from core.summaries import Summary

CAUTIONS = 3
NOTE = 120


async def deliver(acting: Acting, event: SummarySent) -> None:
    """Tell it with the receiver's rights, in the receiver's language."""
    reading, facts = await summary_for(acting, event.to_staff, event.customer_id)
    sender = await Staff.get(id=event.from_staff)
    t = reading.texts
    who = staff_name(sender, reading.locale)
    head = (
        t("📤 {who}: {note}", who=who, note=event.note)
        if event.note
        else t("📤 {who} sends you a customer.", who=who)
    )
    text = Markup("\n").join([head, Markup(), *_lines(reading, facts)])
    profile = Button.open(t("👤 Profile"), "profile", event.customer_id)
    await alert(
        reading, reading.person, Screen(text, ((profile,),), protected=True),
        cause=f"{acting.cause}:summary:{event.customer_id}:{event.to_staff}",
    )  # fmt: skip


def _lines(acting: Acting, facts: Summary) -> list[Markup]:
    t = acting.texts
    said = [
        Markup("<b>{}</b> · {}").format(
            facts.name, t("grade {grade}", grade=facts.customer.grade)
        ),
        t("In charge: {owner}", owner=facts.owner) if facts.owner else t("In the shared pool"),
    ]
    if facts.main_contact:
        said.append(Markup("👤 {}").format(facts.main_contact))
    if facts.next is not None:
        at = formats.moment(
            facts.next.due_at, acting.zone, acting.locale, acting.now, all_day=facts.next.all_day
        )
        step = f"{at} {KIND_ICONS[facts.next.kind]} {facts.next.purpose}".strip()
        said.append(t("⏰ Next: {step}", step=step))
    said += _money(acting, facts)
    said += [
        Markup("⚠️ {}").format(t.of(one.text(acting.locale)))
        for one in facts.door.cautions[:CAUTIONS]
    ]
    if facts.last is not None:
        said.append(_last(acting, facts))
    return said


def _money(acting: Acting, facts: Summary) -> list[Markup]:
    t, locale, us = acting.texts, acting.locale, facts.door
    said = []
    if us.balance_fen is not None:
        said.append(t("deposits {amount}", amount=formats.money(us.balance_fen, locale)))
    if us.limit_fen:
        drawn, limit = formats.money(us.drawn_fen, locale), formats.money(us.limit_fen, locale)
        said.append(t("credit {drawn} of {limit}", drawn=drawn, limit=limit))
    return [Markup("💰 {}").format(Markup(" · ").join(said))] if said else []


def _last(acting: Acting, facts: Summary) -> Markup:
    last = facts.last
    assert last is not None
    day = formats.moment(last.occurred_at, acting.zone, acting.locale, acting.now, all_day=True)
    outcome = acting.texts(OUTCOMES[last.outcome]) if last.outcome in OUTCOMES else ""
    note = last.note if len(last.note) <= NOTE else f"{last.note[:NOTE]}…"
    parts = (part for part in (day, outcome, note) if part)
    return Markup("{} {}").format(KIND_ICONS[last.kind], Markup(" · ").join(parts))


def subscribe() -> None:
    """Have the rule hear its event."""
    bus.subscribe(SummarySent, deliver)
