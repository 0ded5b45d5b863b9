"""What an administrator sees of people, and that nobody else sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import staff_member
from core.bus import perform
from core.errors import NotAllowed, NotFound
from core.stand_ins import AddStandIn
from storage.models import Staff
from tests.support.bank import MONDAY, Bank, build_bank


@pytest.fixture
async def bank(database: str) -> Bank:
    return await build_bank()


async def test_a_person_with_everything_but_the_whole_phone(bank: Bank) -> None:
    acting = await bank.acting("1008")
    until = MONDAY + timedelta(days=2)
    command = AddStandIn(bank.staff["1001"], bank.staff["1002"], MONDAY, until)
    await perform(acting, command, "test")
    found = await staff_member.member(acting, bank.staff["1001"])
    assert (found.number, found.names, found.role) == (
        "1001", {"zh": "李伟", "en": "Li Wei"}, "rm",
    )  # fmt: skip
    assert found.unit == ("head", "branch_a", "team_a")
    assert found.phone == "•••• 1001"
    assert (found.active, found.enrolled, found.unreachable, found.customers) == (
        True, True, False, 4,
    )  # fmt: skip
    assert [(one.absent, one.substitute, one.running) for one in found.standing] == [
        ("李伟", "陈静", True)
    ]
    assert await staff_member.member_by_number(acting, " 1001 ") == found


async def test_everybody_is_listed_by_number_with_how_many_customers(bank: Bank) -> None:
    await Staff.filter(number="1011").update(active=False)
    acting = await bank.acting("1008")
    kept = {one.number: one.customers for one in await staff_member.listed(acting)}
    assert kept == {
        "1001": 4, "1002": 1, "1003": 0, "1004": 1, "1005": 0, "1006": 0, "1007": 0, "1008": 0,
        "1009": 1, "1010": 0,
    }  # fmt: skip
    assert len(await staff_member.listed(acting, left=True)) == 11
    rms = await staff_member.listed(acting, "rm")
    assert [one.number for one in rms] == ["1001", "1002", "1004"]


async def test_who_has_left_is_found_too(bank: Bank) -> None:
    await Staff.filter(number="1011").update(active=False)
    found = await staff_member.everybody(await bank.acting("1008"), "新同事")
    assert [one.number for one in found.items] == ["1011"]


@pytest.mark.parametrize("number", ["1001", "1003", "1006", "1007", "1009", "1010"])
async def test_administrators_only(bank: Bank, number: str) -> None:
    acting = await bank.acting(number)
    with pytest.raises(NotAllowed):
        await staff_member.member(acting, bank.staff["1001"])
    with pytest.raises(NotAllowed):
        await staff_member.listed(acting)
    with pytest.raises(NotAllowed):
        await staff_member.everybody(acting, "")


async def test_nobody_is_not_found(bank: Bank) -> None:
    with pytest.raises(NotFound):
        await staff_member.member(await bank.acting("1008"), 404)
