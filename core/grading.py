"""The grade of a customer: what the scorecard says now, what was decided, and why.

The scorecard proposes. Who works with the customer may take over what it says; who leads them may
decide otherwise, with a reason. Each decision is kept with its factors, version and reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from core import audit, customers, ownership
from core.errors import Invalid, NotAllowed
from core.facts.sections import BASIC
from core.i18n import N_
from core.people import staff_name
from core.rules import ratios
from core.rules.access import led_customers
from core.rules.ratios import Figures
from core.rules.scorecard import GRADES, NAME, VERSION, Score, score
from storage.db import lookup
from storage.models import Change, Customer, Grading, Statement
from storage.statements import day

if TYPE_CHECKING:
    from datetime import datetime

    from core.acting import Acting

REASON_LENGTH = 400
_DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class DecideGrade:
    """A customer has this grade from now on."""

    customer_id: int
    grade: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A grade that was given."""

    id: int
    points: int
    #: what the scorecard said, and what was decided
    proposed: str
    decided: str
    reason: str
    version: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Graded:
    """A customer's grade, and what the scorecard says of it now."""

    customer: Customer
    score: Score
    #: the latest first
    decisions: tuple[Decision, ...]
    may_take: bool
    may_decide: bool


async def graded(acting: Acting, customer_id: int, *, decisions: int = 3) -> Graded:
    """The scorecard of a customer as of now, with the latest decisions.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    kept = (
        await Grading.filter(customer_id=customer.id)
        .order_by("-at", "-id")
        .limit(decisions)
        .select_related("by")
    )
    may_decide = await _leads(acting, customer.id)
    return Graded(
        customer=customer,
        score=await _score(acting, customer),
        decisions=tuple(_decision(acting, one) for one in kept),
        may_take=may_decide or await customers.may_work(acting, customer.id),
        may_decide=may_decide,
    )


async def decide_grade(acting: Acting, command: DecideGrade) -> int:
    """Give the grade and return the customer's id; the same as before is kept all the same.

    Raises:
        NotFound: if the customer is none to be seen.
        NotAllowed: if it is not the acting person's to work with, or is decided otherwise than the
            scorecard says by somebody who does not lead.
        Invalid: if there is no such grade, or a reason is needed and missing.
    """
    wanted = (await customers.workable(acting, command.customer_id)).id
    reason = command.reason.strip()
    if command.grade not in GRADES or len(reason) > REASON_LENGTH:
        raise Invalid
    customer = (await ownership.locked([wanted]))[wanted]
    found = await _score(acting, customer)
    if command.grade != found.grade:
        if not await _leads(acting, customer.id):
            raise NotAllowed(N_("Only a leader decides otherwise than the scorecard."))
        if not reason:
            raise Invalid(N_("Please say the reason in a few words."))
    await Grading.create(
        customer_id=customer.id, scorecard=NAME, version=VERSION,
        factors={one.factor.code: [one.value, one.points] for one in found.scored},
        points=found.points, grade=found.grade, decided=command.grade, reason=reason,
        at=acting.now, by_id=acting.person.id or None,
    )  # fmt: skip
    before = customer.grade
    if before != command.grade:
        customer.grade = command.grade
        await customer.save(update_fields=["grade"])
        await Change.create(
            customer_id=customer.id, section=BASIC.name, row_id=customer.id, field="grade",
            was=before, now=command.grade, source="registry", at=acting.now,
            by_id=acting.person.id or None,
        )  # fmt: skip
    await audit.record(
        acting, "grade", "customer", customer.id, grade={"from": before, "to": command.grade},
        points=found.points, proposed=found.grade,
    )  # fmt: skip
    return int(customer.id)


_FIGURES = """
SELECT (SELECT SUM(deposit_income_fen + loan_income_fen + fee_income_fen - cost_fen
                   - risk_cost_fen)
          FROM contribution
         WHERE customer_id = $1 AND ended_at IS NULL AND month >= $2) AS brought,
       (SELECT SUM(COALESCE(year_average_fen, month_average_fen, balance_fen))
          FROM account WHERE customer_id = $1 AND ended_at IS NULL AND closed IS NULL
           AND kind <> 'loan') AS deposits,
       (SELECT COUNT(*) FROM holding WHERE customer_id = $1 AND ended_at IS NULL) AS products,
       (SELECT SUM(overdue_fen) FROM credit_line
         WHERE customer_id = $1 AND ended_at IS NULL) AS overdue
"""
_CLASSES = "SELECT classification FROM credit_line WHERE customer_id = $1 AND ended_at IS NULL"
_GRAVITY = ("loss", "doubtful", "substandard", "mention")


async def _score(acting: Acting, customer: Customer) -> Score:
    today = acting.local_now.date()
    [found] = await lookup(_FIGURES, customer.id, day(_a_year_before(today)))
    classes = {row["classification"] for row in await lookup(_CLASSES, customer.id)}
    values: dict[str, float | None] = {
        "contribution": _number(found["brought"]),
        "deposits": _number(found["deposits"]),
        "products": found["products"],
        "years": _years(customer.founded, today),
        **await _of_statements(customer.id),
    }
    return score(
        values, overdue_fen=int(found["overdue"] or 0),
        classification=next((one for one in _GRAVITY if one in classes), "normal"),
    )  # fmt: skip


async def _of_statements(customer_id: int) -> dict[str, float | None]:
    kept = await Statement.filter(customer_id=customer_id, ended_at=None).order_by(
        "-period_end", "-months"
    )  # fmt: skip
    if not kept:
        return {}
    last = kept[0]
    before = next((one for one in kept[1:] if one.months == last.months), None)
    figures = Figures(
        revenue=last.revenue_fen, profit=last.profit_fen, assets=last.assets_fen,
        liabilities=last.liabilities_fen,
    )  # fmt: skip
    return {
        "margin": ratios.net_margin(figures),
        "debt": ratios.debt_ratio(figures),
        "growth": ratios.growth(last.revenue_fen, before.revenue_fen) if before else None,
    }


def _a_year_before(today: date) -> date:
    """The first of the month that the last twelve whole months began with."""
    return date(today.year - 1, today.month, 1)


def _years(founded: date | None, today: date) -> float | None:
    return None if founded is None else int((today - founded).days / _DAYS_OF_A_YEAR)


def _number(value: Any) -> int | None:
    return None if value is None else int(value)


async def _leads(acting: Acting, customer_id: int) -> bool:
    return await Customer.filter(led_customers(acting.person).q, id=customer_id).exists()


def _decision(acting: Acting, one: Grading) -> Decision:
    return Decision(
        id=one.id, points=one.points, proposed=one.grade, decided=one.decided, reason=one.reason,
        version=one.version, at=one.at, by=staff_name(one.by, acting.locale),
    )  # fmt: skip
