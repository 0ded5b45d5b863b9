"""What leaders plan for their people, over HTTP: planned, answered, and ruled on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from core import leader_plans
from core.api.follow_ups import Kind, Minutes, Purpose
from core.api.route import Route
from core.api.schemas import Given, Id, Moment, OneOf, Told, text
from core.cancellations import NOTE_LENGTH
from core.leader_plans import AcceptPlan, DeclinePlan, PlanForStaff, ProposeTime, RuleTime
from core.vocabulary import CANCEL_REASONS
from storage.models import LeaderPlan

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing


class LeaderPlanTold(Told):
    """What a leader planned for somebody."""

    id: int
    follow_up_id: int
    staff_id: int
    by_id: int
    status: str = Field(description="waiting, accepted, declined, countered, withdrawn.")
    kind: str
    purpose: str
    due_at: Moment
    all_day: bool
    reason: str = Field(description=f"Of a decline: {', '.join(CANCEL_REASONS)}, or empty.")
    note: str
    proposed_at: Moment | None = Field(description="The other time, where one is proposed.")
    proposed_all_day: bool
    proposed_minutes: int | None


class LeaderPlansTold(Told):
    """Those that wait for a word, the own first."""

    items: list[LeaderPlanTold]


class LeaderPlanGiven(Given):
    """Who is to do what."""

    staff_id: Id = Field(examples=[1])
    customer_id: Id = Field(examples=[1])
    due_at: Moment = Field(examples=["2026-12-01T15:00:00+08:00"])
    all_day: bool = False
    kind: Kind = "visit"
    purpose: Purpose = ""
    minutes: Minutes | None = Field(
        None, description="How long it takes; null takes the usual length of its kind."
    )


class LeaderPlanAnswerGiven(Given):
    """What the person says."""

    answer: Literal["accept", "decline", "propose"]
    reason: Annotated[str, OneOf(CANCEL_REASONS)] | None = Field(None, description="To decline.")
    note: Annotated[str, text(NOTE_LENGTH)] = ""
    due_at: Moment | None = Field(None, description="To propose.")
    all_day: bool = False
    minutes: Minutes | None = Field(
        None, description="How long it takes then; null keeps the length that it had."
    )

    @model_validator(mode="after")
    def complete(self) -> Self:
        """A decline has a reason, a proposal a moment."""
        if self.answer == "decline" and self.reason is None:
            raise ValueError("reason is needed to decline")
        if self.answer == "propose" and self.due_at is None:
            raise ValueError("due_at is needed to propose")
        return self


class RulingGiven(Given):
    """Whether the leader agrees to the other time."""

    agrees: bool


async def plan_for_staff(call: Call[Nothing, LeaderPlanGiven]) -> LeaderPlanTold:
    """Plan for one of the people that one leads; they are asked."""
    given = call.body
    made = await call.perform(
        PlanForStaff(
            given.staff_id, given.customer_id, given.due_at, given.all_day, given.kind,
            given.purpose, given.minutes,
        )
    )  # fmt: skip
    return await _told(made)


async def list_leader_plans(call: Call[Nothing, None]) -> LeaderPlansTold:
    """What one is asked, and what one asked for, that is not settled."""
    return LeaderPlansTold(items=[_of(one) for one in await leader_plans.waiting(call.acting)])


async def answer_leader_plan(call: Call[Nothing, LeaderPlanAnswerGiven]) -> LeaderPlanTold:
    """Accept it, decline it with a reason, or propose another time."""
    given, plan = call.body, call.id("leader_plan_id")
    if given.answer == "accept":
        await call.perform(AcceptPlan(plan))
    elif given.answer == "decline":
        await call.perform(DeclinePlan(plan, given.reason or "", given.note))
    else:
        assert given.due_at is not None
        await call.perform(ProposeTime(plan, given.due_at, given.all_day, given.minutes))
    return await _told(plan)


async def rule_time(call: Call[Nothing, RulingGiven]) -> LeaderPlanTold:
    """Agree to the other time, or stay with the first, as the leader."""
    plan = call.id("leader_plan_id")
    await call.perform(RuleTime(plan, call.body.agrees))
    return await _told(plan)


async def _told(leader_plan_id: int) -> LeaderPlanTold:
    """After a command that let the person at it."""
    return _of(await LeaderPlan.get(id=leader_plan_id).select_related("follow_up"))


def _of(one: LeaderPlan) -> LeaderPlanTold:
    planned = one.follow_up
    return LeaderPlanTold(
        id=one.id, follow_up_id=planned.id, staff_id=one.staff_id, by_id=one.by_id,
        status=one.status, kind=planned.kind, purpose=planned.purpose, due_at=planned.due_at,
        all_day=planned.all_day, reason=one.reason, note=one.note, proposed_at=one.proposed_at,
        proposed_all_day=one.proposed_all_day, proposed_minutes=one.proposed_minutes,
    )  # fmt: skip


ROUTES = (
    Route(method="GET", path="/leader-plans", scope="follow_ups:read", does=list_leader_plans,
          answer=LeaderPlansTold, summary="Plans of leaders that wait for a word"),
    Route(method="POST", path="/leader-plans", scope="follow_ups:write", kind="change",
          does=plan_for_staff, body=LeaderPlanGiven, answer=LeaderPlanTold, status=201,
          location="/follow-ups/{answer.follow_up_id}", summary="Plan for one of one's people"),
    Route(method="POST", path="/leader-plans/{leader_plan_id}/answer", scope="follow_ups:write",
          kind="change", does=answer_leader_plan, body=LeaderPlanAnswerGiven,
          answer=LeaderPlanTold, summary="Accept or decline it, or propose another time"),
    Route(method="POST", path="/leader-plans/{leader_plan_id}/ruling", scope="follow_ups:write",
          kind="change", does=rule_time, body=RulingGiven, answer=LeaderPlanTold,
          summary="Agree to another time, or not"),
)  # fmt: skip
