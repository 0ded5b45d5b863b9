"""What is to be acted on: the list, one of it, why it is not relevant, what a rule finds now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import alerts as read
from core import formats
from core.alert_card import alert_buttons, alert_line, profile_button, settled_line
from core.alert_first_pass import standing as holding
from core.alert_nudges import may_nudge
from core.alert_rules import RULERS
from core.customers import short_name_of
from core.errors import NotFound
from core.people import staff_name
from core.rules.access import OWN, READ_ONLY
from core.rules.alerts import ALERTS, REASONS
from core.screens import Button, Screen
from core.tellings import telling_screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.screens import Row
    from storage.models import Alert

PAGE = 5


async def alerts(acting: Acting, offset: str = "0") -> Screen:
    """A page of what is open, the gravest first; a number opens one."""
    t, start = acting.texts, whole(offset)
    shown, total = await read.open_alerts(acting, limit=PAGE, offset=start)
    body = [
        Markup("{}. {}").format(start + number, _line(acting, one))
        for number, one in enumerate(shown, 1)
    ]
    numbers = tuple(
        Button.open(str(start + number), "alert", one.id) for number, one in enumerate(shown, 1)
    )
    turn = []
    if start:
        turn.append(Button.open(t("‹ Before"), "alerts", max(0, start - PAGE)))
    if start + len(shown) < total:
        turn.append(Button.open(t("More ›"), "alerts", start + PAGE))
    ways = [Button.open(t("⌂ Home"), "home")]
    if acting.person.role not in READ_ONLY:
        ways.insert(0, Button.open(t("⚙️ How I tell you"), "wishes"))
    if acting.person.role in RULERS:
        ways.insert(0, Button.open(t("⚙️ Rules"), "alert_rules"))
    head = (
        t("🔔 <b>{n} to act on</b>", n=total) if total else t("🔔 Nothing to act on. Well done.")
    )
    return Screen(
        lines(head, *body), tuple(row for row in (numbers, tuple(turn), tuple(ways)) if row)
    )


async def telling(acting: Acting, telling_id: str) -> Screen:
    """A message that tells of several, as it is now."""
    screen, _ = await telling_screen(acting, whole(telling_id))
    return screen


async def alert(acting: Acting, alert_id: str, within: str = "") -> Screen:
    """One of them, with the buttons to act; `within` a message of several, and back to it."""
    t = acting.texts
    one = await read.alert(acting, whole(alert_id))
    back: Row = (Button.open(t("‹ All"), "alerts", 0),)
    if within:
        back = (Button.open(t("‹ Back"), "telling", whole(within)),)
    if one.settled_at is not None:
        ways = (*profile_button(t, one), *back)
        return Screen(settled_line(one, acting.person, acting.now), (ways,))
    buttons = alert_buttons(t, one, whole(within) if within else None)
    asked = None
    if one.nudges:
        asked = t.plural("👉 Asked about {n} time", "👉 Asked about {n} times", one.nudges)
    if may_nudge(acting, one):
        of_it = (one.id, whole(within)) if within else (one.id,)
        back = (Button.run(t("👉 Nudge"), "alert_nudge", *of_it), *back)
    return Screen(lines(_line(acting, one), asked), (*buttons, back))


async def alert_why(acting: Acting, alert_id: str, within: str = "") -> Screen:
    """Why it is not relevant: the reason is counted."""
    t = acting.texts
    one = await read.alert(acting, whole(alert_id))
    also = (whole(within),) if within else ()
    known, *others = (
        Button.run(t(label), "alert_dismiss", one.id, code, *also)
        for code, label in REASONS.items()
    )
    back = Button.open(t("‹ Back"), "alert", one.id, *also)
    return Screen(
        lines(_line(acting, one), t("Why is it not relevant?")), ((known,), (*others,), (back,))
    )


async def standing(acting: Acting, code: str, offset: str = "0") -> Screen:
    """The customers that are beyond a rule's line now; a number opens one."""
    t, start = acting.texts, whole(offset)
    if code not in ALERTS:
        raise NotFound
    shown, total = await holding(acting, code, limit=PAGE, offset=start)
    today = acting.local_now.date()
    body = [
        Markup("{}. {}").format(
            start + number,
            dotted(
                Markup("<b>{}</b>").format(short_name_of(one.customer, acting.locale)),
                formats.day(one.day, acting.locale, today)
                if one.day and code != "birthday"
                else None,
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
        turn.append(Button.open(t("‹ Before"), "standing", code, max(0, start - PAGE)))
    if start + len(shown) < total:
        turn.append(Button.open(t("More ›"), "standing", code, start + PAGE))
    kind = ALERTS[code]
    head = Markup("{} <b>{}</b> ({})").format(kind.icon, t(kind.label), total)
    back = (Button.open(t("🔔 Alerts"), "alerts", 0), Button.open(t("⌂ Home"), "home"))
    return Screen(lines(head, *body), tuple(row for row in (numbers, tuple(turn), back) if row))


def _line(acting: Acting, one: Alert) -> Markup:
    line = alert_line(one, acting.person, acting.now)
    if acting.person.role in OWN and one.staff_id == acting.person.id:
        return line
    return Markup("{} ({})").format(line, staff_name(one.staff, acting.locale))
