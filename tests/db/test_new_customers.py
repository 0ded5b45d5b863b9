"""A customer is added once; two that are one firm are merged, and parted again as they were."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import bus, customers, duplicates, merging
from core.activities import LogActivity
from core.bus import perform
from core.collaborations import ShareCustomer
from core.duplicates import Draft
from core.errors import AlreadyCustomer, AlreadySettled, Invalid, NotAllowed, NotFound, OtherFirm
from core.facts.links import standing
from core.facts.reading import section_rows
from core.facts.writing import RecordFact
from core.merging import MergeCustomers, UndoMerge
from core.new_customers import AddCustomer
from core.promises import MakePromise
from storage import db
from storage.credit_code import COMPANY, credit_code
from storage.models import (
    Activity,
    Audit,
    Change,
    Collaboration,
    Contact,
    Customer,
    FollowUp,
    Merge,
    Promise,
    TradePartner,
)
from storage.search import fill_search_fields
from tests.support.bank import MONDAY, Bank, build_bank
from tests.support.databases import ENGINES
from tests.support.random_facts import facts_of_every_section
from tests.support.rows import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping

#: what a merge that is undone leaves behind
LEFT_BEHIND = ("Merge", "Audit", "Change")


@pytest.fixture
async def bank(database: str) -> Bank:
    return await build_bank()


async def added(bank: Bank, who: str, values: Mapping[str, str], *distinct: int) -> int:
    command = AddCustomer(values, distinct)
    return int(await perform(await bank.acting(who), command, f"add {values}"))


async def test_an_added_customer_is_found_is_ones_own_and_is_in_the_audit(bank: Bank) -> None:
    new = await added(bank, "1001", {"name_zh": "上海远德包装有限公司", "phone": "13812345678"})
    acting = await bank.acting("1001")
    assert [one.id for one in (await customers.find(acting, "远德包装")).items] == [new]
    one = await Customer.get(id=new)
    assert (one.owner_id, one.unit_id, one.status) == (
        bank.staff["1001"], bank.units["team_a"], "prospect",
    )  # fmt: skip
    assert await Audit.filter(action="add", subject="customer", subject_id=new).exists()
    assert await Change.filter(customer_id=new, now="上海远德包装有限公司").exists()


async def test_what_head_office_adds_lies_in_the_pool(bank: Bank) -> None:
    new = await added(bank, "1007", {"name_zh": "上海远德包装有限公司"})
    assert (await Customer.get(id=new)).owner_id is None


async def test_who_only_reads_adds_nothing(bank: Bank) -> None:
    with pytest.raises(NotAllowed):
        await added(bank, "1010", {"name_zh": "上海远德包装有限公司"})


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name_zh": "上海华兴机械制造有限公司"}, "name"),
        ({"name_zh": "华兴机械"}, "name"),
        ({"name_zh": "苏州华兴机械制造有限公司"}, "name"),
        ({"name_zh": "上海花星机械制造有限公司"}, "sound"),
    ],
)
async def test_a_firm_that_is_there_is_not_added_again(
    bank: Bank, values: dict[str, str], why: str
) -> None:
    acting = await bank.acting("1001")
    twin = bank.customers["C001"]
    [first, *_] = await duplicates.alike(acting, Draft(values["name_zh"]))
    assert (first.customer.id, first.why) == (twin, why)
    before = await fingerprint()
    with pytest.raises(AlreadyCustomer):
        await added(bank, "1001", values)
    assert await fingerprint() == before
    assert await added(bank, "1001", values, twin) != twin


async def test_a_telephone_speaks_for_a_firm_only_where_it_is_that_firms(bank: Bank) -> None:
    acting = await bank.acting("1001")
    other = Draft("华兴机电设备租赁", phone="13900001111")
    assert bank.customers["C001"] not in {
        one.customer.id for one in await duplicates.alike(acting, other)
    }
    await Contact.filter(customer_id=bank.customers["C001"]).update(phone="13900001111")
    [one] = await duplicates.alike(acting, other)
    assert (one.customer.id, one.why) == (bank.customers["C001"], "phone")


async def test_the_same_credit_code_is_the_same_firm_whatever_is_said(bank: Bank) -> None:
    code = credit_code(COMPANY, "310000", 42)
    first = await added(bank, "1001", {"name_zh": "上海远德包装有限公司", "credit_code": code})
    with pytest.raises((AlreadyCustomer, Invalid)):
        await added(bank, "1001", {"name_zh": "南京德远", "credit_code": code}, first)


async def test_another_teams_firm_is_told_of_without_its_name(bank: Bank) -> None:
    acting = await bank.acting("1001")
    [one] = await duplicates.alike(acting, Draft("杭州绿源食品有限公司"))
    assert not one.visible
    with pytest.raises(AlreadyCustomer) as refused:
        await added(bank, "1001", {"name_zh": "杭州绿源食品有限公司"})
    assert "name" not in refused.value.fields
    assert not await duplicates.alike(acting, Draft("杭州绿园食品有限公司"))


async def test_a_merge_brings_both_histories_together_and_closes_the_other(bank: Bank) -> None:
    kept, merged = bank.customers["C001"], bank.customers["C003"]
    await Customer.filter(id=merged).update(credit_code=None, phone="13812345678")
    await Customer.filter(id=kept).update(phone="")
    who = await bank.acting("1001")
    for number, customer in enumerate((kept, merged)):
        await perform(who, LogActivity(customer, "call", MONDAY, note="谈了"), f"log {number}")
        values = {"bank": "宁波银行", "product": "working_capital"}
        await perform(who, RecordFact(customer, "other_banks", values), f"same {number}")
    values = {"bank": "招商银行", "product": "working_capital"}
    await perform(who, RecordFact(merged, "other_banks", values), "only one")
    leader = await bank.acting("1003")
    merge = await perform(leader, MergeCustomers(kept, merged), "merge")
    assert await Activity.filter(customer_id=kept).count() == 2
    banks = await section_rows(leader, kept, "other_banks")
    assert {row["bank"].text for row in banks.rows} == {"宁波银行", "招商银行"}
    assert (await Merge.get(id=merge)).stayed == 1
    assert (await Customer.get(id=kept)).phone == "13812345678"
    for person in ("1001", "1003", "1007"):
        acting = await bank.acting(person)
        assert merged not in {one.id for one in (await customers.recent(acting, limit=50)).items}
        assert (await customers.visible(acting, merged)).id == kept
    done = await perform(who, LogActivity(merged, "call", MONDAY, note="又谈了"), "old button")
    assert (await Activity.get(id=done["activity"])).customer_id == kept
    assert [one.merged_id for one in await merging.merges_of(leader, kept)] == [merged]


async def test_who_helped_and_what_was_promised_go_over_and_come_back(bank: Bank) -> None:
    kept, merged = bank.customers["C001"], bank.customers["C003"]
    await Customer.filter(id=merged).update(credit_code=None)
    owner, leader = await bank.acting("1001"), await bank.acting("1003")
    for number in ("1002", "1004"):
        await perform(owner, ShareCustomer(merged, bank.staff[number], "write"), f"m {number}")
    await perform(owner, ShareCustomer(kept, bank.staff["1002"], "read"), "there already")
    made = await perform(owner, MakePromise(merged, "ours", "送利率方案", MONDAY), "promise")
    promise = made["id"]
    merge = await perform(leader, MergeCustomers(kept, merged), "merge")
    helping = await Collaboration.filter(customer_id=kept, ended_at=None).values_list(
        "staff_id", "level"
    )
    assert set(helping) == {(bank.staff["1002"], "read"), (bank.staff["1004"], "write")}
    helper = await bank.acting("1004")
    assert (await customers.workable(helper, merged)).id == kept
    assert (await Promise.get(id=promise)).customer_id == kept
    await perform(leader, UndoMerge(merge), "undo")
    helper = await bank.acting("1004")
    assert (await customers.workable(helper, merged)).id == merged
    with pytest.raises(NotFound):
        await customers.visible(helper, kept)
    assert (await Promise.get(id=promise)).customer_id == merged


async def test_a_name_that_means_a_merged_customer_means_the_one_that_stands(bank: Bank) -> None:
    first, second, third = (bank.customers[one] for one in ("C001", "C003", "C002"))
    await Customer.filter(id__in=[second, third]).update(credit_code=None)
    leader = await bank.acting("1003")
    old = (await Customer.get(id=second)).name_zh
    await perform(leader, MergeCustomers(third, second), "one")
    await perform(leader, MergeCustomers(first, third), "and that one")
    partner = await perform(
        await bank.acting("1001"),
        RecordFact(first, "partners", {"direction": "supplier", "name": old}), "partner",
    )  # fmt: skip
    assert (await TradePartner.get(id=partner["id"])).partner_id == first
    assert await standing([second, third]) == {second: first, third: first}


async def test_two_credit_codes_are_two_firms(bank: Bank) -> None:
    leader = await bank.acting("1003")
    with pytest.raises(OtherFirm):
        await perform(leader, MergeCustomers(bank.customers["C001"], bank.customers["C003"]), "m")


async def test_only_who_leads_both_merges(bank: Bank) -> None:
    await Customer.filter(id=bank.customers["C005"]).update(credit_code=None)
    await Customer.filter(id=bank.customers["C003"]).update(credit_code=None)
    own = MergeCustomers(bank.customers["C001"], bank.customers["C003"])
    with pytest.raises(NotAllowed):
        await perform(await bank.acting("1001"), own, "an RM")
    far = MergeCustomers(bank.customers["C001"], bank.customers["C005"])
    with pytest.raises(NotFound):
        await perform(await bank.acting("1003"), far, "another team's")


async def test_a_merge_is_undone_once(bank: Bank) -> None:
    await Customer.filter(id=bank.customers["C003"]).update(credit_code=None)
    leader = await bank.acting("1003")
    command = MergeCustomers(bank.customers["C001"], bank.customers["C003"])
    merge = await perform(leader, command, "merge")
    await perform(leader, UndoMerge(merge), "undo")
    with pytest.raises(AlreadySettled):
        await perform(leader, UndoMerge(merge), "again")


async def test_likely_pairs_are_listed_to_who_leads_both(bank: Bank) -> None:
    twin = await added(
        bank, "1002", {"name_zh": "苏州华兴机械制造有限公司"}, bank.customers["C001"]
    )
    [pair] = await duplicates.pairs(await bank.acting("1003"))
    assert ({pair.one.id, pair.other.id}, pair.why) == ({twin, bank.customers["C001"]}, "name")
    assert not await duplicates.pairs(await bank.acting("1005"))
    assert not await duplicates.pairs(await bank.acting("1001"))


async def test_a_firm_added_by_its_short_name_is_a_likely_twin(bank: Bank) -> None:
    twin = await added(bank, "1002", {"name_zh": "华兴机械"}, bank.customers["C001"])
    [pair] = await duplicates.pairs(await bank.acting("1003"))
    assert ({pair.one.id, pair.other.id}, pair.why) == ({twin, bank.customers["C001"]}, "name")


@pytest.mark.parametrize("engine", ENGINES)
@settings(
    max_examples=4, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(seed=st.integers(0, 10**6))
def test_a_merge_that_is_undone_leaves_every_row_as_it_was(
    request: pytest.FixtureRequest, engine: str, seed: int
) -> None:
    databases = request.getfixturevalue(f"{engine}_databases")
    url = databases.fresh()
    with pytest.MonkeyPatch.context() as patch:
        # What others make of the news, alerts among it, is theirs and stays.
        patch.setattr(bus, "EVENTS", defaultdict(list))
        asyncio.run(_merged_and_parted(url, seed))
    if engine == "postgres":
        databases.drop(url)


async def _merged_and_parted(url: str, seed: int) -> None:
    await db.connect(url)
    try:
        bank, chance = await build_bank(), Random(seed)
        kept, merged = bank.customers["C001"], bank.customers["C004"]
        one, other = await Customer.get(id=kept), await Customer.get(id=merged)
        one.phone = chance.choice(["", "13900000000"])
        one.name_en = chance.choice(["", "Huaxing"])
        other.credit_code, other.last_contact_at, other.phone = None, MONDAY, "13812345678"
        for firm in (one, other):
            fill_search_fields(firm)
            await firm.save()
        await facts_of_every_section(chance, merged)
        if chance.random() < 0.5:
            await facts_of_every_section(chance, kept)
        await FollowUp.create(
            key="f", customer_id=merged, owner_id=bank.staff["1002"],
            created_by_id=bank.staff["1002"], kind="visit", purpose="送合同", due_at=MONDAY,
            overdue_at=MONDAY, escalate_at=MONDAY, created_at=MONDAY,
        )  # fmt: skip
        leader = await bank.acting("1003")
        before = await fingerprint(without=LEFT_BEHIND)
        merge = await perform(leader, MergeCustomers(kept, merged), "merge")
        assert await fingerprint(without=LEFT_BEHIND) != before
        await perform(leader, UndoMerge(merge), "undo")
        assert await fingerprint(without=LEFT_BEHIND) == before
    finally:
        await db.disconnect()
