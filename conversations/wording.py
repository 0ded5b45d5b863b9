"""Phrases that several pages, dialogues and cards share, in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import formats
from core.companion_line import along_of, second_line
from core.vocabulary import KIND_ICONS, KINDS, OUTCOMES, PRODUCTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from core.acting import Acting
    from core.profile import ActivityView, FollowUpView
    from core.stand_ins import StandInView

NEWLINE = Markup("\n")
BULLET = Markup(" · ")


def lines(*parts: Markup | str | None) -> Markup:
    """The parts that say something, one a line."""
    return NEWLINE.join(part for part in parts if part is not None)


def dotted(*parts: Markup | str | None) -> Markup:
    """The parts that say something, with dots between."""
    return BULLET.join(part for part in parts if part)


def kind(acting: Acting, code: str) -> Markup:
    """🚗 Visit."""
    return Markup("{} {}").format(KIND_ICONS[code], acting.texts(KINDS[code]))


def moment(acting: Acting, at: datetime, *, all_day: bool = False) -> str:
    """A moment on the person's clock."""
    return formats.moment(at, acting.zone, acting.locale, acting.now, all_day=all_day)


def next_days(acting: Acting, days: Sequence[date]) -> Markup | None:
    """next: 4 Dec, 11 Dec; nothing where there is none."""
    if not days:
        return None
    shown = ("、" if acting.locale == "zh" else ", ").join(
        formats.short_date(day, acting.locale) for day in days
    )
    return acting.texts("next: {days}", days=shown)


def shortened(text: str, most: int) -> str:
    """The text on one line, cut with an ellipsis where it is longer."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def what(acting: Acting, view: ActivityView) -> Markup:
    """🚗 Visit · Interested · Loan ¥5m."""
    texts = acting.texts
    product = texts(PRODUCTS[view.product]) if view.product else None
    amount = formats.money(view.amount_fen, acting.locale) if view.amount_fen else None
    return dotted(
        kind(acting, view.kind),
        texts(OUTCOMES[view.outcome]) if view.outcome else None,
        Markup(" ").join(part for part in (product, amount) if part) or None,
    )


def author(acting: Acting, view: ActivityView) -> Markup:
    """Chen Jing, or Chen Jing for Li Wei."""
    if not view.acted_for:
        return Markup("{}").format(view.author)
    return acting.texts("{author} for {absent}", author=view.author, absent=view.acted_for)


def record_line(acting: Acting, view: ActivityView, most: int = 60) -> Markup:
    """Fri 20 Nov 🚗 Visit · Interested — wants to renew…, with who acted for whom."""
    day = formats.day(
        view.occurred_at.astimezone(acting.zone).date(), acting.locale, acting.local_now.date()
    )
    note = Markup(" — {}").format(shortened(view.note, most)) if view.note else Markup()
    who = Markup(" ({})").format(author(acting, view)) if view.acted_for else Markup()
    second = (
        Markup(" {}").format(second_line(acting.texts, view.second)) if view.second else Markup()
    )
    along = Markup(" {}").format(along_of(acting.texts, view.along)) if view.along else Markup()
    line = Markup("{} {}{}{}{}{}").format(day, what(acting, view), who, second, along, note)
    return Markup("<s>{}</s>").format(line) if view.undone else line


def due_line(
    acting: Acting, view: FollowUpView, number: int | None = None, *, named: bool = True
) -> Markup:
    """1. today 15:00 🚗 Huaxing Machinery — bring the contract."""
    mark = Markup("{}. ").format(number) if number is not None else Markup()
    at = moment(acting, view.due_at, all_day=view.all_day)
    icon = KIND_ICONS[view.kind]
    purpose = Markup(" — {}").format(shortened(view.purpose, 40)) if view.purpose else Markup()
    name = Markup(" <b>{}</b>").format(view.customer) if named else Markup()
    return Markup("{}{} {}{}{}").format(mark, at, icon, name, purpose)


def from_line(acting: Acting, line: Markup, by: str | None) -> Markup:
    """The line of a follow-up, with the leader who planned it: … · from Wang Fang."""
    return dotted(line, acting.texts("from {name}", name=by)) if by else line


def stand_in_line(acting: Acting, view: StandInView) -> Markup:
    """🤝 Standing in for Li Wei until Fri 4 Dec, as the reader has to do with it."""
    t, me = acting.texts, acting.person.id
    until = formats.until(view.until_at, acting.zone, acting.locale, acting.now)
    if view.running and me == view.substitute_id:
        return t("🤝 Standing in for {name} until {until}", name=view.absent, until=until)
    if view.running and me == view.absent_id:
        return t("🤝 {name} stands in for you until {until}", name=view.substitute, until=until)
    time = formats.span(view.from_at, view.until_at, acting.zone, acting.locale, acting.now)
    if me == view.substitute_id:
        return t("🤝 Standing in for {name}, {time}", name=view.absent, time=time)
    if me == view.absent_id:
        return t("🤝 {name} stands in for you, {time}", name=view.substitute, time=time)
    return t(
        "🤝 {substitute} stands in for {absent}, {time}.",
        substitute=view.substitute, absent=view.absent, time=time,
    )  # fmt: skip
