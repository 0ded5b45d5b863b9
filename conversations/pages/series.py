"""What a person plans again and again, and one of it with its next days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, kind, lines, moment, next_days
from conversations.words import whole
from core import customers
from core import series_reading as read
from core.cancellations import reason_of
from core.people import staff_name
from core.recurrence_line import recurrence_line
from core.screens import Button, Screen
from core.series_planning import clock_of, recurrence_of

if TYPE_CHECKING:
    from core.acting import Acting
    from storage.models import Series

PAGE = 5


async def all_series(acting: Acting, offset: str = "0") -> Screen:
    """A page of those that run; a number opens one."""
    t, start = acting.texts, whole(offset)
    found = await read.own_series(acting, limit=PAGE + 1, offset=start)
    shown = found[:PAGE]
    body = [await _line(acting, one, start + number) for number, one in enumerate(shown, 1)] or [
        t("Nothing repeats.")
    ]
    numbers = tuple(
        Button.open(str(start + number), "series", one.id) for number, one in enumerate(shown, 1)
    )
    turn = []
    if start:
        turn.append(Button.open(t("‹ Back"), "all_series", max(0, start - PAGE)))
    if len(found) > PAGE:
        turn.append(Button.open(t("More ›"), "all_series", start + PAGE))
    ways = (Button.open(t("📆 Week"), "week"), Button.open(t("⌂ Home"), "home"))
    rows = tuple(row for row in (numbers, tuple(turn), ways) if row)
    return Screen(lines(t("🔁 <b>Repeating</b>"), *body), rows)


async def series(acting: Acting, series_id: str) -> Screen:
    """One of them: how it repeats, its next days, and how it was ended."""
    t = acting.texts
    found = await read.visible(acting, whole(series_id))
    own = found.owner_id == acting.person.id
    body = [
        Markup("<b>{}</b>").format(customers.name_of(found.customer, acting.locale)),
        dotted(kind(acting, found.kind), _clock(found), found.purpose or None),
        series_line(acting, found),
        next_days(acting, await read.next_days(acting, found)),
        None if own else t("In charge: {owner}", owner=staff_name(found.owner, acting.locale)),
        *_ended(acting, found),
    ]
    change: tuple[Button, ...] = ()
    if found.state == "running" and await customers.may_work(acting, found.customer_id):
        change = (
            Button.start(t("✏️ Change"), "change_series", found.id),
            Button.start(t("✕ End…"), "end_series", found.id),
        )
    ways = (
        Button.open(t("👤 Profile"), "profile", found.customer_id),
        Button.open(t("🔁 All"), "all_series", 0),
    )
    return Screen(lines(*body), tuple(row for row in (change, ways) if row))


def series_line(acting: Acting, found: Series) -> Markup:
    """🔁 every Friday until 31 Dec 2026."""
    return Markup("🔁 {}").format(recurrence_line(acting.texts, recurrence_of(found)))


async def _line(acting: Acting, one: Series, number: int) -> Markup:
    """1. Huaxing Machinery · visit · every Friday · next: 4 Dec."""
    days = await read.next_days(acting, one, most=1)
    return dotted(
        Markup("{}. <b>{}</b>").format(
            number, customers.short_name_of(one.customer, acting.locale)
        ),
        kind(acting, one.kind),
        recurrence_line(acting.texts, recurrence_of(one)),
        next_days(acting, days),
    )


def _clock(found: Series) -> str | None:
    at = clock_of(found.at_minute)
    return f"{at:%H:%M}" if at else None


def _ended(acting: Acting, found: Series) -> list[Markup | str]:
    """✕ Ended: no longer needed (Li Wei, today 10:05)."""
    t = acting.texts
    if found.state == "running" or found.ended_at is None:
        return []
    if found.state == "replaced":
        return [t("It goes on another way.")]
    if not found.reason:
        return [t("✕ Ended")]
    said = t(
        "✕ Ended: {reason} ({name}, {moment})", reason=t(reason_of(found.reason)),
        name=staff_name(found.ended_by, acting.locale), moment=moment(acting, found.ended_at),
    )  # fmt: skip
    return [said, *([found.note] if found.note else [])]
