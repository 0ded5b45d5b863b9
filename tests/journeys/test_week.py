"""A working week with the clock moved forward, and one across the National Day holiday."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.bus import perform
from core.follow_ups import PlanFollowUp
from storage.models import Activity, CreditLine, FollowUp
from tests.support.bank import MONDAY, ZONE
from tests.support.town import Town, running_town

WAN = 10_000 * 100


async def planned(town: Town, at: datetime, firm: str = "C001", purpose: str = "谈续贷") -> int:
    acting = await town.bank.acting("1001", town.clock.now())
    command = PlanFollowUp(town.bank.customers[firm], at, purpose=purpose)
    return int(await perform(acting, command, f"plan:{firm}:{at}"))


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the week that begins on Monday, 23 November."""
    return datetime(2026, 11, 23 + day, hour, minute, tzinfo=ZONE)


async def test_a_working_week(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await CreditLine.create(
        customer_id=town.bank.customers["C001"], number="HT1", limit_fen=2000 * WAN,
        drawn_fen=1600 * WAN, matures=on(0, 0).date() + timedelta(days=400), overdue_fen=8 * WAN,
        source="warehouse", as_of=MONDAY.date(), recorded_at=MONDAY,
    )  # fmt: skip
    # Monday: planned.
    await planned(town, on(1, 15))
    await planned(town, on(1, 10), "C002", "送贷款合同")
    # Tuesday morning: the day, then the brief before each visit.
    await town.moves_to(on(1, 8, 26))
    digest = await li.sees("☀️ 11月24日")
    assert "2件" in digest.text.replace(" ", "")
    assert "谈续贷" in digest.text
    await town.moves_to(on(1, 14, 30))
    brief = await li.sees("⏰ 今天 15:00")
    for said in ("👤 王建国 总经理", "授信 ¥2,000万 已用 ¥1,600万", "⚠️ 逾期 ¥8万"):
        assert said in brief.text, said
    # An hour after it began: one tap, and the card is filled in.
    await town.moves_to(on(1, 16, 1))
    await li.sees("进展如何?\n今天 15:00")
    await li.presses("有意向")
    card = await li.sees("请核对")
    assert "拜访" in card.text
    assert "今天 15:00" in card.text
    await li.presses("保存")
    visit = await Activity.get()
    assert (visit.outcome, visit.occurred_at) == ("interested", on(1, 15))
    assert (await FollowUp.get(settled_by_id=visit.id)).status == "done"
    # Wednesday: the other one was not done; Friday its leader hears of it.
    await town.moves_to(on(2, 9, 1))
    await li.sees("⚠️ 已逾期")
    await town.moves_to(on(4, 9, 1))
    await wang.sees("逾期两个工作日")
    # Friday afternoon: the week.
    await town.moves_to(on(4, 16, 31))
    week = await li.sees("📊 您的一周")
    for said in ("🚗 拜访 1 次", "✅ 完成跟进 1 件", "⚠️ 仍逾期 1 件"):
        assert said in week.text, said
    team = await wang.sees("📊 团队本周")
    assert "李伟" in team.text


async def test_the_digests_in_english_and_for_a_leader(english_town: Town) -> None:
    town = english_town
    li, wang = town.phone("1001"), town.phone("1003")
    await planned(town, on(1, 15))
    await town.moves_to(on(1, 8, 26))
    await li.sees("☀️ Tue 24 Nov")
    await li.sees("1 due today")
    shown = await wang.sees("1 due today")
    assert "(Li Wei)" in shown.text
    await wang.presses("👥 Team")
    await town.moves_to(on(1, 16, 1))
    await li.sees("How did it go?")
    await li.presses("⏰ Put off…")
    await li.says("Friday 10am")
    await town.moves_to(on(4, 11, 1))
    await li.sees("How did it go?\ntoday 10:00")
    await li.presses("Interested")
    await li.presses("Save")
    await town.moves_to(on(4, 16, 31))
    await li.sees("📊 Your week")


async def test_each_digest_comes_once_however_often_the_clock_ticks(town: Town) -> None:
    li = town.phone("1001")
    await planned(town, on(1, 15))
    for minute in (25, 26, 40, 59):
        await town.moves_to(on(1, 8, minute))
    assert [m.text[:2] for m in li.messages].count("☀️") == 1


async def test_who_wrote_the_visit_down_is_not_asked_how_it_went(town: Town) -> None:
    li = town.phone("1001")
    await planned(town, on(0, 15))
    await town.moves_to(on(0, 15, 40))
    await li.says("刚拜访华兴机械王总，想续贷500万")
    await li.presses("保存")
    await town.moves_to(on(0, 16, 5))
    assert not li.contains("进展如何")


async def test_the_national_day_holiday_is_quiet_and_its_make_up_days_are_work(
    database_url: str, tmp_path: object
) -> None:
    # 1 to 7 October 2026 are off; 10 October, a Saturday, is worked.
    start = datetime(2026, 9, 30, 10, tzinfo=ZONE)
    async with running_town(database_url, tmp_path, now=start) as town:  # type: ignore[arg-type]  # a path
        li = town.phone("1001")
        await planned(town, datetime(2026, 9, 30, 15, tzinfo=ZONE))
        await planned(town, datetime(2026, 10, 10, 15, tzinfo=ZONE), "C002")
        for day in range(1, 8):
            await town.moves_to(datetime(2026, 10, day, 8, 30, tzinfo=ZONE))
            await town.moves_to(datetime(2026, 10, day, 9, 30, tzinfo=ZONE))
        assert not li.contains("☀️")
        assert not li.contains("已逾期")
        await town.moves_to(datetime(2026, 10, 8, 8, 30, tzinfo=ZONE))
        await town.moves_to(datetime(2026, 10, 8, 9, 1, tzinfo=ZONE))
        await li.sees("⚠️ 已逾期")
        await town.moves_to(datetime(2026, 10, 10, 8, 30, tzinfo=ZONE))
        await li.sees("☀️ 10月10日")
