"""Alerts and the bank's rules for them, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field

from core import alert_rules, alerts
from core.alert_rules import TIMINGS, SetAlertRule
from core.alerts import PostponeAlert, SettleAlert
from core.api.route import Route
from core.api.schemas import Asked, Given, Moment, OneOf, StaffTold, Told
from core.customers import short_name_of
from core.errors import NotFound
from core.people import staff_name
from core.rules.alerts import ALERTS

if TYPE_CHECKING:
    from core.alert_rules import RuleView
    from core.api.route import Call
    from core.api.schemas import Nothing
    from storage.models import Alert


class AlertTold(Told):
    """Something to act on."""

    id: int
    rule: str
    customer_id: int | None = Field(description="None where it is about a target or a lead.")
    customer: str = Field(description="Or what else it is about, by name.")
    staff: StaffTold
    importance: int = Field(description="3 grave, 2 normal, 1 slight.")
    day: date | None
    amount_fen: int | None
    before_fen: int | None
    made_at: Moment
    told_at: Moment | None
    settled_at: Moment | None
    how: str
    reason: str

    @classmethod
    def of(cls, one: Alert, locale: str) -> Self:
        """With customer, crossing and staff fetched."""
        crossing, about = one.crossing, one.about or {}
        named = short_name_of(one.customer, locale) if one.customer else about.get(locale, "")
        ends = about.get("day")
        day = crossing.day if crossing else ends and date.fromisoformat(ends)
        return cls(
            id=one.id, rule=one.rule, customer_id=one.customer_id,
            customer=named,
            staff=StaffTold(number=one.staff.number, name=staff_name(one.staff, locale)),
            importance=one.importance, day=day,
            amount_fen=crossing.amount_fen if crossing else None,
            before_fen=crossing.before_fen if crossing else None, made_at=one.made_at,
            told_at=one.told_at, settled_at=one.settled_at, how=one.how, reason=one.reason,
        )  # fmt: skip


class AlertsAsked(Asked):
    """Which part of the list."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=100_000)] = 0


class AlertsTold(Told):
    """What is open, the gravest first."""

    items: list[AlertTold]
    total: int


class AlertSettledGiven(Given):
    """How it ended."""

    how: Literal["done", "dismissed"] = "done"
    reason: Literal["", "known", "wrong", "small"] = Field(
        "", description="Why it is not relevant, where it was dismissed."
    )


class AlertRuleGiven(Given):
    """How a rule is to be."""

    on: bool
    timing: Annotated[str, OneOf(TIMINGS)]


class AlertRuleTold(Told):
    """A rule, tried on the last week."""

    code: str
    on: bool
    timing: str
    importance: int
    last_week: int
    flooded: int = Field(description="People with more of it on a day than a day's limit.")


class AlertRulesTold(Told):
    """Every rule."""

    items: list[AlertRuleTold]


async def list_alerts(call: Call[AlertsAsked, None]) -> AlertsTold:
    """What is to be acted on: the own, or for leaders that of the units led."""
    asked = call.query
    found, total = await alerts.open_alerts(call.acting, limit=asked.limit, offset=asked.offset)
    return AlertsTold(items=[AlertTold.of(one, call.acting.locale) for one in found], total=total)


async def get_alert(call: Call[Nothing, None]) -> AlertTold:
    """One of them."""
    one = await alerts.alert(call.acting, call.id("alert_id"))
    return AlertTold.of(one, call.acting.locale)


async def settle_alert(call: Call[Nothing, AlertSettledGiven]) -> AlertTold:
    """Say that it was acted on, or why it is not relevant."""
    given, alert_id = call.body, call.id("alert_id")
    await call.perform(SettleAlert(alert_id, given.how, given.reason))
    return AlertTold.of(await alerts.alert(call.acting, alert_id), call.acting.locale)


async def postpone_alert(call: Call[Nothing, None]) -> AlertTold:
    """Have it told again on the next working morning."""
    alert_id = call.id("alert_id")
    await call.perform(PostponeAlert(alert_id))
    return AlertTold.of(await alerts.alert(call.acting, alert_id), call.acting.locale)


async def list_alert_rules(call: Call[Nothing, None]) -> AlertRulesTold:
    """The bank's rules, tried on the last week."""
    return AlertRulesTold(items=[_rule(one) for one in await alert_rules.alert_rules(call.acting)])


async def set_alert_rule(call: Call[Nothing, AlertRuleGiven]) -> AlertRuleTold:
    """Switch a rule, or say when it is told."""
    code, given = call.path["code"], call.body
    if code not in ALERTS:
        raise NotFound
    await call.perform(SetAlertRule(code, given.on, given.timing))
    found = await alert_rules.alert_rules(call.acting)
    return _rule(next(one for one in found if one.kind.code == code))


def _rule(one: RuleView) -> AlertRuleTold:
    return AlertRuleTold(
        code=one.kind.code, on=one.on, timing=one.timing, importance=one.kind.importance,
        last_week=one.last_week, flooded=one.flooded,
    )  # fmt: skip


READ, WRITE = "customers:read", "customers:write"
ROUTES = (
    Route(method="GET", path="/alerts", scope=READ, does=list_alerts, query=AlertsAsked,
          answer=AlertsTold, summary="What is to be acted on"),
    Route(method="GET", path="/alerts/{alert_id}", scope=READ, does=get_alert, answer=AlertTold,
          summary="Read an alert"),
    Route(method="POST", path="/alerts/{alert_id}/settle", scope=WRITE, kind="change",
          does=settle_alert, body=AlertSettledGiven, answer=AlertTold,
          summary="Say that it was acted on, or is not relevant"),
    Route(method="POST", path="/alerts/{alert_id}/postpone", scope=WRITE, kind="change",
          does=postpone_alert, answer=AlertTold, summary="Put an alert off"),
    Route(method="GET", path="/alert-rules", scope=READ, does=list_alert_rules,
          answer=AlertRulesTold, summary="The bank's rules for alerts"),
    Route(method="PATCH", path="/alert-rules/{code}", scope=WRITE, kind="change",
          does=set_alert_rule, body=AlertRuleGiven, answer=AlertRuleTold,
          summary="Switch a rule, or say when it is told"),
)  # fmt: skip
