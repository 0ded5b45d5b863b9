"""A contact card that is sent or forwarded becomes a contact of a customer."""

from __future__ import annotations

from storage.models import Contact
from tests.support.town import Town


async def test_a_contact_card_becomes_a_contact_of_the_customer(town: Town) -> None:
    li = town.phone("1001")
    await li.sends_contact("+8613812345678", "周晓明")
    await li.says("百维")
    await li.says("财务经理")
    await li.presses("经办")
    await li.sees("新联系人")
    await li.presses("保存")
    await li.sees("联系人")
    added = await Contact.get(name="周晓明")
    assert (added.customer_id, added.title, added.phone, added.role) == (
        town.bank.customers["C002"], "财务经理", "13812345678", "handler",
    )  # fmt: skip


async def test_a_card_without_a_usable_number_asks_for_one_in_english(
    english_town: Town,
) -> None:
    li = english_town.phone("1001")
    await li.sends_contact("12", "Zhou <Xiaoming>")
    await li.says("Brightway")
    await li.says("Finance manager")
    await li.sees("Telephone")
    await li.says("13812345678")
    await li.presses("Decides")
    await li.sees("A new contact")
    await li.presses("Save")
    added = await Contact.get(name="Zhou <Xiaoming>")
    assert (added.phone, added.role) == ("13812345678", "decision_maker")


async def test_an_auditor_can_not_use_a_card(town: Town) -> None:
    he = town.phone("1010")
    before = await Contact.all().count()
    await he.sends_contact("13812345678", "周晓明")
    await he.sees("用不了")
    assert await Contact.all().count() == before
