"""A customer's grade and its scorecard, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core import grading
from core.api.route import Route
from core.api.schemas import Given, Moment, OneOf, Told, text
from core.grading import REASON_LENGTH, DecideGrade
from core.rules.scorecard import GRADES, NAME, VERSION

if TYPE_CHECKING:
    from core.acting import Acting
    from core.api.route import Call
    from core.api.schemas import Nothing

MOST = 50


class FactorTold(Told):
    """A factor of the scorecard."""

    code: str
    value: float | None = Field(description="In fen, as a share, a count or years; null: unknown.")
    points: int
    most: int


class DecisionTold(Told):
    """A grade that was given."""

    id: int
    points: int
    proposed: str
    decided: str
    reason: str
    version: int
    at: Moment
    by: str


class GradeTold(Told):
    """The grade, and what the scorecard says now."""

    customer_id: int
    grade: str
    scorecard: str
    version: int
    points: int
    proposed: str
    cap: str | None = Field(description="What holds the grade down: overdue, mention, bad.")
    factors: list[FactorTold]
    decisions: list[DecisionTold]


class GradeGiven(Given):
    """Which grade it has from now on."""

    grade: Annotated[str, OneOf(GRADES)] = Field(examples=["B"])
    reason: Annotated[str, text(REASON_LENGTH)] = Field(
        "", description="Needed where it is another than the scorecard's."
    )


async def get_grade(call: Call[Nothing, None]) -> GradeTold:
    """The grade of a customer, the scorecard of now, and who decided what."""
    return await _told(call.acting, call.id("customer_id"))


async def decide_grade(call: Call[Nothing, GradeGiven]) -> GradeTold:
    """Give a grade: the scorecard's, or as a leader another one with a reason."""
    given = call.body
    customer_id = await call.perform(
        DecideGrade(call.id("customer_id"), given.grade, given.reason)
    )
    return await _told(call.acting, customer_id)


async def _told(acting: Acting, customer_id: int) -> GradeTold:
    found = await grading.graded(acting, customer_id, decisions=MOST)
    return GradeTold(
        customer_id=found.customer.id, grade=found.customer.grade, scorecard=NAME,
        version=VERSION, points=found.score.points, proposed=found.score.grade,
        cap=found.score.cap,
        factors=[
            FactorTold(code=one.factor.code, value=one.value, points=one.points,
                       most=one.factor.most)
            for one in found.score.scored
        ],
        decisions=[
            DecisionTold(
                id=one.id, points=one.points, proposed=one.proposed, decided=one.decided,
                reason=one.reason, version=one.version, at=one.at, by=one.by,
            )
            for one in found.decisions
        ],
    )  # fmt: skip


ROUTES = (
    Route(method="GET", path="/customers/{customer_id}/grade", scope="customers:read",
          does=get_grade, answer=GradeTold, summary="Read the grade and its scorecard"),
    Route(method="POST", path="/customers/{customer_id}/grade", scope="customers:write",
          kind="change", does=decide_grade, body=GradeGiven, answer=GradeTold,
          unchanged=get_grade, summary="Give a grade"),
)  # fmt: skip
