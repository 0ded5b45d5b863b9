"""Assignments hold: what comes back is the scope, computed independently by brute force."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import (
    brief,
    collaborations,
    customers,
    follow_ups,
    pool,
    profile,
    recycling,
    team,
    today,
)
from core.activities import LogActivity
from core.assignments import AssignCustomer
from core.bus import perform
from core.collaborations import EndCollaboration, ShareCustomer
from core.errors import Refused
from core.follow_ups import NudgeFollowUp, PlanFollowUp, PostponeFollowUp, SettleFollowUp
from core.pool import ReleaseCustomer
from core.portfolio import portfolio
from core.rules.access import visible_customers, workable_customers
from storage import db
from storage.db import transaction
from storage.models import Collaboration, Customer
from tests.support.bank import MONDAY
from tests.support.databases import ENGINES
from tests.support.random_bank import RandomBank, random_bank
from tests.support.rows import fingerprint

if TYPE_CHECKING:
    from core.acting import Acting
    from storage.models import Staff

LATER = MONDAY.replace(hour=18)


class Undone(Exception):  # noqa: N818 - no error: it takes back what a test tried out
    """Rolls a transaction back."""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.timeout(400)  # a minute on a machine of its own
@settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(seed=st.integers(0, 10**6))
def test_every_read_and_command_stays_within_the_scope(
    request: pytest.FixtureRequest, engine: str, seed: int
) -> None:
    databases = request.getfixturevalue(f"{engine}_databases")
    url = databases.fresh()
    asyncio.run(_check(url, seed))
    if engine == "postgres":
        databases.drop(url)


async def _check(url: str, seed: int) -> None:
    await db.connect(url)
    try:
        bank = await random_bank(seed)
        for person in bank.staff:
            acting = await bank.acting(person)
            await lists_hold(bank, acting, person)
            for customer in bank.customers[:8]:
                await reads_hold(bank, acting, person, customer)
            before = await fingerprint()
            for customer in bank.customers[:8]:
                await commands_hold(bank, acting, person, customer)
            assert await fingerprint() == before
    finally:
        await db.disconnect()


async def lists_hold(bank: RandomBank, acting: Acting, person: Staff) -> None:
    """Every list is exactly the scope."""
    seen = {c.id for c in bank.customers if bank.may_see(person, c)}
    worked = {c.id for c in bank.customers if bank.may_work(person, c)}
    by_orm = await Customer.filter(visible_customers(acting.person).q).values_list("id", flat=True)
    where, args = visible_customers(acting.person).where("c")
    by_sql = await db.rows(f"SELECT c.id AS id FROM customer c WHERE {where}", *args)
    works = await Customer.filter(workable_customers(acting.person).q).values_list("id", flat=True)
    assert set(by_orm) == seen
    assert {row["id"] for row in by_sql} == seen
    assert set(works) == worked
    assert {one.id for one in (await customers.find(acting, "华兴", limit=50)).items} == seen
    assert {one.id for one in (await customers.recent(acting, limit=50)).items} == seen
    assert {one.id for one in (await portfolio(acting))._known} == seen
    assert (await today.today(acting)).customers == len(seen)
    for view in await today.agenda(acting, overdue=True, limit=50):
        assert view.customer_id in seen
    pooled = {c.id for c in bank.customers if c.owner_id is None}
    assert {one.id for one in await pool.pool(acting, limit=50)} <= pooled
    given = {c.id for c in bank.customers if bank.may_give(person, c)}
    for one in await recycling.running(acting, limit=50):
        assert one.customer_id in given or one.own


async def reads_hold(bank: RandomBank, acting: Acting, person: Staff, customer: Customer) -> None:
    """Each read of one thing succeeds exactly within the scope."""
    reads = (
        profile.profile, profile.contacts_of, profile.history, collaborations.collaborators,
        brief.brief, customers.visible,
    )  # fmt: skip
    for read in reads:
        if bank.may_see(person, customer):
            await read(acting, customer.id)
        else:
            with pytest.raises(Refused):
                await read(acting, customer.id)
    promised = bank.follow_ups.get(customer.id)
    if promised is not None:
        if bank.may_see(person, customer):
            await follow_ups.visible(acting, promised.id)
        else:
            with pytest.raises(Refused):
                await follow_ups.visible(acting, promised.id)


async def commands_hold(
    bank: RandomBank, acting: Acting, person: Staff, customer: Customer
) -> None:
    """Each command succeeds exactly for who may; what succeeds is taken back."""
    works, gives = bank.may_work(person, customer), bank.may_give(person, customer)
    promised = bank.follow_ups.get(customer.id)
    tried: list[tuple[object, bool]] = [
        (LogActivity(customer.id, "visit", MONDAY), works),
        (PlanFollowUp(customer.id, LATER), works),
    ]
    if promised is not None:
        tried += [
            (SettleFollowUp(promised.id), works),
            (PostponeFollowUp(promised.id, LATER), works),
        ]
        if not bank.may_see(person, customer):
            tried.append((NudgeFollowUp(promised.id), False))
    keeps = {person.id, *(one.id for one in bank.standing.get(person.id, ()))}
    own = customer.owner_id in keeps and bank.may_see(person, customer)
    sees = bank.may_see(person, customer)
    for one in bank.staff[:4]:
        receives = one.role in {"rm", "telecaller", "team_leader"} and one.id != customer.owner_id
        leads = any(
            boss.role in {"head_office", "administrator"}
            or (
                boss.role in {"team_leader", "branch_manager"}
                and bank.below(one.unit_id, boss.unit_id)
            )
            for boss in (person, *bank.standing.get(person.id, ()))
        )
        tried.append(
            (
                AssignCustomer(customer.id, one.id, "workload"),
                gives and sees and receives and leads,
            )
        )
        shared = bank.shares.get(customer.id, {}).get(one.id)
        helps = one.role in {"rm", "telecaller", "team_leader", "branch_manager", "service_desk"}
        if shared is None:
            allowed = sees and (own or gives) and one.id != customer.owner_id and helps
            tried.append((ShareCustomer(customer.id, one.id, "read"), allowed))
    if customer.owner_id is not None:
        tried.append((ReleaseCustomer(customer.id, "no_progress"), sees and (own or gives)))
    running = await Collaboration.filter(customer_id=customer.id, ended_at=None).first()
    if running is not None:
        helps_there = sees and running.staff_id == person.id
        tried.append((EndCollaboration(running.id), helps_there or (sees and (own or gives))))
    for number, (command, allowed) in enumerate(tried):
        await _try(acting, command, f"{person.id}:{customer.id}:{number}", allowed=allowed)


async def _try(acting: Acting, command: object, key: str, *, allowed: bool) -> None:
    if allowed:
        with pytest.raises(Undone):  # noqa: PT012 - the rollback is the point
            async with transaction():
                await perform(acting, command, key)
                raise Undone
    else:
        with pytest.raises(Refused):
            await perform(acting, command, key)


async def test_a_colleague_of_another_unit_is_none_of_a_leaders_team(database: str) -> None:
    bank = await random_bank(1)
    for person in bank.staff:
        acting = await bank.acting(person)
        members = await team.team(acting, limit=50)
        for one in members:
            staff = next(each for each in bank.staff if each.id == one.id)
            assert any(
                boss.role in {"head_office", "administrator"}
                or bank.below(staff.unit_id, boss.unit_id)
                for boss in (person, *bank.standing.get(person.id, ()))
            )
