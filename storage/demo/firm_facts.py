"""What the demo's relationship managers wrote down of the firms themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from storage.demo.people import person_name
from storage.models import (
    Change,
    Consent,
    FamilyMember,
    OtherBank,
    Property,
    Relation,
    Shareholder,
    Statement,
    TradePartner,
)

if TYPE_CHECKING:
    from random import Random

    from storage.demo.firms import Firms
    from storage.models import Customer

WAN = 10_000 * 100
BANKS = ("工商银行", "建设银行", "农业银行", "中国银行", "招商银行", "宁波银行", "江苏银行")
TERMS = ("月结30天", "月结60天", "款到发货", "票据结算", "货到付款")
#: yearly revenue by size, in ten thousand yuan
REVENUE = {"medium": 18_000, "small": 3_500, "micro": 600, "individual": 150}
HUAXING, BRIGHTWAY, HUAXING_ELECTRONICS = 1, 2, 3


@dataclass(frozen=True, slots=True)
class FirmFacts:
    """Rows with their ids set, not yet written."""

    other_banks: list[OtherBank] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    partners: list[TradePartner] = field(default_factory=list)
    shareholders: list[Shareholder] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)
    family: list[FamilyMember] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def build_firm_facts(random: Random, firms: Firms, now: datetime) -> FirmFacts:
    """More of some firms, less of others, as it is with people who write things down."""
    facts = FirmFacts()
    made = _Made(random, facts, firms, datetime(now.year, now.month, now.day, tzinfo=UTC))
    for customer in firms.customers:
        if customer.owner_id is not None:
            made.write_down(customer)
    made.circle()
    made.news()
    return facts


class _Made:
    """The rows that are being made."""

    def __init__(self, random: Random, facts: FirmFacts, firms: Firms, now: datetime) -> None:
        self._random, self._facts, self._firms = random, facts, firms
        self._now, self._today = now, now.date()

    def write_down(self, customer: Customer) -> None:
        """What is known of one firm."""
        whole = customer.id <= HUAXING_ELECTRONICS
        for chance, write in (
            (0.5, self._other_bank),
            (0.55, self._statements),
            (0.45, self._partners),
            (0.5, self._shareholders),
            (0.4, self._property),
            (0.25, self._family),
            (0.6, self._consent),
        ):
            if whole or self._random.random() < chance:
                write(customer)

    def _known(self, customer: Customer, source: str) -> dict[str, Any]:
        days = self._random.randrange(20, 300)
        return {
            "customer_id": customer.id,
            "source": source,
            "as_of": self._today - timedelta(days=days),
            "recorded_at": self._now - timedelta(days=days),
            "recorded_by_id": customer.owner_id,
        }

    def _other_bank(self, customer: Customer) -> None:
        limit = self._random.choice((100, 200, 300, 500, 1000)) * WAN
        days = 60 if customer.id == HUAXING else self._random.randrange(15, 500)
        self._facts.other_banks.append(
            OtherBank(
                id=len(self._facts.other_banks) + 1,
                bank="宁波银行" if customer.id == HUAXING else self._random.choice(BANKS),
                product="working_capital",
                limit_fen=limit,
                balance_fen=int(limit * self._random.choice((0.5, 0.8, 1.0))),
                rate_bp=self._random.randrange(340, 520, 5),
                matures=self._today + timedelta(days=days),
                **self._known(customer, "customer"),
            )
        )

    def _statements(self, customer: Customer) -> None:
        revenue = int(REVENUE[customer.size] * WAN * self._random.uniform(0.5, 1.6))
        for year in (self._today.year - 2, self._today.year - 1):
            assets = int(revenue * self._random.uniform(0.7, 1.1))
            current = int(assets * self._random.uniform(0.5, 0.7))
            debts = int(assets * self._random.uniform(0.35, 0.7))
            self._facts.statements.append(
                Statement(
                    id=len(self._facts.statements) + 1,
                    period_end=date(year, 12, 31),
                    months=12,
                    revenue_fen=revenue,
                    profit_fen=int(revenue * self._random.uniform(0.01, 0.09)),
                    assets_fen=assets,
                    current_assets_fen=current,
                    liabilities_fen=debts,
                    current_liabilities_fen=int(debts * 0.8),
                    receivables_fen=int(current * 0.4),
                    inventory_fen=int(current * 0.3),
                    cash_fen=int(current * 0.15),
                    audited=customer.size == "medium",
                    **self._known(customer, "document"),
                )
            )
            revenue = int(revenue * self._random.uniform(0.9, 1.25))

    def _partners(self, customer: Customer) -> None:
        for direction in ("supplier", "buyer"):
            partner = self._random.choice(self._firms.customers)
            if partner.id == customer.id:
                continue
            self._facts.partners.append(
                TradePartner(
                    id=len(self._facts.partners) + 1,
                    direction=direction,
                    name=partner.name_zh,
                    partner_id=partner.id,
                    share_bp=self._random.randrange(1000, 6000, 500),
                    terms=self._random.choice(TERMS),
                    **self._known(customer, "visit"),
                )
            )

    def _shareholders(self, customer: Customer) -> None:
        share = self._random.choice((5100, 6000, 7000, 10_000))
        names = [customer.legal_representative, person_name(self._random).zh]
        known = self._known(customer, "registry")
        for name, part in zip(names, (share, 10_000 - share), strict=True):
            if part and (name != names[0] or part == share):
                self._facts.shareholders.append(
                    Shareholder(
                        id=len(self._facts.shareholders) + 1,
                        name=name,
                        kind="person",
                        share_bp=part,
                        paid_in_fen=(customer.capital_fen or 0) * part // 10_000,
                        controls=part == share,
                        **known,
                    )
                )

    def _property(self, customer: Customer) -> None:
        self._facts.properties.append(
            Property(
                id=len(self._facts.properties) + 1,
                kind="plant",
                title_number=f"沪({self._today.year - 6})不动产权第{customer.id:06}号",
                description=f"{self._random.randrange(8, 60) * 100}平方米",
                value_fen=self._random.choice((500, 800, 1200, 2500)) * WAN,
                **self._known(customer, "document"),
            )
        )

    def _family(self, customer: Customer) -> None:
        name = person_name(self._random).zh
        self._facts.family.append(
            FamilyMember(
                id=len(self._facts.family) + 1,
                person=name,
                kinship=self._random.choice(("spouse", "child", "sibling")),
                firm=f"{customer.city}{name[0]}氏商贸有限公司",
                post="法定代表人",
                **self._known(customer, "visit"),
            )
        )

    def _consent(self, customer: Customer) -> None:
        for kind in ("data_use", "credit_report", "marketing"):
            self._facts.consents.append(
                Consent(
                    id=len(self._facts.consents) + 1,
                    kind=kind,
                    # Some want no offers.
                    given=kind != "marketing" or self._random.random() > 0.1,
                    valid_until=self._today + timedelta(days=self._random.randrange(30, 900)),
                    **self._known(customer, "document"),
                )
            )

    def circle(self) -> None:
        """The three known firms guarantee one another in a ring, and one has a parent."""
        by_id = {customer.id: customer for customer in self._firms.customers}
        huaxing, brightway, electronics = (
            by_id[HUAXING], by_id[BRIGHTWAY], by_id[HUAXING_ELECTRONICS],
        )  # fmt: skip
        for kind, one, other, wan in (
            ("guarantees", huaxing, electronics, 500),
            ("guarantees", electronics, brightway, 300),
            ("guarantees", brightway, huaxing, 800),
            ("subsidiary", huaxing, electronics, None),
        ):
            self._facts.relations.append(
                Relation(
                    id=len(self._facts.relations) + 1,
                    kind=kind,
                    name=other.name_zh,
                    other_id=other.id,
                    amount_fen=wan * WAN if wan else None,
                    **self._known(one, "document"),
                )
            )

    def news(self) -> None:
        """What changed at the best known firm in the last days."""
        huaxing = self._firms.customers[HUAXING - 1]
        [line] = [one for one in self._facts.other_banks if one.customer_id == HUAXING]
        before = (line.balance_fen or 0) + 100 * WAN
        for days, section, row, name, was, now in (
            (6, "basic", HUAXING, "phone", "02155501234", huaxing.phone),
            (3, "other_banks", line.id, "balance_fen", _yuan(before), _yuan(line.balance_fen)),
        ):
            self._facts.changes.append(
                Change(
                    id=len(self._facts.changes) + 1,
                    customer_id=HUAXING,
                    section=section,
                    row_id=row,
                    field=name,
                    was=was,
                    now=now,
                    source="customer",
                    at=self._now - timedelta(days=days),
                    by_id=huaxing.owner_id,
                )
            )


def _yuan(fen: int | None) -> str:
    return f"{(fen or 0) // 100}.00"
