"""Assignments hold: what comes back is the scope, computed independently by brute force."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

import pytest

from core import customers, profile, today
from core.acting import Acting
from core.activities import LogActivity
from core.bus import perform
from core.errors import Refused
from core.follow_ups import NudgeFollowUp, PlanFollowUp, PostponeFollowUp, SettleFollowUp
from core.people import person_of
from core.rules.access import visible_customers, workable_customers
from core.vocabulary import ROLES
from storage import db
from storage.models import Customer, FollowUp, Staff, Unit
from storage.search import fill_search_fields
from tests.support.bank import MONDAY

TABLES = ("customer", "contact", "activity", "follow_up", "attachment", "activity_correction")


@dataclass(frozen=True)
class RandomBank:
    """A bank put together by chance, and what is known of it outside the code under test."""

    parents: dict[int, int | None]
    staff: list[Staff]
    customers: list[Customer]
    units: dict[int, Unit]

    def below(self, unit: int, top: int) -> bool:
        """Whether a unit lies in the subtree of another, by walking the parents."""
        at: int | None = unit
        while at is not None:
            if at == top:
                return True
            at = self.parents[at]
        return False

    def may_see(self, person: Staff, customer: Customer) -> bool:
        """Who may see whom, as the issue says it, not as the code does."""
        if person.role in {"head_office", "administrator", "auditor"}:
            return True
        if person.role in {"rm", "telecaller"}:
            return customer.owner_id == person.id
        return self.below(customer.unit_id, person.unit_id)


async def random_bank(seed: int) -> RandomBank:
    chance = random.Random(seed)
    units: dict[int, Unit] = {}
    parents: dict[int, int | None] = {}
    for number in range(chance.randrange(3, 14)):
        above = chance.choice(list(units.values())) if units else None
        unit = await Unit.create(
            parent=above, kind="team", name_zh=str(number), name_en=str(number), path=f"x{number}"
        )
        unit.path = f"{above.path if above else '/'}{unit.id}/"
        await unit.save()
        units[unit.id], parents[unit.id] = unit, above.id if above else None
    staff = [
        await Staff.create(
            number=str(number), name_zh=f"人{number}", name_en=f"P{number}",
            role=chance.choice(list(ROLES)), unit=chance.choice(list(units.values())),
            phone=f"861{number:010}",
        )
        for number in range(12)
    ]  # fmt: skip
    made = []
    for number in range(30):
        owner = chance.choice([*staff, None])
        customer = Customer(
            name_zh=f"上海华兴{number}有限公司", name_en=f"Huaxing {number} Co., Ltd.",
            owner_id=owner.id if owner else None,
            unit_id=owner.unit_id if owner else chance.choice(list(units)), created_at=MONDAY,
        )  # fmt: skip
        fill_search_fields(customer)
        await customer.save()
        made.append(customer)
    return RandomBank(parents, staff, made, units)


async def fingerprint() -> str:
    """A hash of all rows that a refused command must leave as they are."""
    rows = [await db.rows(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@pytest.mark.parametrize("seed", range(8))
async def test_every_read_and_command_stays_within_the_scope(database: str, seed: int) -> None:
    bank = await random_bank(seed)
    follow_ups = {}
    for customer in bank.customers[:12]:
        if customer.owner_id is not None:
            follow_ups[customer.id] = await FollowUp.create(
                key=f"f{customer.id}", customer=customer, owner_id=customer.owner_id,
                created_by_id=customer.owner_id, due_at=MONDAY, overdue_at=MONDAY,
                escalate_at=MONDAY, created_at=MONDAY,
            )  # fmt: skip
    for person_row in bank.staff:
        person = person_of(person_row, bank.units[person_row.unit_id])
        acting = Acting(person, MONDAY, "test")
        expected = {c.id for c in bank.customers if bank.may_see(person_row, c)}
        by_orm = await Customer.filter(visible_customers(person).q).values_list("id", flat=True)
        where, args = visible_customers(person).where("c")
        by_sql = await db.rows(f"SELECT c.id AS id FROM customer c WHERE {where}", *args)
        found = await customers.find(acting, "华兴", limit=50)
        latest = await customers.recent(acting, limit=50)
        assert set(by_orm) == expected
        assert {row["id"] for row in by_sql} == expected
        assert {item.id for item in found.items} == expected
        assert {item.id for item in latest.items} == expected
        assert (await today.today(acting)).customers == len(expected)
        for customer in bank.customers[:12]:
            await try_everything(bank, acting, person_row, customer, follow_ups.get(customer.id))


async def try_everything(
    bank: RandomBank, acting: Acting, person: Staff, customer: Customer, promised: FollowUp | None
) -> None:
    """Reads succeed exactly within the scope; refused commands leave no trace."""
    seen = bank.may_see(person, customer)
    for read in (profile.profile, profile.contacts_of, profile.history):
        if seen:
            await read(acting, customer.id)
        else:
            with pytest.raises(Refused):
                await read(acting, customer.id)
    if seen and person.role != "auditor":
        assert await Customer.filter(workable_customers(acting.person).q, id=customer.id).exists()
        return
    commands: list[object] = [
        LogActivity(customer.id, "visit", MONDAY),
        PlanFollowUp(customer.id, MONDAY.replace(hour=18)),
    ]
    if promised is not None:
        commands += [
            SettleFollowUp(promised.id),
            PostponeFollowUp(promised.id, MONDAY.replace(hour=18)),
            NudgeFollowUp(promised.id),
        ]
    before = await fingerprint()
    for number, command in enumerate(commands):
        with pytest.raises(Refused):
            await perform(acting, command, f"no:{person.id}:{customer.id}:{number}")
    assert await fingerprint() == before
