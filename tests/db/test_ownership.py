"""However often customers change hands, nothing is lost, orphaned or rewritten."""

from __future__ import annotations

import asyncio
import contextlib
import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.activities import LogActivity, NextStep
from core.assignments import AcceptAssignment, AssignCustomer, DeclineAssignment
from core.bus import perform
from core.collaborations import EndCollaboration, ShareCustomer
from core.errors import Refused
from core.hand_over import HandOver, Portfolio, propose
from core.pool import ClaimCustomer, ReleaseCustomer
from core.vocabulary import POOL_REASONS, REASSIGN_REASONS
from storage import db
from storage.models import Activity, Assignment, Collaboration, Customer, FollowUp, Staff
from tests.support.bank import MONDAY, build_bank
from tests.support.databases import ENGINES
from tests.support.random_bank import RandomBank, random_bank

STEPS = 60
#: what no change of hands may touch
KEPT = ("status", "grade", "created_at", "last_contact_at", "name_zh", "credit_code")


@pytest.mark.parametrize("engine", ENGINES)
@settings(
    max_examples=6, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(seed=st.integers(0, 10**6))
def test_any_sequence_of_changes_leaves_the_bank_whole(
    request: pytest.FixtureRequest, engine: str, seed: int
) -> None:
    databases = request.getfixturevalue(f"{engine}_databases")
    url = databases.fresh()
    asyncio.run(_play(url, seed))
    if engine == "postgres":
        databases.drop(url)


async def _play(url: str, seed: int) -> None:
    await db.connect(url)
    try:
        bank, chance = await random_bank(seed), random.Random(seed)
        for customer in bank.customers:
            owner = next((one for one in bank.staff if one.id == customer.owner_id), None)
            if owner is not None:
                await _log(bank, owner, customer)
        before = {row["id"]: row for row in await Customer.all().values()}
        authors = await Activity.all().order_by("id").values("id", "author_id", "note")
        for number in range(STEPS):
            with contextlib.suppress(Refused):
                await _step(bank, chance, number)
            await _whole(before)
        assert await Activity.all().order_by("id").values("id", "author_id", "note") == authors
    finally:
        await db.disconnect()


async def _log(bank: RandomBank, owner: Staff, customer: Customer) -> None:
    step = NextStep(MONDAY + timedelta(days=3), all_day=False)
    with contextlib.suppress(Refused):
        await perform(
            await bank.acting(owner),
            LogActivity(customer.id, "visit", MONDAY, note=owner.number, next_step=step),
            f"log:{customer.id}",
        )


async def _step(bank: RandomBank, chance: random.Random, number: int) -> None:
    """Somebody tries something."""
    person, other = chance.sample(bank.staff, 2)
    acting = await bank.acting(person)
    customer = chance.choice(bank.customers).id
    reason = chance.choice([one for one in REASSIGN_REASONS if one != "other"])
    given_now = await Assignment.all().order_by("-id").first()
    shared = await Collaboration.filter(ended_at=None).order_by("-id").first()
    commands: list[object] = [
        AssignCustomer(customer, other.id, reason),
        ReleaseCustomer(customer, chance.choice(["no_progress", "rejected"])),
        ClaimCustomer(customer),
        ShareCustomer(customer, other.id, chance.choice(["read", "write"])),
    ]
    if given_now is not None:
        commands += [AcceptAssignment(given_now.id), DeclineAssignment(given_now.id, "no")]
    if shared is not None:
        commands.append(EndCollaboration(shared.id))
    if chance.random() < 0.3:
        portfolio = Portfolio(chance.choice([other.id, 0]))
        made = await propose(acting, portfolio, ())
        to = tuple(staff.id for staff in made.receivers)
        commands = [HandOver(portfolio, to, made.fingerprint, reason)]
    await perform(acting, chance.choice(commands), f"step:{number}")


async def _whole(before: dict[int, dict[str, object]]) -> None:
    """What holds after every step."""
    people = {one.id: one for one in await Staff.all()}
    customers = {one["id"]: one for one in await Customer.all().values()}
    assert customers.keys() == before.keys()
    for one in customers.values():
        assert all(one[name] == before[one["id"]][name] for name in KEPT)
        owner = people.get(one["owner_id"])
        if owner is not None and one["owner_id"] != before[one["id"]]["owner_id"]:
            assert one["unit_id"] == owner.unit_id
    last = {one.customer_id: one for one in await Assignment.all().order_by("id")}
    for customer_id, change in last.items():
        assert customers[customer_id]["owner_id"] == change.to_staff_id
        assert change.reason in REASSIGN_REASONS | POOL_REASONS | {"claimed": "", "appeal": ""}
    for one in await FollowUp.filter(status="open"):
        change = last.get(one.customer_id)
        if change is not None:
            helping = await Collaboration.filter(
                customer_id=one.customer_id, staff_id=one.owner_id
            ).exists()
            assert (
                helping
                or one.owner_id == customers[one.customer_id]["owner_id"]
                or (people[one.owner_id].role not in {"rm", "telecaller"})
            )
    running = [
        (one.customer_id, one.staff_id) for one in await Collaboration.filter(ended_at=None)
    ]
    assert len(set(running)) == len(running)


async def test_nobody_without_a_chat_is_proposed_to_take_a_portfolio(database: str) -> None:
    bank = await build_bank()
    leader = await bank.acting("1003")
    made = await propose(leader, Portfolio(bank.staff["1001"]), ())
    assert [one.number for one in made.receivers] == ["1002"]
    await Staff.filter(id=bank.staff["1002"]).update(chat_id=None)
    made = await propose(leader, Portfolio(bank.staff["1001"]), ())
    assert {one.number for one in made.receivers} == {"1002", "1011"}
