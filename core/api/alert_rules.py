"""The bank's rules for alerts, over HTTP: read, tried, changed, and who changed them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from core import alert_rules
from core.alert_rules import TIMINGS, SetAlertRule
from core.alert_trials import try_rule
from core.api.route import Route
from core.api.schemas import Fen, Given, Moment, OneOf, StaffTold, Told
from core.errors import NotFound
from core.people import staff_name
from core.rules.alerts import ALERTS
from core.rules.tuning import NUMBERS

if TYPE_CHECKING:
    from core.alert_rules import RuleView
    from core.api.route import Call
    from core.api.schemas import Nothing

Code = Annotated[str, OneOf(sorted({one.code for found in NUMBERS.values() for one in found}))]
#: how many changes of a rule are told
CHANGES = 50


class NumberGiven(Given):
    """A number of a rule, as it is to be."""

    code: Code
    values: Annotated[list[Fen], Field(min_length=1, max_length=4)]


Numbers = Annotated[list[NumberGiven], Field(max_length=10)]


class AlertRuleGiven(Given):
    """How a rule is to be; what is left out stays."""

    on: bool | None = None
    timing: Annotated[str, OneOf(TIMINGS)] | None = None
    numbers: Numbers = Field([], description="Those to change; an amount in fen.")


class TrialGiven(Given):
    """With which numbers a rule is to be tried; the others are as they are."""

    numbers: Numbers = Field([])


class NumberTold(Told):
    """A number of a rule."""

    code: str
    unit: str = Field(description="days, percent or fen")
    values: list[int]
    least: int
    most: int
    many: int = Field(description="How many values it may have.")


class TrialTold(Told):
    """What a rule would have done in the last seven days."""

    alerts: int
    flooded: int = Field(description="People with more of it on a day than a day's limit.")
    standing: int = Field(description="What is true now; told as one line to each at first.")


class AlertRuleTold(Told):
    """A rule, with what it made last week."""

    code: str
    on: bool
    timing: str
    importance: int
    numbers: list[NumberTold]
    last_week: int
    flooded: int = Field(description="People with more of it on a day than a day's limit.")


class AlertRulesTold(Told):
    """Every rule."""

    items: list[AlertRuleTold]


class RuleChangeTold(Told):
    """Who changed a rule, and what from and to."""

    changed_at: Moment
    by: StaffTold
    changes: dict[str, list[Any]] = Field(description="What it was, and what it was made.")


class RuleChangesTold(Told):
    """The last changes of a rule, the newest first."""

    items: list[RuleChangeTold]


async def list_alert_rules(call: Call[Nothing, None]) -> AlertRulesTold:
    """The bank's rules with what each made, or would have made, last week."""
    return AlertRulesTold(items=[_rule(one) for one in await alert_rules.alert_rules(call.acting)])


async def set_alert_rule(call: Call[Nothing, AlertRuleGiven]) -> AlertRuleTold:
    """Switch a rule, say when it is told, or change its numbers."""
    code, given = _code(call), call.body
    numbers = {one.code: tuple(one.values) for one in given.numbers}
    await call.perform(SetAlertRule(code, given.on, given.timing, numbers))
    found = await alert_rules.alert_rules(call.acting)
    return _rule(next(one for one in found if one.kind.code == code))


async def try_alert_rule(call: Call[Nothing, TrialGiven]) -> TrialTold:
    """What a rule would have done last week with these numbers; nothing is changed."""
    numbers = {one.code: tuple(one.values) for one in call.body.numbers}
    one = await try_rule(call.acting, _code(call), numbers)
    return TrialTold(alerts=one.alerts, flooded=one.flooded, standing=one.standing)


async def list_rule_changes(call: Call[Nothing, None]) -> RuleChangesTold:
    """Who changed a rule, when, and what."""
    found = await alert_rules.changes_of(call.acting, call.path["code"], limit=CHANGES)
    return RuleChangesTold(
        items=[
            RuleChangeTold(
                changed_at=one.changed_at, changes=one.changes,
                by=StaffTold(number=one.changed_by.number,
                             name=staff_name(one.changed_by, call.acting.locale)),
            )
            for one in found
        ]
    )  # fmt: skip


def _code(call: Call[Any, Any]) -> str:
    code = call.path["code"]
    if code not in ALERTS:
        raise NotFound
    return code


def _rule(one: RuleView) -> AlertRuleTold:
    return AlertRuleTold(
        code=one.kind.code, on=one.on, timing=one.timing, importance=one.kind.importance,
        numbers=[
            NumberTold(code=number.code, unit=number.unit, values=list(one.numbers[number.code]),
                       least=number.least, most=number.most, many=number.many)
            for number in NUMBERS[one.kind.code]
        ],
        last_week=one.last_week, flooded=one.flooded,
    )  # fmt: skip


READ, WRITE = "customers:read", "customers:write"
ROUTES = (
    Route(method="GET", path="/alert-rules", scope=READ, does=list_alert_rules,
          answer=AlertRulesTold, summary="The bank's rules for alerts"),
    Route(method="PATCH", path="/alert-rules/{code}", scope=WRITE, kind="change",
          does=set_alert_rule, body=AlertRuleGiven, answer=AlertRuleTold,
          summary="Switch a rule, say when it is told, change its numbers"),
    Route(method="POST", path="/alert-rules/{code}/trial", scope=READ, kind="change",
          does=try_alert_rule, body=TrialGiven, answer=TrialTold,
          summary="Try a rule with other numbers on the last week"),
    Route(method="GET", path="/alert-rules/{code}/changes", scope=READ, does=list_rule_changes,
          answer=RuleChangesTold, summary="Who changed a rule"),
)  # fmt: skip
