"""People who give no sign, and what is to be acted on at customers without an owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import formats
from core import no_sign as people
from core.customers import short_name_of
from core.no_sign import DAYS
from core.pool_alerts import pool_alerts as nobodys
from core.rules.alerts import ALERTS
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.no_sign import Unread

PAGE = 5


async def no_sign(acting: Acting, offset: str = "0") -> Screen:
    """A page of the people; a number opens one, 👉 asks one to look."""
    t, start = acting.texts, whole(offset)
    found = await people.no_sign(acting)
    shown = list(enumerate(found, 1))[start : start + PAGE]
    body = [Markup("{}. {}").format(number, _line(acting, one)) for number, one in shown]
    numbers = tuple(Button.open(str(number), "member", one.staff_id) for number, one in shown)
    asks = tuple(
        Button.run(f"👉 {number}", "nudge_person", one.staff_id)
        for number, one in shown
        if one.unreachable_since is None
    )
    ways = [Button.open(t("👥 Team"), "team"), Button.open(t("⌂ Home"), "home")]
    if start + PAGE < len(found):
        ways.insert(0, Button.open(t("More ›"), "no_sign", start + PAGE))
    head = (
        t("📭 <b>No sign of {n}</b>", n=len(found))
        if found
        else t("📭 Everybody gives a sign of life.")
    )
    hint = t("A number opens the person, 👉 asks to look in.") if found else None
    return Screen(
        lines(head, *body, hint), tuple(row for row in (numbers, asks, tuple(ways)) if row)
    )


def _line(acting: Acting, one: Unread) -> Markup:
    t = acting.texts
    if one.unreachable_since is None:
        what = t("{n} working days, no tap and no message", n=DAYS)
    else:
        day = one.unreachable_since.astimezone(acting.zone).date()
        since = formats.day(day, acting.locale, acting.local_now.date())
        what = t("📵 can't be reached since {day}", day=since)
    return Markup("<b>{}</b> · {}").format(one.name, what)


async def pool_alerts(acting: Acting, offset: str = "0") -> Screen:
    """A page of what nobody has to act on, the latest first; a number opens the customer."""
    t, start = acting.texts, whole(offset)
    shown, total = await nobodys(acting, limit=PAGE, offset=start)
    body = [
        Markup("{}. {} <b>{}</b> · {}").format(
            start + number,
            ALERTS[one.kind].icon,
            short_name_of(one.customer, acting.locale),
            dotted(
                t(ALERTS[one.kind].label),
                formats.rounded(one.amount_fen, acting.locale) if one.amount_fen else None,
            ),
        )
        for number, one in enumerate(shown, 1)
    ]
    numbers = tuple(
        Button.open(str(start + number), "profile", one.customer_id)
        for number, one in enumerate(shown, 1)
    )
    turn = []
    if start:
        turn.append(Button.open(t("‹ Before"), "pool_alerts", max(0, start - PAGE)))
    if start + len(shown) < total:
        turn.append(Button.open(t("More ›"), "pool_alerts", start + PAGE))
    ways = (Button.open(t("♻️ Pool"), "pool", 0), Button.open(t("⌂ Home"), "home"))
    head = (
        t("♻️ <b>Nobody in charge: {n} to look at</b>", n=total)
        if total
        else t("♻️ Nothing waits at customers without an owner.")
    )
    return Screen(lines(head, *body), tuple(row for row in (numbers, tuple(turn), ways) if row))
