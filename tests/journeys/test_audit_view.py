"""The auditor's view: what happened to a customer, what a colleague did, page by page."""

from __future__ import annotations

import pytest

from core.activities import CorrectActivity, LogActivity
from core.bus import perform
from core.profile import profile
from storage.models import Audit
from tests.support.town import Town


async def looked(town: Town, number: str, times: int) -> None:
    """So many looks of a colleague at a customer."""
    for _ in range(times):
        await profile(await town.bank.acting(number), town.bank.customers["C001"])


async def corrected(town: Town) -> None:
    """A visit of Li Wei's, and what he changed of it."""
    li = await town.bank.acting("1001", town.clock.now())
    made = await perform(
        li, LogActivity(town.bank.customers["C001"], "visit", li.now, note="旧"), "a"
    )
    activity = made["activity"] if isinstance(made, dict) else made
    await perform(li, CorrectActivity(activity, {"note": "新"}), "b")


async def test_an_auditor_reads_what_happened_to_a_customer(town: Town) -> None:
    await corrected(town)
    await looked(town, "1003", 1)
    he = town.phone("1010")
    await he.says("华兴机械")
    await he.presses("🧾 审计")
    page = (await he.sees("🧾 上海华兴机械制造有限公司")).text
    assert "王芳 · 查看了客户" in page
    assert "李伟 · 登记了联系" in page
    assert "李伟 · 更正了记录 · note: 旧 → 新" in page
    assert "何军 · 查看了客户" in page
    assert await Audit.filter(action="audit", subject="customer").count() == 1


async def test_pages_go_on_where_they_stopped_although_looks_are_added(town: Town) -> None:
    await looked(town, "1001", 8)
    await looked(town, "1003", 1)
    he = town.phone("1010")
    await he.says("/audit 华兴机械")
    first = (await he.sees("🧾")).text
    assert (first.count("王芳"), first.count("李伟")) == (1, 5)
    await he.presses("更早 ›")
    second = (await he.sees("🧾")).text
    assert (second.count("王芳"), second.count("李伟")) == (0, 3)
    await he.presses("⇤ 最新")
    assert "何军 · 查看了审计记录" in (await he.sees("🧾")).text


async def test_one_kind_can_be_picked(town: Town) -> None:
    await corrected(town)
    await looked(town, "1003", 1)
    he = town.phone("1010")
    await he.says("/audit C001")
    await he.says("/audit 华兴机械")
    await he.presses("更改")
    changed = (await he.sees("· 更改")).text
    assert "更正了记录" in changed
    assert "查看了" not in changed
    await he.presses("查看")
    looks = (await he.sees("· 查看\n")).text
    assert "王芳 · 查看了客户" in looks
    assert "更正了记录" not in looks
    await he.presses("导出")
    await he.sees("没有记录")
    assert len(he.buttons()) <= 5


async def test_an_administrator_reads_what_a_colleague_did(town: Town) -> None:
    await looked(town, "1001", 1)
    zheng = town.phone("1008")
    await zheng.says("/audit 1001")
    page = (await zheng.sees("🧾 李伟 (1001)")).text
    assert "华兴机械 · 查看了客户" in page
    row = await Audit.get(action="audit")
    assert (row.actor_id, row.subject, row.subject_id) == (
        town.bank.staff["1008"], "staff", town.bank.staff["1001"],
    )  # fmt: skip


async def test_several_hits_are_offered(town: Town) -> None:
    he = town.phone("1010")
    await he.says("/audit 华")
    await he.presses("上海华星电子科技有限公司")
    await he.sees("🧾 上海华星电子科技有限公司")
    await he.says("/audit")
    await he.sees("查谁?")
    await he.says("/audit 没有这个")
    await he.sees("查谁?")


async def test_in_english(english_town: Town) -> None:
    await looked(english_town, "1003", 1)
    he = english_town.phone("1010")
    await he.says("Huaxing Machinery")
    await he.presses("🧾 Audit")
    await he.sees("Wang Fang · looked at the profile")
    await he.presses("Changed")
    await he.sees("Nothing is on record.")


@pytest.mark.parametrize("number", ["1001", "1003", "1006", "1007"])
async def test_nobody_else_reads_it(town: Town, number: str) -> None:
    hand = town.phone(number)
    await hand.says("/audit 华兴机械")
    await hand.sees("没有这个命令")
    for words in (
        f"customer:{town.bank.customers['C001']}", f"staff:{town.bank.staff['1001']}",
    ):  # fmt: skip
        await hand.presses_raw(hand.last.message_id, f"o:audit:{words}")
        assert hand.notices[-1].text == "您没有这个权限。"
    await hand.presses_raw(hand.last.message_id, "o:audit_search:华兴")
    assert "🧾" not in hand.transcript()
    assert not await Audit.filter(action="audit").exists()


@pytest.mark.parametrize(
    "words", ["customer:999999", "staff:999999", "unit:1", "customer:1:nothing", "customer:x",
              "customer:1:all:x"],
)  # fmt: skip
async def test_a_made_up_button_is_refused(town: Town, words: str) -> None:
    he = town.phone("1010")
    await he.says("/today")
    await he.presses_raw(he.last.message_id, f"o:audit:{words}")
    assert "🧾" not in he.transcript()
    assert he.notices
