"""Every read of one thing, by every role: what is not to be seen looks like what is not there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from core import customers, follow_ups, profile, today
from core.acting import Acting
from core.activities import CorrectActivity, LogActivity, NextStep, UndoActivity
from core.bus import perform
from core.errors import NotAllowed, NotFound, Refused
from core.follow_ups import PlanFollowUp, PostponeFollowUp, SettleFollowUp
from core.portfolio import portfolio
from core.rules.access import NOTHING, Scope, visible_customers, workable_customers
from storage.db import transaction
from storage.models import Activity, Contact, Customer, FollowUp, Staff, Unit
from tests.support.bank import FIRMS, MONDAY, PEOPLE, Bank, build_bank
from tests.support.rows import fingerprint

SOON = MONDAY + timedelta(hours=5)
PHOTO = {"kind": "photo", "file_id": "f"}
#: who sees what, by hand
EVERYTHING = {firm[0] for firm in FIRMS}
SEEN = {
    "1001": {"C001", "C002", "C003", "C006"},
    "1002": {"C004"},
    "1003": {"C001", "C002", "C003", "C004", "C006", "C007"},
    "1004": {"C005"},
    "1005": {"C005"},
    "1006": {"C001", "C002", "C003", "C004", "C006", "C007"},
    "1007": EVERYTHING,
    "1008": EVERYTHING,
    "1009": {"C007"},
    "1010": EVERYTHING,
    "1011": set(),
}


@pytest.fixture
async def bank(database: str) -> Bank:
    """A record with a photo and a follow-up for every firm, by its owner."""
    built = await build_bank()
    for firm in FIRMS:
        acting = await built.acting(firm[4])
        command = LogActivity(
            built.customers[firm[0]], "visit", MONDAY,
            next_step=NextStep(SOON, all_day=False), attachments=(PHOTO,),
        )  # fmt: skip
        await perform(acting, command, firm[0])
    return built


def test_the_table_names_everybody() -> None:
    assert SEEN.keys() == {person[0] for person in PEOPLE}


Read = Callable[[Acting, int], Awaitable[Any]]


async def _one(model: Any, customer: int) -> int:
    return int((await model.get(customer_id=customer)).id)


async def reads_of(customer: int) -> list[tuple[Read, int]]:
    """Every read of one thing that belongs to a customer."""
    contact = await _one(Contact, customer)
    record = await _one(Activity, customer)
    promise = await _one(FollowUp, customer)
    return [
        (customers.visible, customer),
        (profile.profile, customer),
        (profile.contacts_of, customer),
        (profile.history, customer),
        (profile.contact, contact),
        (profile.activity, record),
        (profile.attachments_of, record),
        (follow_ups.visible, promise),
    ]


@pytest.mark.parametrize("number", sorted(SEEN))
async def test_one_thing_is_read_exactly_within_the_scope(bank: Bank, number: str) -> None:
    acting = await bank.acting(number)
    for firm, customer in bank.customers.items():
        for read, number_of in await reads_of(customer):
            if firm in SEEN[number]:
                assert await read(acting, number_of)
                continue
            with pytest.raises(NotFound) as hidden:
                await read(acting, number_of)
            with pytest.raises(NotFound) as missing:
                await read(acting, 999_999)
            assert hidden.value.to_json() == missing.value.to_json()


@pytest.mark.parametrize("number", sorted(SEEN))
async def test_lists_hold_the_scope_and_nothing_else(bank: Bank, number: str) -> None:
    acting = await bank.acting(number)
    expected = {bank.customers[firm] for firm in SEEN[number]}
    everything = [*bank.customers.values(), 999_999]
    these = await customers.these(acting, everything)
    assert [item.id for item in these.items] == [id_ for id_ in everything if id_ in expected]
    assert {known.id for known in (await portfolio(acting))._known} == expected
    agenda = await today.agenda(acting, overdue=False, limit=50)
    own = acting.person.role in {"rm", "telecaller"}
    assert {view.customer_id for view in agenda} == expected
    assert all(view.owner == acting.person.name for view in agenda) or not own
    assert (await today.today(acting)).week_visits == len(expected)


class Undone(Exception):  # noqa: N818 - no error: it takes back what a test tried out
    """Rolls a transaction back."""


@pytest.mark.parametrize("number", sorted(SEEN))
async def test_commands_succeed_within_the_scope_and_leave_no_trace_outside(
    bank: Bank, number: str
) -> None:
    acting = await bank.acting(number)
    for firm, customer in bank.customers.items():
        promise, record = await _one(FollowUp, customer), await _one(Activity, customer)
        works = firm in SEEN[number] and number != "1010"
        commands: list[object] = [
            LogActivity(customer, "call", MONDAY),
            PlanFollowUp(customer, SOON),
            SettleFollowUp(promise),
            PostponeFollowUp(promise, SOON + timedelta(hours=1)),
        ]
        author = (await Activity.get(id=record)).author_id == acting.person.id
        owned = [UndoActivity(record), CorrectActivity(record, {"note": "x"})]
        for allowed, tried in ((works, commands), (author, owned)):
            for command in tried:
                await _try(acting, command, allowed=allowed)


async def _try(acting: Acting, command: object, *, allowed: bool) -> None:
    before = await fingerprint()
    if allowed:
        with pytest.raises(Undone):  # noqa: PT012 - the rollback is the point
            async with transaction():
                await perform(acting, command, "tried")
                assert await fingerprint() != before
                raise Undone
    else:
        with pytest.raises(Refused):
            await perform(acting, command, "tried")
    assert await fingerprint() == before


async def test_an_auditor_is_told_that_looking_is_all(bank: Bank) -> None:
    auditor = await bank.acting("1010")
    for command in (
        LogActivity(bank.customers["C001"], "call", MONDAY),
        SettleFollowUp(await _one(FollowUp, bank.customers["C001"])),
    ):
        with pytest.raises(NotAllowed):
            await perform(auditor, command, "no")


async def test_every_look_at_a_profile_is_written_down(bank: Bank) -> None:
    from storage.models import Audit

    acting = await bank.acting("1003", cause="u:77")
    await profile.profile(acting, bank.customers["C004"])
    line = await Audit.get(action="view")
    assert (line.actor_id, line.subject_id, line.cause) == (
        bank.staff["1003"], bank.customers["C004"], "u:77",
    )  # fmt: skip


async def test_a_scope_that_grants_nothing_finds_nothing(bank: Bank) -> None:
    assert Scope() == NOTHING
    assert not await Customer.filter(NOTHING.q).exists()
    await Customer.filter(id=bank.customers["C001"]).update(owner_id=None)
    assert not await Customer.filter(NOTHING.q).exists()
    person = (await bank.acting("1001")).person
    from dataclasses import replace

    stranger = replace(person, role="janitor")
    assert visible_customers(stranger) == workable_customers(stranger) == NOTHING


async def test_a_unit_does_not_see_another_whose_number_begins_alike(database: str) -> None:
    units = {}
    for number in (1, 12):
        units[number] = await Unit.create(
            id=number, kind="team", name_zh="x", name_en="x", path=f"/{number}/"
        )
    bank_of = await Staff.create(
        number="1", name_zh="x", name_en="x", role="team_leader", unit=units[1], phone="1"
    )
    await Customer.create(name_zh="十二", unit=units[12], created_at=MONDAY)
    from core.people import person_of

    scope = visible_customers(person_of(bank_of, units[1]))
    assert not await Customer.filter(scope.q).exists()
