"""Numbers of people over the API: masked, or in full for who works there and written down."""

from __future__ import annotations

import pytest

from storage.models import Audit, Customer
from tests.support.api import Served


async def reads(subject: str) -> int:
    return await Audit.filter(action="read", subject=subject).count()


@pytest.mark.parametrize(("number", "looks"), [("1001", 1), ("1003", 1), ("1010", 0)])
async def test_a_contacts_number_is_in_full_for_who_works_there(
    api: Served, number: str, looks: int
) -> None:
    asker = await api.asker(number)
    customer = api.bank.customers["C001"]
    told = (await asker.get(f"/customers/{customer}/contacts")).json["items"][0]["phone"]
    assert ("****" in told) is (looks == 0)
    assert await reads("contact") == looks


async def test_a_sole_traders_number_is_a_persons(api: Served) -> None:
    customer = api.bank.customers["C001"]
    await Customer.filter(id=customer).update(size="individual", phone="13800001234")
    li, auditor = await api.asker("1001"), await api.asker("1010")
    listed = (await li.get("/customers")).json["items"]
    assert next(one for one in listed if one["id"] == customer)["phone"] == "138****1234"
    exported = (await li.get("/customers/export")).lines
    assert next(one for one in exported if one["id"] == customer)["phone"] == "138****1234"
    assert await reads("customer") == 0
    assert (await li.get(f"/customers/{customer}")).json["phone"] == "13800001234"
    assert await reads("customer") == 1
    assert (await auditor.get(f"/customers/{customer}")).json["phone"] == "138****1234"
    profile = (await auditor.get(f"/customers/{customer}/profile")).json
    assert profile["customer"]["phone"] == "138****1234"
    assert "****" in profile["main_contact"]["phone"]
    assert await reads("customer") == 1
