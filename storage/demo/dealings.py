"""What the demo's firms do with the bank: accounts, bookings, products, credit, contribution.

As the bank's warehouse would deliver it: as of yesterday, in whole numbers that belong together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from storage.models import Account, Balance, Contribution, CreditLine, Flow, Holding

if TYPE_CHECKING:
    from random import Random

    from storage.demo.firms import Firms
    from storage.models import Customer

WAN = 10_000 * 100
#: who banks with us: the others are being won
BANKED = {"active": 1.0, "at_risk": 1.0, "dormant": 1.0, "lost": 0.4, "exited": 0.3}
#: what a firm of a size keeps on its account, in ten thousand yuan
DEPOSITS = {"medium": 900, "small": 240, "micro": 45, "individual": 12}
#: credit lines that firms of a size get, in ten thousand yuan
LIMITS = {
    "medium": (800, 1000, 1500, 2000, 3000),
    "small": (200, 300, 500, 800),
    "micro": (50, 100, 200),
    "individual": (20, 30, 50),
}
LENDING = ("working_capital", "mortgage_loan", "credit_loan", "supply_chain", "bill_discount")
OTHERS = (
    "online_banking", "payroll", "acquiring", "cash_management", "agreement_deposit",
    "time_deposit", "wealth", "fx", "letter_of_credit", "acceptance", "guarantee", "insurance",
)  # fmt: skip
SUMMARIES_IN = ("货款", "销售回款", "服务费", "往来款", "定金")
SUMMARIES_OUT = ("材料款", "工资", "税款", "房租", "运费", "电费")
WEEKS, MONTHS = 53, 14
#: of which weeks a balance is kept: every fourth, and each of the last month
KEPT = frozenset({*range(0, WEEKS, 4), *range(WEEKS - 5, WEEKS)})
#: the firm that the docs and the journeys tell of: its balance fell, its loan matures soon
HUAXING = 1


@dataclass(frozen=True, slots=True)
class Dealings:
    """Rows with their ids set, not yet written."""

    accounts: list[Account] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    credit_lines: list[CreditLine] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)


def build_dealings(random: Random, firms: Firms, now: datetime) -> Dealings:
    """A year of dealings for every firm that banks with us."""
    dealings = Dealings()
    made = _Made(random, dealings, firms, datetime(now.year, now.month, now.day, tzinfo=UTC))
    for customer in firms.customers:
        if random.random() < BANKED.get(customer.status, 0.0):
            made.bank_with(customer)
    return dealings


class _Made:
    """The rows that are being made."""

    def __init__(self, random: Random, dealings: Dealings, firms: Firms, now: datetime) -> None:
        self._random, self._dealings, self._firms = random, dealings, firms
        self._now, self._today = now, now.date()
        self._as_of = self._today - timedelta(days=1)

    def bank_with(self, customer: Customer) -> None:
        """Everything of one firm."""
        curve = self._account(customer)
        borrows = customer.id == HUAXING or (
            customer.status in {"active", "at_risk"} and self._random.random() < 0.55
        )
        drawn = self._credit(customer) if borrows else 0
        self._holdings(customer, borrows=borrows)
        self._contribution(customer, sum(curve) // len(curve), drawn)

    def _account(self, customer: Customer) -> list[int]:
        """The settlement account with its curve and bookings; returns the balances, in fen."""
        curve = self._curve(customer)
        account = self._add_account(customer, "basic", curve[-1])
        account.month_average_fen = sum(curve[-4:]) // 4
        account.year_average_fen = sum(curve) // len(curve)
        for week in sorted(KEPT):
            self._dealings.balances.append(
                Balance(
                    id=len(self._dealings.balances) + 1,
                    account_id=account.id,
                    day=self._as_of - timedelta(weeks=WEEKS - 1 - week),
                    balance_fen=curve[week],
                )
            )
        self._bookings(account, curve)
        return curve

    def _curve(self, customer: Customer) -> list[int]:
        level = DEPOSITS[customer.size] * WAN * self._random.uniform(0.4, 1.8)
        trend = self._random.uniform(-0.3, 0.5)
        falls = customer.status in {"at_risk", "dormant", "lost", "exited"}
        phase = self._random.uniform(0, 6.3)
        curve = []
        for week in range(WEEKS):
            at = week / (WEEKS - 1)
            season = 1 + 0.25 * math.sin(phase + at * 12.6)
            drift = 1 - 0.8 * at if falls else 1 + trend * at
            curve.append(max(int(level * season * drift * self._random.uniform(0.85, 1.15)), 0))
        if customer.id == HUAXING:
            curve[-1] = int(curve[-2] * 0.66)
        return [fen // 100 * 100 for fen in curve]

    def _add_account(self, customer: Customer, kind: str, fen: int) -> Account:
        number = f"9931{customer.id:07}{self._random.randrange(10**6):06}"
        account = Account(
            id=len(self._dealings.accounts) + 1,
            customer_id=customer.id,
            number=number,
            tail=number[-4:],
            kind=kind,
            opened=customer.created_at.date(),
            balance_fen=fen,
            **self._known(),
        )
        self._dealings.accounts.append(account)
        return account

    def _known(self) -> dict[str, object]:
        return {"source": "warehouse", "as_of": self._as_of, "recorded_at": self._now}

    def _bookings(self, account: Account, curve: list[int]) -> None:
        firms = self._firms.customers
        for week in range(0, WEEKS, 4):
            day = self._as_of - timedelta(weeks=WEEKS - 1 - week)
            for sign, summaries in ((1, SUMMARIES_IN), (-1, SUMMARIES_OUT)):
                amount = int(curve[week] * self._random.uniform(0.1, 0.5)) // 10_000 * 10_000
                self._dealings.flows.append(
                    Flow(
                        id=len(self._dealings.flows) + 1,
                        reference=f"T{len(self._dealings.flows) + 1:012}",
                        account_id=account.id,
                        day=day - timedelta(days=self._random.randrange(5)),
                        amount_fen=sign * max(amount, 10_000),
                        counterparty=self._random.choice(firms).name_zh,
                        summary=self._random.choice(summaries),
                    )
                )

    def _credit(self, customer: Customer) -> int:
        """A credit line with its loan account; returns what is drawn, in fen."""
        limit = self._random.choice(LIMITS[customer.size]) * WAN
        drawn = int(limit * self._random.choice((0.4, 0.6, 0.8, 1.0)))
        security = self._random.choices(
            ("mortgage", "guarantee", "unsecured", "pledge"), (45, 25, 20, 10)
        )[0]
        troubled = customer.status == "at_risk" and self._random.random() < 0.5
        matures = self._today + timedelta(days=self._random.randrange(10, 700))
        if customer.id == HUAXING:
            limit, drawn, security = 2000 * WAN, 1600 * WAN, "mortgage"
            matures = self._today + timedelta(days=45)
        self._dealings.credit_lines.append(
            CreditLine(
                id=len(self._dealings.credit_lines) + 1,
                customer_id=customer.id,
                number=f"HT{self._today.year - 1}{customer.id:06}",
                product=self._random.choice(LENDING[:4]),
                limit_fen=limit,
                drawn_fen=drawn,
                rate_bp=self._random.randrange(310, 480, 5),
                security=security,
                collateral="厂房及土地" if security == "mortgage" else "",
                collateral_fen=int(limit * 1.6) if security == "mortgage" else None,
                matures=matures,
                classification="mention" if troubled else "normal",
                overdue_fen=drawn // 20 if troubled else 0,
                **self._known(),
            )
        )
        self._add_account(customer, "loan", drawn)
        return drawn

    def _holdings(self, customer: Customer, *, borrows: bool) -> None:
        products = ["settlement", "demand_deposit"]
        if borrows:
            products.append(self._dealings.credit_lines[-1].product)
        products += self._random.sample(OTHERS, self._random.choice((0, 1, 2, 2, 3, 4)))
        for product in products:
            since = self._today - timedelta(days=self._random.randrange(60, 1800))
            amount = None
            if product in {"time_deposit", "wealth", "agreement_deposit", "acceptance"}:
                amount = self._random.choice((50, 100, 200, 300)) * WAN
            self._dealings.holdings.append(
                Holding(
                    id=len(self._dealings.holdings) + 1,
                    customer_id=customer.id,
                    product=product,
                    since=max(since, customer.created_at.date()),
                    amount_fen=amount,
                    **self._known(),
                )
            )

    def _contribution(self, customer: Customer, deposits: int, drawn: int) -> None:
        """Months up to the last whole one: margins of 1.2 % on deposits and 1.6 % on loans."""
        first = self._today.replace(day=1)
        for back in range(MONTHS, 0, -1):
            month = _months_before(first, back)
            swing = self._random.uniform(0.8, 1.2)
            loans = int(drawn * 0.016 / 12 * swing)
            self._dealings.contributions.append(
                Contribution(
                    id=len(self._dealings.contributions) + 1,
                    customer_id=customer.id,
                    month=month,
                    deposit_income_fen=int(deposits * 0.012 / 12 * swing),
                    loan_income_fen=loans,
                    fee_income_fen=int(deposits * 0.002 / 12 * self._random.uniform(0, 2)),
                    cost_fen=50_000,
                    risk_cost_fen=loans // 5,
                    **self._known(),
                )
            )


def _months_before(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
