"""Promises both ways: taken from the note, seen before the next visit, kept, late or broken."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.bus import perform
from core.follow_ups import PlanFollowUp
from core.promises import MakePromise
from storage.models import Alert, Promise
from tests.support.bank import ZONE
from tests.support.town import Town


async def test_what_a_note_promises_is_on_the_card_saved_and_on_the_profile(town: Town) -> None:
    li = town.phone("1001")
    await li.says("今天上午拜访华兴机械，王总答应周五前给三季度报表，我答应明天给授信方案")
    card = await li.sees("🤝 承诺")
    assert "对方承诺: 王总答应周五前给三季度报表" in card.text
    await li.presses("保存")
    found = await Promise.all().order_by("id")
    assert [(one.direction, one.due) for one in found] == [
        ("theirs", date(2026, 11, 27)), ("ours", date(2026, 11, 24)),
    ]  # fmt: skip
    await li.says("华兴机械")
    await li.sees("🤝 我方承诺: 我答应明天给授信方案")
    await li.presses("🤝 2")
    await li.presses("1")
    await li.presses("✅ 已兑现")
    await li.sees("已兑现")
    assert [one.status for one in await Promise.all().order_by("id")] == ["open", "kept"]


async def test_what_is_no_promise_is_dropped_on_the_card_by_a_tap_in_english(
    english_town: Town,
) -> None:
    li = english_town.phone("1001")
    await li.says("visited Huaxing Machinery, Mr Wang promised to send the statements by Friday")
    await li.sees("They promised: Mr Wang promised to send the statements by Friday")
    await li.presses("🤝 Promised")
    await li.presses("No promises")
    await li.presses("Save")
    assert await Promise.all().count() == 0


async def test_a_record_that_is_taken_back_promised_nothing(town: Town) -> None:
    li = town.phone("1001")
    await li.says("刚拜访华兴机械，王总承诺月底结清利息")
    await li.presses("保存")
    await li.says("/undo")
    assert (await Promise.get()).status == "withdrawn"


async def test_promises_are_in_the_brief_and_overdue_ones_are_told(town: Town) -> None:
    li, now = town.phone("1001"), town.clock.now()
    acting = await town.bank.acting("1001", now)
    customer = town.bank.customers["C001"]
    due = datetime(2026, 11, 24, 0, 0, tzinfo=ZONE)
    await perform(acting, MakePromise(customer, "ours", "送贷款合同", due), "p")
    await perform(acting, PlanFollowUp(customer, now + timedelta(days=2)), "f")
    await town.at(9, 31, days=2)
    brief = await li.sees("⏰ 今天 10:00")
    assert "⚠️ 我方承诺: 送贷款合同 · 期限 昨天" in brief.text
    await town.passes(minutes=1)
    assert await Alert.filter(rule="promise_due").count() == 1
    await li.says("华兴机械")
    await li.presses("🤝 1")
    await li.presses("1")
    await li.presses("✅ 已兑现")
    await li.sees("逾期兑现")
    assert (await Alert.get(rule="promise_due")).how == "gone"


async def test_a_promise_is_written_down_by_hand_in_english(english_town: Town) -> None:
    town = english_town
    acting = await town.bank.acting("1001", town.clock.now())
    await perform(acting, MakePromise(town.bank.customers["C001"], "ours", "a quote"), "p")
    li = town.phone("1001")
    await li.says("Huaxing Machinery")
    await li.presses("🤝 1")
    await li.presses("➕ Add")
    await li.presses("They promised")
    await li.says("bring the <licence>")
    await li.says("Friday")
    await li.presses("Save")
    await li.presses("🤝 Promises")
    await li.sees("They promised: bring the <licence> · due Fri 27 Nov")
