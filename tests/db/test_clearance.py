"""Who sees the numbers of a customer's contacts in full, and what is written down of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import profile, sensitive
from core.bus import perform
from core.errors import Invalid, NotFound, Refused
from core.events import NumberShown
from core.reveal import ShowNumber
from storage.models import Audit, Collaboration, Contact, Customer, Staff, StandIn
from tests.support.bank import MONDAY, Bank, build_bank
from tests.support.rows import fingerprint

#: the owner of C001 and the leaders above; everybody else sees a mask or nothing
IN_FULL = {"1001", "1003", "1006"}
MASKED = {"1007", "1008", "1010"}


@pytest.fixture
async def bank(database: str) -> Bank:
    return await build_bank()


async def works(bank: Bank, number: str, firm: str = "C001") -> bool:
    acting = await bank.acting(number)
    customer = await Customer.get(id=bank.customers[firm])
    return (await sensitive.clearance(acting, customer)).works


async def test_owner_and_leaders_see_it_others_do_not(bank: Bank) -> None:
    for number in bank.staff:
        assert await works(bank, number) == (number in IN_FULL)


async def test_a_service_desk_sees_a_mask(bank: Bank) -> None:
    await Staff.filter(number="1003").update(role="service_desk")
    assert not await works(bank, "1003")


@pytest.mark.parametrize("level", ["write", "read"])
async def test_a_collaborator_sees_it_who_may_write(bank: Bank, level: str) -> None:
    seen = level == "write"
    await Collaboration.create(
        customer_id=bank.customers["C001"], staff_id=bank.staff["1004"], level=level,
        given_at=MONDAY,
    )  # fmt: skip
    assert await works(bank, "1004") == seen
    views = await profile.contacts_of(await bank.acting("1004"), bank.customers["C001"])
    assert [view.in_full for view in views] == [seen]


@pytest.mark.parametrize("absent", ["1001", "1003", "1006"])
async def test_who_stands_in_sees_what_the_absent_saw(bank: Bank, absent: str) -> None:
    assert not await works(bank, "1004")
    await StandIn.create(
        absent_id=bank.staff[absent], substitute_id=bank.staff["1004"], from_at=MONDAY,
        until_at=MONDAY + timedelta(days=1), created_at=MONDAY,
    )  # fmt: skip
    assert await works(bank, "1004")
    assert await works(bank, "1004", "C007") == (absent != "1001")


async def test_the_pools_customers_are_their_leaders(bank: Bank) -> None:
    await Customer.filter(id=bank.customers["C001"]).update(owner_id=None)
    assert not await works(bank, "1001")
    assert await works(bank, "1003")
    assert not await works(bank, "1005")


async def test_each_number_shown_in_full_is_one_row(bank: Bank) -> None:
    customer = bank.customers["C001"]
    await Contact.create(customer_id=customer, name="二", phone="8613900000099")
    await Contact.create(customer_id=customer, name="无")
    owner = await bank.acting("1001", cause="u:5")
    views = await profile.contacts_of(owner, customer)
    assert [view.phone for view in views] == ["8613900000001", "8613900000099", ""]
    rows = await Audit.filter(action="read").order_by("id")
    assert [row.subject_id for row in rows] == [view.id for view in views if view.phone]
    assert {(row.actor_id, row.subject, row.cause) for row in rows} == {
        (bank.staff["1001"], "contact", "u:5")
    }
    assert rows[0].detail == {"customer": customer, "field": "phone"}
    await profile.contact(owner, views[0].id)
    assert await Audit.filter(action="read").count() == 3


@pytest.mark.parametrize("number", sorted(MASKED))
async def test_who_sees_a_mask_leaves_no_row_and_gets_no_number(bank: Bank, number: str) -> None:
    acting = await bank.acting(number)
    views = await profile.contacts_of(acting, bank.customers["C001"])
    assert [view.phone for view in views] == ["139****0001"]
    one, _ = await profile.contact(acting, views[0].id)
    assert one.phone == "139****0001"
    assert not await Audit.filter(action="read").exists()


async def test_the_profile_itself_never_has_the_number(bank: Bank) -> None:
    facts = await profile.profile(await bank.acting("1001"), bank.customers["C001"])
    assert facts.main_contact is not None
    assert facts.main_contact.phone == "139****0001"
    assert facts.sees_numbers
    assert not await Audit.filter(action="read").exists()


async def test_a_number_is_asked_for_with_a_reason(bank: Bank) -> None:
    acting = await bank.acting("1010")
    contact = await Contact.get(customer_id=bank.customers["C001"])
    made = await perform(acting, ShowNumber(contact.id, "other", " 核查 "), "k")
    assert made == contact.id
    row = await Audit.get(action="read")
    assert row.detail == {
        "customer": bank.customers["C001"], "field": "phone", "reason": "other", "note": "核查",
    }  # fmt: skip
    assert acting.events == [NumberShown(contact.id, bank.customers["C001"])]


@pytest.mark.parametrize(
    ("number", "reason", "note", "refusal"),
    [("1010", "because", "", Invalid), ("1010", "other", " ", Invalid),
     ("1010", "verify", "x" * 201, Invalid), ("1004", "verify", "", NotFound)],
)  # fmt: skip
async def test_without_a_reason_or_the_right_nothing_is_shown(
    bank: Bank, number: str, reason: str, note: str, refusal: type[Refused]
) -> None:
    acting = await bank.acting(number)
    contact = await Contact.get(customer_id=bank.customers["C001"])
    before = await fingerprint()
    with pytest.raises(refusal):
        await perform(acting, ShowNumber(contact.id, reason, note), "k")
    assert await fingerprint() == before
    assert not acting.events
