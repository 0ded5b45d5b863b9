"""What is to be acted on: the list, one of it, why it is not relevant, and the bank's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines
from conversations.words import whole
from core import alert_rules as rules
from core import alerts as read
from core.alert_card import alert_buttons, alert_line, profile_button, settled_line
from core.alert_rules import RULERS
from core.errors import NotFound
from core.people import staff_name
from core.rules.access import OWN, READ_ONLY
from core.rules.alerts import ALERTS, REASONS
from core.screens import Button, Screen
from core.tellings import telling_screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.alert_rules import RuleView
    from storage.models import Alert

PAGE = 5
#: rules in a row
WIDE = 6


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
    back = (Button.open(t("‹ All"), "alerts", 0),)
    if within:
        back = (Button.open(t("‹ Back"), "telling", whole(within)),)
    if one.settled_at is not None:
        ways = (*profile_button(t, one), *back)
        return Screen(settled_line(one, acting.person, acting.now), (ways,))
    buttons = alert_buttons(t, one, whole(within) if within else None)
    return Screen(lines(_line(acting, one)), (*buttons, back))


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


async def alert_rules(acting: Acting) -> Screen:
    """Every rule with what it made last week; a number opens one."""
    t = acting.texts
    found = await rules.alert_rules(acting)
    body = [
        Markup("{}. {} {} · {}").format(
            number, one.kind.icon, t(one.kind.label), _state(acting, one)
        )
        for number, one in enumerate(found, 1)
    ]
    numbers = [
        Button.open(str(number), "alert_rule", one.kind.code)
        for number, one in enumerate(found, 1)
    ]
    numbers.append(Button.open(t("⌂ Home"), "home"))
    return Screen(
        lines(t("⚙️ <b>Alerts</b> · in brackets: last week's"), *body),
        tuple(tuple(numbers[at : at + WIDE]) for at in range(0, len(numbers), WIDE)),
    )


async def alert_rule(acting: Acting, code: str) -> Screen:
    """One rule: switch it, or move it between now and the digest."""
    t = acting.texts
    if code not in ALERTS:
        raise NotFound
    one = next(rule for rule in await rules.alert_rules(acting) if rule.kind.code == code)
    other = "digest" if one.timing == "now" else "now"
    switch = t("⏹ Switch off") if one.on else t("▶️ Switch on")
    move = t("🌅 With the digest") if other == "digest" else t("⚡ At once")
    return Screen(
        lines(
            Markup("{} <b>{}</b>").format(one.kind.icon, t(one.kind.label)),
            _state(acting, one),
            t.plural("It made or would have made {n} alert last week.",
                     "It made or would have made {n} alerts last week.", one.last_week),
            t.plural("{n} person more than five a day.", "{n} people more than five a day.",
                     one.flooded)
            if one.flooded
            else None,
        ),
        (
            (
                Button.run(switch, "alert_switch", code, "off" if one.on else "on", one.timing),
                Button.run(move, "alert_switch", code, "on" if one.on else "off", other),
            ),
            (Button.open(t("‹ All"), "alert_rules"),),
        ),
    )  # fmt: skip


def _state(acting: Acting, one: RuleView) -> Markup:
    t = acting.texts
    when = t("at once") if one.timing == "now" else t("digest")
    return Markup("{} ({})").format(when if one.on else t("off"), one.last_week)


def _line(acting: Acting, one: Alert) -> Markup:
    line = alert_line(one, acting.person, acting.now)
    if acting.person.role in OWN and one.staff_id == acting.person.id:
        return line
    return Markup("{} ({})").format(line, staff_name(one.staff, acting.locale))
