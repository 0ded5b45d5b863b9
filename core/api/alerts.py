"""Alerts over HTTP."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field

from core import alerts
from core.alert_nudges import NudgeAlert
from core.alerts import PostponeAlert, SettleAlert
from core.api.route import Route
from core.api.schemas import Asked, Given, Moment, StaffTold, Told
from core.customers import short_name_of
from core.people import staff_name

if TYPE_CHECKING:
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
    day: date | None = Field(description="None for a birthday, which stands with the contact.")
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
        if one.rule == "birthday":
            ends, crossing = None, None
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


async def nudge_alert(call: Call[Nothing, None]) -> AlertTold:
    """Ask the person who is to act on it; once a day."""
    alert_id = call.id("alert_id")
    await call.perform(NudgeAlert(alert_id))
    return AlertTold.of(await alerts.alert(call.acting, alert_id), call.acting.locale)


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
    Route(method="POST", path="/alerts/{alert_id}/nudge", scope=WRITE, kind="change",
          does=nudge_alert, answer=AlertTold, summary="Ask who is to act on it"),
)  # fmt: skip
