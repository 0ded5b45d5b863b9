"""What is drawn of a customer: which months and accounts count, and what lies on a circle."""

from __future__ import annotations

from datetime import date

import pytest

from core.charts import TooLittle, drawn
from core.drawings import Chart, Graph
from core.errors import NotFound
from storage.models import Account, Audit, Balance, Customer, Relation, Shareholder
from tests.support.bank import MONDAY, Bank, build_bank

WAN = 10_000 * 100


async def account(bank: Bank, number: str, **more: object) -> Account:
    """An account of C001."""
    return await Account.create(
        customer_id=bank.customers["C001"], number=number, tail=number[-4:],
        source="warehouse", recorded_at=MONDAY, **{"kind": "basic", **more},
    )  # fmt: skip


async def test_a_month_has_the_last_balance_before_its_end_of_every_open_account(
    database: str,
) -> None:
    bank = await build_bank()
    one = await account(bank, "6222000000000001")
    closed = await account(bank, "6222000000000002", closed=date(2026, 10, 15))
    loan = await account(bank, "6222000000000003", kind="loan")
    dollars = await account(bank, "6222000000000004", currency="USD")
    for each in (one, closed, loan, dollars):
        await Balance.create(account=each, day=date(2026, 9, 10), balance_fen=100 * WAN)
    await Balance.create(account=one, day=date(2026, 11, 20), balance_fen=70 * WAN)
    made = await drawn(await bank.acting("1001"), "balance", bank.customers["C001"])
    assert isinstance(made.drawing, Chart)
    assert made.drawing.months == ("9月", "10月", "11月")
    assert made.drawing.series[0].values == (200 * WAN, 100 * WAN, 70 * WAN)
    [look] = await Audit.filter(action="view")
    assert look.detail == {"picture": "balance"}


async def test_one_month_is_too_little_and_another_persons_customer_is_not_there(
    database: str,
) -> None:
    bank = await build_bank()
    one = await account(bank, "6222000000000001")
    await Balance.create(account=one, day=date(2026, 11, 20), balance_fen=70 * WAN)
    with pytest.raises(TooLittle):
        await drawn(await bank.acting("1001"), "balance", bank.customers["C001"])
    with pytest.raises(NotFound):
        await drawn(await bank.acting("1004"), "balance", bank.customers["C001"])
    with pytest.raises(NotFound):
        await drawn(await bank.acting("1001"), "anything", bank.customers["C001"])
    assert not await Audit.filter(action="view").exists()


async def test_an_ownership_between_two_firms_of_a_circle_is_no_part_of_it(database: str) -> None:
    bank = await build_bank()
    one, two = bank.customers["C001"], bank.customers["C002"]
    names = {n: (await Customer.get(id=n)).name_zh for n in (one, two)}
    known = {"source": "warehouse", "recorded_at": MONDAY}
    for giver, taker in ((one, two), (two, one)):
        await Relation.create(
            customer_id=giver, name=names[taker], other_id=taker, kind="guarantees", **known
        )
    await Shareholder.create(
        customer_id=one, name=names[two], holder_id=two, kind="firm", share_bp=5100, **known
    )
    made = await drawn(await bank.acting("1001"), "group", one)
    assert isinstance(made.drawing, Graph)
    marked = {edge.label: edge.circle for edge in made.drawing.edges}
    assert marked["担保"] is True
    assert [circle for label, circle in marked.items() if label != "担保"] == [False]
    assert made.drawing.legend == "━ 担保圈"
