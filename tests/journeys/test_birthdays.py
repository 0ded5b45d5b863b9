"""Birthdays and firms' days come with the morning's digest; one tap says what was done."""

from __future__ import annotations

from datetime import date

from storage.models import Activity, Alert, Contact, Customer
from tests.support.town import Town


async def born(town: Town, firm: str, birthday: str) -> Contact:
    contact = await Contact.get(customer_id=town.bank.customers[firm])
    contact.birthday = birthday
    await contact.save()
    return contact


async def test_a_birthday_is_told_in_the_morning_and_a_tap_says_they_called(town: Town) -> None:
    li = town.phone("1001")
    await born(town, "C001", "1970-11-24")
    await born(town, "C002", "12-24")
    await town.at(7, days=1)
    await town.at(8, 26)
    await li.sees("🎂 华兴机械 · 生日 · 王建国 总经理 · 今天")
    assert not li.contains("百维物流")
    await li.presses("1")
    await li.presses("📞 已致电")
    await li.sees("✅ 🎂 华兴机械")
    record = await Activity.get()
    assert (record.kind, record.outcome, record.note) == ("call", "done", "祝贺: 王建国 总经理")
    await town.at(8, 26, days=1)
    assert await Alert.filter(settled_at=None).count() == 0


async def test_one_on_a_day_off_is_told_on_the_last_working_day_in_english(
    english_town: Town,
) -> None:
    town, li = english_town, english_town.phone("1001")
    await born(town, "C001", "11-29")
    await Customer.filter(external_id="C002").update(founded=date(2015, 11, 28))
    await Customer.filter(external_id="C003").update(
        legal_representative="Zhou", legal_birthday="1980-11-28"
    )
    await town.at(8, 26, days=3)
    assert not li.contains("Birthday")
    await town.at(7, days=1)
    await town.at(8, 26)
    shown = await li.sees("🔔 3 to act on")
    assert "· Birthday · 王建国 总经理" in shown.text
    assert "· Birthday · Zhou" in shown.text
    assert "🏢 Shanghai Brightway Logistics · Company anniversary" in shown.text
    await li.presses("2")
    assert {"📞 Called", "💬 Wrote", "💤 Tomorrow", "✕ Not relevant"} <= set(li.buttons())


async def test_it_is_written_down_by_a_tap_and_masked_for_who_looks_from_afar(town: Town) -> None:
    li, wu = town.phone("1001"), town.phone("1007")
    contact = await born(town, "C001", "")
    await li.says("/menu")
    await li.presses_raw(li.last.message_id, f"s:edit_fact:contacts:{contact.id}")
    await li.presses("生日")
    await li.says("三月")
    await li.sees("生日请写成 08-15")
    await li.says("11月24日")
    await li.presses("保存")
    assert (await Contact.get(id=contact.id)).birthday == "11-24"
    await wu.says("/menu")
    await wu.presses_raw(wu.last.message_id, f"o:fact:contacts:{contact.id}")
    await wu.sees("生日：****")
