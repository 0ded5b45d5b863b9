"""Change a number of a rule for alerts: the new one → what it would have done → changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conversations.engine.registry import flow
from conversations.flows.starting import Start
from conversations.pages.alert_rules import trial_lines
from conversations.questions.fact_value import ValueText
from conversations.questions.review import Line, Review
from core.alert_numbers import RuleNumber
from core.alert_rules import RULERS, SetAlertRule, numbers_of_rule
from core.alert_trials import Trial, try_rule
from core.errors import NotAllowed, NotFound
from core.facts.section import Field
from core.i18n import N_, Text
from core.rules.alerts import ALERTS
from core.rules.tuning import number_of
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.engine.questions import Json
    from conversations.engine.talk import Talk
    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class Tried:
    """Reads what a rule would have done last week with a number changed; as it is, without."""

    rule: str
    number: str
    values: tuple[int, ...] = ()

    async def __call__(self, acting: Acting) -> Json:
        """[alerts, people with too many, what holds now].

        Raises:
            NotAllowed, Invalid: as `try_rule`.
        """
        changed = {self.number: self.values} if self.values else None
        one = await try_rule(acting, self.rule, changed)
        return [one.alerts, one.flooded, one.standing]


@dataclass(frozen=True, slots=True)
class NumberNow:
    """Reads what a number is now."""

    rule: str
    number: str

    async def __call__(self, acting: Acting) -> Json:
        """Its values."""
        del acting
        return list((await numbers_of_rule(self.rule))[self.number])


async def start(acting: Acting, rule: str, number: str) -> Start:
    """From the rule's page.

    Raises:
        NotAllowed: if the acting person does not set the bank's rules.
        NotFound: if there is no such rule or number.
    """
    if acting.person.role not in RULERS:
        raise NotAllowed
    if number_of(rule, number) is None:
        raise NotFound
    return Start({"rule": rule, "number": number})


@flow("tune", version=1)
async def tune(talk: Talk) -> None:
    """Ask for the number, show what it would have done, change the rule."""
    rule, code = str(talk.args["rule"]), str(talk.args["number"])
    number = number_of(rule, code)
    if number is None:  # the bank's rules changed while the dialogue lay open
        return
    kind = RuleNumber(number)
    before = await talk.read("was", NumberNow(rule, code))
    field = Field("value", number.label, kind, needed=True)
    prompt = Text(
        N_("<b>{rule}</b>\n{number}: {now}. What is it to be? {bounds}"),
        {
            "rule": Text(ALERTS[rule].label), "number": Text(number.label),
            "now": kind.shown(before, ""), "bounds": kind.bounds,
        },
    )  # fmt: skip
    said = await talk.ask(ValueText("value", prompt, field))
    values = tuple(kind.read(said))
    now = Trial(*await talk.read("tried", Tried(rule, code)))
    key = "tried." + said.replace(" ", "-")
    then = Trial(*await talk.read(key, Tried(rule, code, values)))
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>{rule}</b>: {number}"),
                 {"rule": Text(ALERTS[rule].label), "number": Text(number.label)}),
            (
                Line("was", Text(N_("So far")), _tried(kind.shown(before, ""), now),
                     changeable=False),
                Line("value", Text(N_("Now")), _tried(kind.shown(values, ""), then)),
            ),
        )
    )  # fmt: skip
    await talk.do("save", SetAlertRule(rule, numbers={code: values}))
    await talk.say(lambda ctx: _saved(ctx, rule, then))


def _tried(shown: str, trial: Trial) -> Callable[[Any], str]:
    def say(ctx: Acting) -> str:
        return "\n".join([shown, *(str(line) for line in trial_lines(ctx.texts, trial))])

    return say


def _saved(ctx: Acting, rule: str, trial: Trial) -> Screen:
    t = ctx.texts
    text = t("✓ Changed.")
    if trial.standing:
        text += t("\nWhat it finds at once is told as one line to each.")
    return Screen(text, ((Button.open(t("‹ Back"), "alert_rule", rule),),))
