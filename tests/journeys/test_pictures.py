"""Figures as pictures: balances, turnover and the group, in both languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.pictures import studio
from storage.models import Account, Balance, Contribution, Customer, Flow, Relation

if TYPE_CHECKING:
    import pytest

    from core.drawings import Drawing
    from tests.support.town import Town

WAN = 10_000 * 100
PNG = b"\x89PNG\r\n"


async def a_year(town: Town) -> None:
    """Two months of balances and bookings, and what they brought."""
    customer, now = town.bank.customers["C001"], town.clock.now()
    known = {"customer_id": customer, "source": "warehouse", "recorded_at": now,
             "as_of": date(2026, 11, 22)}  # fmt: skip
    account = await Account.create(
        number="9931000000167670", tail="7670", kind="basic", balance_fen=320 * WAN, **known
    )
    for day, fen in ((date(2026, 9, 29), 200 * WAN), (date(2026, 10, 31), 410 * WAN),
                     (date(2026, 11, 22), 320 * WAN)):  # fmt: skip
        await Balance.create(account=account, day=day, balance_fen=fen)
        await Flow.create(
            account=account, day=day, amount_fen=fen // 2, reference=f"F{day}", counterparty="x"
        )
        await Contribution.create(month=day.replace(day=1), fee_income_fen=WAN, **known)


async def two_guarantors(town: Town) -> None:
    """C001 and C002 guarantee each other; a colleague's C003 and a stranger guarantee C001."""
    one, two, three = (town.bank.customers[f"C00{n}"] for n in (1, 2, 3))
    known = {"source": "warehouse", "recorded_at": town.clock.now()}
    names = {n: (await Customer.get(id=n)).name_zh for n in (one, two, three)}
    for giver, taker in ((one, two), (two, one)):
        await Relation.create(
            customer_id=giver, name=names[taker], other_id=taker, kind="guarantees", **known
        )
    await Relation.create(
        customer_id=three, name=names[one], other_id=one, kind="guarantees", **known
    )
    await Customer.filter(id=three).update(owner_id=town.bank.staff["1004"])


async def test_balances_come_as_a_picture_and_are_uploaded_once(town: Town) -> None:
    await a_year(town)
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("🏦 我行")
    await li.presses("💰 账户")
    await li.presses("📈 余额")
    shown = li.last
    assert shown.text == "华兴机械 · 月末余额\n11月  ¥320万"
    assert shown.data is not None
    assert shown.data.startswith(PNG)
    first = shown.media
    await li.presses("📈 余额")
    assert li.last is not shown
    assert first is not None
    assert li.last.media is not None
    assert li.last.media.file is first.file


async def test_turnover_and_contribution_in_english(english_town: Town) -> None:
    town = english_town
    await a_year(town)
    li = town.phone("1001")
    await li.says("Huaxing Machinery")
    await li.presses("🏦 Ours")
    await li.presses("💰 Accounts")
    await li.presses("📊 Turnover")
    assert (
        li.last.text
        == "Shanghai Huaxing Machinery Manufacturing · Turnover\nNov  In ¥1.6m · Out ¥0"
    )
    assert li.last.data is not None
    await li.says("Huaxing Machinery")
    await li.presses("🏦 Ours")
    await li.presses("📈 Income")
    await li.presses("📊 Draw")
    assert li.last.text == "Shanghai Huaxing Machinery Manufacturing · Contribution\nNov  ¥10k"


async def test_the_group_is_drawn_without_a_name_from_beyond_the_scope(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await two_guarantors(town)
    drawn: list[Drawing] = []

    async def png(self: studio.Studio, drawing: Drawing) -> bytes:
        drawn.append(drawing)
        raise studio.NotDrawnError

    monkeypatch.setattr(studio.Studio, "png", png)
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("🔗 关系")
    await li.presses("🕸 集团与担保")
    await li.presses("🕸 集团")
    await li.presses("🕸 画图")
    [graph] = drawn
    assert graph.kind == "graph"
    assert {node.name for node in graph.nodes} == {"华兴机械", "百维物流"}
    assert [edge.circle for edge in graph.edges] == [True, True]
    assert li.last.media is None
    assert "华兴机械 → 百维物流" in li.last.text


async def test_too_little_to_draw_is_said(town: Town) -> None:
    customer, now = town.bank.customers["C001"], town.clock.now()
    await Account.create(
        customer_id=customer, number="9931000000167670", tail="7670", kind="basic",
        balance_fen=320 * WAN, source="warehouse", recorded_at=now,
    )  # fmt: skip
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("🏦 我行")
    await li.presses("💰 账户")
    await li.presses("📈 余额")
    assert li.notices[-1].text == "数据太少，暂时画不出图。"
