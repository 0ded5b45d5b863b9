"""Logging a visit or call: step by step, in one line, with files, corrected, taken back."""

from __future__ import annotations

import pytest

from core import profile
from storage.models import Activity, ActivityCorrection, Attachment, FollowUp
from tests.support.bank import MONDAY
from tests.support.town import Town

LINE = "今天下午拜访华兴机械王总,想续贷500万,下周二下午3点再约"
ENGLISH_LINE = "called Brightway, not interested, rate too high"


async def test_step_by_step_in_chinese(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/visit")
    await li.sees("哪位客户?")
    await li.presses("上海百维物流有限公司")
    await li.sees("怎么联系的?")
    await li.presses("📞 电访")
    await li.presses("有意向")
    await li.sees("谈了什么?")
    await li.says("想了解票据贴现")
    await li.sees("下一步什么时候?")
    await li.presses("明天")
    card = await li.sees("请核对")
    assert "客户: 百维物流" in card.text
    assert "备注: 想了解票据贴现" in card.text
    await li.presses("保存")
    await li.sees("✅ 已保存:百维物流 📞 电访 · 有意向")
    activity = await Activity.get()
    assert (activity.kind, activity.outcome, activity.note) == (
        "call", "interested", "想了解票据贴现",
    )  # fmt: skip
    follow_up = await FollowUp.get()
    assert follow_up.all_day
    assert follow_up.activity_id == activity.id
    await li.says("百维物流")
    profile_card = await li.sees("客户经理:李伟", fresh=True)
    assert "想了解票据贴现" in profile_card.text
    assert "⏰ 下次:明天" in profile_card.text


async def test_step_by_step_in_english_from_the_profile(english_town: Town) -> None:
    li = english_town.phone("1001")
    await li.says("Brightway")
    await li.presses("📝 Log")
    await li.sees("How did you meet?")
    await li.presses("Visit")
    await li.presses("Done, signed")
    await li.says("Signed the payroll contract")
    await li.presses("No next step")
    card = await li.sees("Please check")
    assert "Customer: Shanghai Brightway Logistics\n" in card.text
    await li.presses("Save")
    await li.sees("✅ Saved: Shanghai Brightway Logistics 🚗 Visit · Done, signed")
    assert await Activity.all().count() == 1
    assert not await FollowUp.exists()


async def test_one_line_becomes_the_card_filled_in_and_one_tap_saves(town: Town) -> None:
    li = town.phone("1001")
    await town.at(16, 30)
    await li.says(LINE)
    card = await li.sees("请核对")
    assert "客户: 华兴机械" in card.text
    assert "🚗 拜访" in card.text
    assert "¥500万" in card.text
    assert "贷款" in card.text
    assert "下一步: 12月1日 周二 15:00" in card.text
    await li.presses("保存")
    await li.sees("✅ 已保存:华兴机械")
    activity = await Activity.get()
    assert activity.amount_fen == 500 * 10_000 * 100
    assert activity.note == LINE
    follow_up = await FollowUp.get()
    assert follow_up.due_at == MONDAY.replace(day=1, month=12, hour=15)


async def test_one_line_in_english(english_town: Town) -> None:
    li = english_town.phone("1001")
    await li.says(ENGLISH_LINE)
    card = await li.sees("Please check")
    assert "Brightway" in card.text
    assert "📞 Call" in card.text
    assert "Not interested" in card.text
    await li.presses("Save")
    await li.sees("✅ Saved")
    assert (await Activity.get()).outcome == "not_interested"


async def test_every_line_of_the_card_can_be_changed_by_a_tap(town: Town) -> None:
    li = town.phone("1001")
    await town.at(16, 30)
    await li.says(LINE)
    for line, answer, expected in (
        ("结果", "已办成", "结果: 已办成"),
        ("方式", "微信", "💬 微信"),
        ("产品", "存款", "产品: 存款"),
    ):
        await li.presses(line)
        await li.presses(answer)
        await li.sees(expected)
    for line, answer, expected in (
        ("金额", "800万", "¥800万"),
        ("备注", "改过的备注", "备注: 改过的备注"),
        ("时间", "今天上午9点", "今天 09:00"),
        ("下一步", "后天下午2点", "11月25日 周三 14:00"),
        ("客户", "百维物流", "客户: 百维物流"),
    ):
        await li.presses(line)
        await li.says(answer)
        await li.sees(expected)
    await li.presses("保存")
    await li.sees("✅ 已保存:百维物流")
    activity = await Activity.get()
    assert (activity.kind, activity.outcome, activity.product) == ("wechat", "done", "deposit")
    assert activity.occurred_at == MONDAY.replace(hour=9)
    assert activity.time_source == "stated"


async def test_photos_voice_and_place_are_attached(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/visit")
    await li.presses("上海百维物流有限公司")
    await li.sends_photo(b"\xff\xd8\xff\xe0photo", caption="厂房")
    await li.sends_voice(b"OggSvoice")
    await li.sends_location(31.23, 121.47)
    await li.sees("📎 3")
    await li.presses("拜访")
    await li.presses("有意向")
    await li.presses("跳过")
    await li.presses("没有下一步")
    await li.presses("保存")
    await li.sees("✅ 已保存")
    kinds = await Attachment.all().order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["photo", "voice", "location"]
    await town.app.downloads.fetch_some()
    photo = await Attachment.get(kind="photo")
    assert town.app.files.get(str(photo.sha256)) == b"\xff\xd8\xff\xe0photo"


async def test_a_leader_reads_when_a_photo_came(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await li.says("/visit")
    await li.presses("上海百维物流有限公司")
    await li.sends_photo(b"\xff\xd8\xff\xe0photo", caption="厂房")
    await town.passes(minutes=20)
    for word in ("拜访", "有意向", "跳过", "没有下一步", "保存"):
        await li.presses(word)
    await wang.says("/today")
    await wang.presses_raw(wang.last.message_id, f"r:attachments:{(await Activity.get()).id}")
    await wang.sees("今天 10:00 · 厂房")


async def test_a_photo_out_of_the_blue_begins_a_record(town: Town) -> None:
    li = town.phone("1001")
    await li.sends_photo(b"\xff\xd8\xff\xe0photo")
    await li.sees("哪位客户?")
    await li.sees("📎 1")


async def test_a_saved_record_is_taken_back_by_typing_undo(town: Town) -> None:
    li = town.phone("1001")
    await town.at(16, 30)
    await li.says(LINE)
    await li.presses("保存")
    await town.passes(minutes=9)
    await li.says("撤销")
    await li.sees("↩️ 已撤销")
    original = await Activity.get(reverses=None)
    assert original.reversed_at is not None
    assert await Activity.filter(reverses=original).count() == 1
    assert (await FollowUp.get()).status == "cancelled"
    acting = await town.bank.acting("1001", town.clock.now())
    facts = await profile.profile(acting, town.bank.customers["C001"])
    assert facts.activities == 0
    await li.says("撤销")
    await li.sees("没有可撤销的记录")


async def test_undo_is_over_after_ten_minutes_but_correcting_is_not(town: Town) -> None:
    li = town.phone("1001")
    await town.at(16, 30)
    await li.says(LINE)
    await li.presses("保存")
    await town.passes(minutes=11)
    answer = await li.presses("↩️ 撤销")
    assert "十分钟" in answer.text
    await li.presses("✏️ 更正")
    await li.sees("更正记录")
    await li.presses("结果")
    await li.presses("已办成")
    await li.presses("保存")
    await li.sees("已更正")
    assert (await Activity.get()).outcome == "done"
    correction = await ActivityCorrection.get()
    assert correction.changes["outcome"] == {"from": "interested", "to": "done"}
    await li.presses("打开")
    await li.sees("已更正,原记录保留")
    await town.passes(hours=25)
    await li.says("华兴机械")
    await li.presses("🕘 历史")
    await li.presses("1")
    await li.sees("今天下午拜访", fresh=True)
    assert "✏️ 更正" not in li.buttons()


async def test_a_burst_from_an_offline_phone_becomes_the_same_records(town: Town) -> None:
    li = town.phone("1001")
    await town.at(18, 0)
    li.offline()
    for line in (
        "上午10点拜访华兴机械,有意向",
        "下午2点电话百维物流,没人接",
        "拜访恒达之前去了优品,要200万贷款",
    ):
        await li.says(line)
    li.online()
    await town.settles()
    for _ in range(3):
        if li.find("什么时候的事?", fresh=False) and "保存" not in " ".join(li.buttons()):
            await li.presses("刚才")
        await li.presses("保存")
        if any("继续" in label for label in li.buttons()):
            await li.presses("继续")
    times = {
        activity.kind: activity.occurred_at for activity in await Activity.all().order_by("id")
    }
    assert await Activity.all().count() == 3
    assert times["call"] == MONDAY.replace(hour=14)
    assert MONDAY.replace(hour=10) in {
        activity.occurred_at for activity in await Activity.filter(kind="visit")
    }
    assert (await Activity.filter(time_source="asked").count()) == 1


async def test_a_lookup_in_the_middle_of_a_dialogue_never_loses_it(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/visit")
    await li.presses("上海百维物流有限公司")
    await li.says("/find 华兴机械")
    await li.sees("客户经理:李伟")
    await li.presses("📞 电访")
    await li.sees("结果如何?")
    await li.says("/plan")
    await li.sees("⏸ 已搁置")
    await li.presses("✕ 取消")
    await li.sees("已取消")
    await li.presses("继续")
    await li.sees("结果如何?")


async def test_the_language_changes_in_the_middle_of_a_dialogue(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/visit")
    await li.presses("上海百维物流有限公司")
    await li.says("/language")
    await li.presses("English")
    await li.sees("How did you meet?")
    await li.presses("Call")
    await li.sees("What came of it?")


async def test_an_ordinary_note_takes_at_most_five_taps(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/visit")
    taps = 0
    for label in ("上海百维物流有限公司", "电访", "有意向"):
        await li.presses(label)
        taps += 1
    await li.says("谈得不错")
    for label in ("没有下一步", "保存"):
        await li.presses(label)
        taps += 1
    await li.sees("✅ 已保存")
    assert taps <= 5


async def test_nobody_logs_for_a_customer_of_somebody_else(town: Town) -> None:
    zhao = town.phone("1004")
    await zhao.says("拜访华兴机械王总,想续贷500万")
    await zhao.says("/today")
    message = zhao.last.message_id
    await zhao.presses_raw(message, f"s:log_visit:{town.bank.customers['C001']}")
    await zhao.presses_raw(message, f"o:profile:{town.bank.customers['C001']}")
    await zhao.says(f"/start c_{town.bank.customers['C001']}")
    assert not zhao.contains("华兴机械制造")
    assert not await Activity.exists()


@pytest.mark.parametrize(
    "line",
    ["刚给华兴机械王总打了电话\uff0c没接", "刚给华兴机械打电话没接", "华兴机械电话没人接",
     "called Huaxing Machinery, no answer"],
)  # fmt: skip
async def test_a_short_line_about_a_customer_is_a_note_and_no_name(town: Town, line: str) -> None:
    li = town.phone("1001")
    await li.says(line)
    await li.sees("请核对")
    await li.presses("保存")
    assert [one.outcome for one in await Activity.all()] == ["no_answer"]
