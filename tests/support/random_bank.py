"""A bank put together by chance, with what is known of it outside the code under test."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta

from core.acting import Acting
from core.people import person_by_number
from core.vocabulary import ROLES
from storage.models import Collaboration, Customer, FollowUp, Staff, StandIn, Unit
from storage.search import fill_search_fields
from tests.support.bank import MONDAY

KEEPING, LEADING = {"rm", "telecaller"}, {"team_leader", "branch_manager"}
SEEING_ALL = {"head_office", "administrator", "auditor"}
BELOW = LEADING | {"service_desk"}
STOOD_IN_FOR = KEEPING | BELOW
DAY = timedelta(days=1)


@dataclass(frozen=True)
class RandomBank:
    """The rows, and who may do what as the description says it, not as the code does."""

    parents: dict[int, int | None]
    staff: list[Staff]
    customers: list[Customer]
    units: dict[int, Unit]
    #: customer → staff → level, of those that run
    shares: dict[int, dict[int, str]] = field(default_factory=dict)
    #: substitute → absent colleagues, of today
    standing: dict[int, list[Staff]] = field(default_factory=dict)
    follow_ups: dict[int, FollowUp] = field(default_factory=dict)

    def below(self, unit: int, top: int) -> bool:
        """Whether a unit lies in the subtree of another, by walking the parents."""
        at: int | None = unit
        while at is not None:
            if at == top:
                return True
            at = self.parents[at]
        return False

    def roles_grant(self, person: Staff, customer: Customer) -> bool:
        """What somebody's own role shows of a customer."""
        if person.role in SEEING_ALL:
            return True
        if person.role in KEEPING:
            return customer.owner_id == person.id
        return person.role in BELOW and self.below(customer.unit_id, person.unit_id)

    def may_see(self, person: Staff, customer: Customer) -> bool:
        """By role, by what was shared, and for whom one stands in."""
        return self._reaches(person, customer, {"read", "write"})

    def may_work(self, person: Staff, customer: Customer) -> bool:
        """Auditors look on; who was let in to read only reads."""
        return person.role != "auditor" and self._reaches(person, customer, {"write"})

    def may_give(self, person: Staff, customer: Customer) -> bool:
        """Who leads the unit of the customer, or stands in for one who does."""
        return any(
            one.role in {"head_office", "administrator"}
            or (one.role in LEADING and self.below(customer.unit_id, one.unit_id))
            for one in (person, *self.standing.get(person.id, ()))
        )

    def _reaches(self, person: Staff, customer: Customer, levels: set[str]) -> bool:
        does = (person, *self.standing.get(person.id, ()))
        shared = self.shares.get(customer.id, {})
        return any(self.roles_grant(one, customer) for one in does) or (
            person.role in STOOD_IN_FOR and any(shared.get(one.id) in levels for one in does)
        )

    async def acting(self, person: Staff) -> Acting:
        """That person, acting on Monday morning."""
        return Acting(await person_by_number(person.number, MONDAY), MONDAY, "test")


async def random_bank(seed: int) -> RandomBank:
    """Units, people, customers, shares and stand-ins by chance; the same for the same seed."""
    chance = random.Random(seed)
    units: dict[int, Unit] = {}
    parents: dict[int, int | None] = {}
    for number in range(chance.randrange(3, 14)):
        above = chance.choice(list(units.values())) if units else None
        kind = chance.choice(["branch", "sub_branch", "team"])
        unit = await Unit.create(
            parent=above, kind=kind, name_zh=str(number), name_en=str(number), path=f"x{number}"
        )
        unit.path = f"{above.path if above else '/'}{unit.id}/"
        await unit.save()
        units[unit.id], parents[unit.id] = unit, above.id if above else None
    staff = [
        await Staff.create(
            number=f"P{number}", name_zh=f"人{number}", name_en=f"P{number}",
            role=chance.choice(list(ROLES)), unit=chance.choice(list(units.values())),
            phone=f"861{number:010}",
        )
        for number in range(12)
    ]  # fmt: skip
    bank = RandomBank(parents, staff, [], units)
    for number in range(30):
        owner = chance.choice([*staff, None])
        customer = Customer(
            name_zh=f"上海华兴{number}有限公司", name_en=f"Huaxing {number} Co., Ltd.",
            owner_id=owner.id if owner else None, grade=chance.choice("ABCD"),
            unit_id=owner.unit_id if owner else chance.choice(list(units)), created_at=MONDAY,
        )  # fmt: skip
        fill_search_fields(customer)
        await customer.save()
        bank.customers.append(customer)
    for _ in range(chance.randrange(0, 25)):
        await _share(chance, bank)
    for _ in range(chance.randrange(0, 8)):
        await _stand_in(chance, bank)
    for customer in bank.customers[:10]:
        if customer.owner_id is not None:
            bank.follow_ups[customer.id] = await FollowUp.create(
                key=f"f{customer.id}", customer=customer, owner_id=customer.owner_id,
                created_by_id=customer.owner_id, due_at=MONDAY, overdue_at=MONDAY,
                escalate_at=MONDAY, created_at=MONDAY,
            )  # fmt: skip
    return bank


async def _share(chance: random.Random, bank: RandomBank) -> None:
    customer, person = chance.choice(bank.customers), chance.choice(bank.staff)
    level, over = chance.choice(["read", "write"]), chance.random() < 0.25
    if not over and person.id in bank.shares.get(customer.id, {}):
        return
    await Collaboration.create(
        customer=customer, staff=person, level=level, given_at=MONDAY,
        ended_at=MONDAY if over else None,
    )  # fmt: skip
    if not over:
        bank.shares.setdefault(customer.id, {})[person.id] = level


async def _stand_in(chance: random.Random, bank: RandomBank) -> None:
    absent, substitute = chance.sample(bank.staff, 2)
    first = MONDAY + chance.randrange(-5, 3) * DAY
    until = first + chance.randrange(1, 5) * DAY
    over = chance.random() < 0.2
    await StandIn.create(
        absent=absent, substitute=substitute, from_at=first, until_at=until, created_at=MONDAY,
        ended_at=MONDAY if over else None,
    )  # fmt: skip
    runs = first <= MONDAY < until and not over
    if runs and absent.role in STOOD_IN_FOR and substitute.role in STOOD_IN_FOR:
        bank.standing.setdefault(substitute.id, []).append(absent)
