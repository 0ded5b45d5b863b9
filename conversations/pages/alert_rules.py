"""The bank's rules for alerts: the list, one of them with its numbers, and who changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines
from core import alert_rules as rules
from core import formats
from core.alert_rules import plain
from core.alert_trials import Trial
from core.errors import NotFound
from core.i18n import N_
from core.people import staff_name
from core.rules.alerts import ALERTS
from core.rules.tuning import NUMBERS, number_of
from core.screens import Button, Screen

if TYPE_CHECKING:
    from typing import Any

    from core.acting import Acting
    from core.alert_rules import RuleView
    from core.i18n import Texts
    from core.rules.tuning import Number

#: rules in a row
WIDE = 6
#: changes of a rule
CHANGES = 8
_COMMA = ", "
_SAID = {"now": N_("at once"), "digest": N_("digest"), True: N_("on"), False: N_("off")}


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
    """One rule: switch it, move it between now and the digest, change a number of it."""
    t = acting.texts
    if code not in ALERTS:
        raise NotFound
    one = next(rule for rule in await rules.alert_rules(acting) if rule.kind.code == code)
    other = "digest" if one.timing == "now" else "now"
    switch = t("⏹ Switch off") if one.on else t("▶️ Switch on")
    move = t("🌅 With the digest") if other == "digest" else t("⚡ At once")
    numbered = [
        Markup("{}. {}: {}").format(at, t(number.label), values_said(number, one.numbers))
        for at, number in enumerate(NUMBERS[code], 1)
    ]
    numbers = tuple(
        Button.start(str(at), "tune", code, number.code)
        for at, number in enumerate(NUMBERS[code], 1)
    )
    return Screen(
        lines(
            Markup("{} <b>{}</b>").format(one.kind.icon, t(one.kind.label)),
            _state(acting, one),
            *trial_lines(t, Trial(one.last_week, one.flooded, 0)),
            *numbered,
        ),
        (
            (
                Button.run(switch, "alert_switch", code, "off" if one.on else "on", one.timing),
                Button.run(move, "alert_switch", code, "on" if one.on else "off", other),
            ),
            numbers,
            (
                Button.open(t("🕘 Changes"), "alert_rule_history", code),
                Button.open(t("‹ All"), "alert_rules"),
            ),
        ),
    )  # fmt: skip


def trial_lines(t: Texts, trial: Trial) -> tuple[Markup, ...]:
    """What a rule made or would have made last week, and what it would find at once."""
    said = [
        t.plural("It made or would have made {n} alert last week.",
                 "It made or would have made {n} alerts last week.", trial.alerts)
    ]  # fmt: skip
    if trial.flooded:
        said.append(
            t.plural("{n} person more than five a day.", "{n} people more than five a day.",
                     trial.flooded)
        )  # fmt: skip
    if trial.standing:
        said.append(
            t.plural("It holds for {n} customer now.", "It holds for {n} customers now.",
                     trial.standing)
        )  # fmt: skip
    return tuple(said)


def values_said(number: Number, numbers: Any) -> str:
    """90, 60, 30."""
    return _COMMA.join(plain(number, value) for value in numbers[number.code])


async def alert_rule_history(acting: Acting, code: str) -> Screen:
    """Who changed a rule, when, and from what to what."""
    t = acting.texts
    found = await rules.changes_of(acting, code, limit=CHANGES)
    body = [
        Markup("{} · {}\n{}").format(
            formats.moment(one.changed_at, acting.zone, acting.locale, acting.now),
            staff_name(one.changed_by, acting.locale),
            Markup("\n").join(_change(t, code, *change) for change in one.changes.items()),
        )
        for one in found
    ]
    kind = ALERTS[code]
    head = Markup("{} <b>{}</b>").format(kind.icon, t(kind.label))
    none = None if body else t("As it came: nobody has changed it.")
    back = (Button.open(t("‹ Back"), "alert_rule", code),)
    return Screen(lines(head, none, *body), (back,))


def _change(t: Texts, code: str, what: str, values: list[Any]) -> Markup:
    number = number_of(code, what)
    if number is None:
        return Markup(" {} → {}").format(*(t(_SAID[value]) for value in values))
    was, now = (values_said(number, {what: value}) for value in values)
    return Markup(" {}: {} → {}").format(t(number.label), was, now)


def _state(acting: Acting, one: RuleView) -> Markup:
    t = acting.texts
    when = t("at once") if one.timing == "now" else t("digest")
    return Markup("{} ({})").format(when if one.on else t("off"), one.last_week)
