"""Leave: the substitute sees the customers, is reminded, is named in records, until it ends."""

from __future__ import annotations

from core.bus import perform
from core.follow_ups import PlanFollowUp
from storage.models import Activity, StandIn
from tests.journeys.test_follow_ups import planned
from tests.support.bank import MONDAY
from tests.support.town import Town
from tests.support.wholeness import nothing_is_wrong


async def on_leave(town: Town) -> None:
    """Li Wei is away until Friday, and Chen Jing stands in."""
    li = town.phone("1001")
    await li.says("/leave")
    await li.sees("谁来代班?")
    await li.says("陈静")
    await li.sees("从哪天开始?")
    await li.presses("今天")
    await li.sees("到哪天为止(含当天)?")
    await li.presses("11月27日 周五")
    card = await li.sees("请核对")
    for line in ("离岗: 李伟", "代班: 陈静", "从: 今天", "到: 11月27日 周五"):
        assert line in card.text
    await li.presses("保存")
    await li.sees("✅ 陈静为李伟代班:今天 – 11月27日 周五。")


async def test_a_substitute_does_the_work_and_then_sees_nothing_any_more(town: Town) -> None:
    li, chen = town.phone("1001"), town.phone("1002")
    await planned(town)
    await chen.says("/find 华兴机械")
    await chen.sees("没有找到")
    await on_leave(town)
    await chen.sees("您为李伟代班:今天 – 11月27日 周五。")
    await chen.presses("⌂ 首页")
    home = await chen.sees("🤝 您正为李伟代班,到11月27日 周五")
    assert "🚗 华兴机械" in home.text
    await chen.says("华兴机械")
    await chen.sees("客户经理:李伟")
    before = len(li.messages)
    await town.at(14, 30)
    reminder = await chen.sees("⏰ 今天 15:00")
    assert "🤝 代李伟(离岗中)" in reminder.text
    assert len(li.messages) == before
    await chen.presses("📝 记录拜访")
    await chen.presses("拜访")
    await chen.presses("有意向")
    await chen.says("王总同意续贷")
    await chen.presses("没有下一步")
    await chen.presses("保存")
    await chen.sees("已保存")
    activity = await Activity.get()
    assert (activity.author_id, activity.acted_for_id) == (
        town.bank.staff["1002"], town.bank.staff["1001"],
    )  # fmt: skip
    await li.says("华兴机械")
    await li.sees("拜访 · 有意向 (陈静代李伟)")
    await li.presses("🕘 历史")
    await li.sees("1. 今天 🚗 拜访 · 有意向 (陈静代李伟) — 王总同意续贷")
    await li.presses("1")
    await li.sees("今天 14:30 · 陈静代李伟")
    # What was made ready the evening before comes when the night is over.
    await town.at(8, 5, days=5)
    await chen.says("/find 华兴机械")
    await chen.sees("没有找到", fresh=True)
    await chen.says("/today")
    assert "代班" not in (await chen.sees(",陈静", fresh=True)).text
    await nothing_is_wrong()


async def test_the_same_in_english(english_town: Town) -> None:
    town = english_town
    li, chen = town.phone("1001"), town.phone("1002")
    acting = await town.bank.acting("1001", town.clock.now())
    due = MONDAY.replace(hour=15)
    await perform(acting, PlanFollowUp(town.bank.customers["C001"], due), "test")
    await li.says("/leave")
    await li.says("Chen Jing")
    await li.presses("Today")
    await li.says("Friday")
    await li.sees("Stands in: Chen Jing")
    await li.presses("Save")
    await li.sees("✅ Chen Jing stands in for Li Wei, today – Fri 27 Nov.")
    await chen.sees("You stand in for Li Wei, today – Fri 27 Nov.")
    await town.phone("1003").sees("Chen Jing stands in for Li Wei")
    await chen.presses("⌂ Home")
    await chen.sees("🤝 Standing in for Li Wei until Fri 27 Nov")
    await chen.says("Huaxing Machinery")
    await chen.sees("In charge: Li Wei")
    await town.at(14, 30)
    await chen.sees("🤝 For Li Wei, who is away")
    assert not li.contains("⏰ today 15:00")
    await chen.presses("📝 Log")
    await chen.presses("Visit")
    await chen.presses("Interested")
    await chen.says("They want to renew")
    await chen.presses("No next step")
    await chen.presses("Save")
    await chen.sees("✅ Saved")
    await li.says("Huaxing Machinery")
    await li.sees("(Chen Jing for Li Wei)")
    await li.says("/today")
    await li.sees("🤝 Chen Jing stands in for you until Fri 27 Nov")
    await li.presses("🤝 Chen Jing")
    await li.presses("✕ End it")
    await li.sees("Chen Jing no longer stands in for Li Wei")
    await chen.sees("Chen Jing no longer stands in for Li Wei", fresh=True)
    await chen.says("/find Huaxing Machinery")
    await chen.sees("Nothing found", fresh=True)


async def test_the_substitute_can_end_it_too_and_nobody_else(town: Town) -> None:
    li, chen, zhao = town.phone("1001"), town.phone("1002"), town.phone("1004")
    await on_leave(town)
    made = await StandIn.get()
    await zhao.says("/today")
    for data in (f"o:stand_in:{made.id}", f"r:end_stand_in:{made.id}"):
        await zhao.presses_raw(zhao.last.message_id, data)
    assert not zhao.contains("代班")
    assert (await StandIn.get()).ended_at is None
    await chen.presses("打开")
    await chen.presses("✕ 结束代班")
    await chen.sees("陈静为李伟的代班已结束")
    await li.sees("陈静为李伟的代班已结束", fresh=True)
    await chen.presses_raw(chen.last.message_id, f"o:stand_in:{made.id}")
    await chen.sees("已经结束了")
    await nothing_is_wrong()


async def test_only_colleagues_of_the_branch_can_be_chosen_and_no_second_at_once(
    town: Town,
) -> None:
    li = town.phone("1001")
    await li.says("/leave")
    await li.says("赵磊")
    await li.sees("没找到“赵磊”")
    await li.says("郑洁")
    await li.sees("没找到“郑洁”")
    await li.presses_raw(li.last.message_id, choice_of(li, town.bank.staff["1004"]))
    assert not await StandIn.exists()
    await li.says("/cancel")
    await on_leave(town)
    await li.says("/leave")
    await li.says("冯涛")
    await li.presses("明天")
    await li.presses("明天")
    await li.presses("保存")
    await li.sees("那段时间已有人代班")
    assert await StandIn.all().count() == 1


def choice_of(li: object, staff_id: int) -> str:
    """The data of a button that the card does not offer."""
    from tests.support.taps import choice

    _, data = choice(li, "all")  # type: ignore[arg-type]
    return f"{data.rpartition('.')[0]}.i{staff_id}"


async def test_a_leader_arranges_it_for_somebody_below(town: Town) -> None:
    wang, li = town.phone("1003"), town.phone("1001")
    await wang.says("/team")
    await wang.presses("1")
    await wang.sees("李伟")
    await wang.presses("🤝 代班")
    await wang.says("陈静")
    await wang.presses("今天")
    await wang.presses("明天")
    await wang.presses("保存")
    await li.sees("🤝 陈静为李伟代班:今天 – 明天。")
    assert (await StandIn.get()).created_by_id == town.bank.staff["1003"]
