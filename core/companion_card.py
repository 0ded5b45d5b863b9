"""What the second officer of a visit reads, on the page and in the message alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import formats
from core.companion_line import second_line
from core.screens import Button, Screen
from core.vocabulary import KIND_ICONS, KINDS, OUTCOMES, PRODUCTS

if TYPE_CHECKING:
    from core.acting import Acting
    from core.second_officers import AtDoor, Request

_NEWLINE, _DOT = Markup("\n"), Markup(" · ")


def request_screen(acting: Acting, asked: Request, head: Markup | None = None) -> Screen:
    """The record with Confirm and "I was not there"; answered, without."""
    t, view = acting.texts, asked.record
    waits = asked.status == "waiting"
    if head is None:
        head = (
            t("👥 <b>{name}</b> asks you to confirm a visit of two officers.", name=view.author)
            if waits
            else _answered(acting, asked)
        )
    at = formats.moment(
        view.occurred_at, acting.zone, acting.locale, acting.now, all_day=not view.time_known
    )
    attached = t.plural("📎 {n} attachment", "📎 {n} attachments", view.attachments)
    body = (
        head,
        _joined(_DOT, Markup("<b>{}</b>").format(asked.customer), asked.address),
        Markup("{} {}").format(at, _what(acting, asked)),
        Markup("<blockquote>{}</blockquote>").format(view.note) if view.note else None,
        attached if view.attachments else None,
        *(at_door_line(acting, one) for one in asked.doors),
        t("✏️ Corrected; the original is kept.") if view.corrected else None,
    )
    buttons = (
        Button.run(t("✅ Confirm"), "confirm_visit", asked.id, asked.version),
        Button.start(t("✋ I was not there"), "refuse_visit", asked.id),
    )
    home = Button.open(t("⌂ Home"), "home")
    return Screen(_joined(_NEWLINE, *body), (buttons if waits else (home,),), protected=True)


def at_door_line(acting: Acting, one: AtDoor) -> Markup:
    """📍 Li Na checked in at 10:02."""
    at = formats.moment(one.at, acting.zone, acting.locale, acting.now)
    return acting.texts("📍 {name} checked in: {moment}", name=one.name, moment=at)


def _answered(acting: Acting, asked: Request) -> Markup:
    assert asked.record.second is not None
    return second_line(acting.texts, asked.record.second)


def _what(acting: Acting, asked: Request) -> Markup:
    t, view = acting.texts, asked.record
    amount = formats.money(view.amount_fen, acting.locale) if view.amount_fen else None
    return _joined(
        _DOT,
        Markup("{} {}").format(KIND_ICONS[view.kind], t(KINDS[view.kind])),
        t(OUTCOMES[view.outcome]) if view.outcome else None,
        t(PRODUCTS[view.product]) if view.product else None,
        amount,
    )


def _joined(between: Markup, *parts: Markup | str | None) -> Markup:
    return between.join(part for part in parts if part)
