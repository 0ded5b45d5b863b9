"""Facts are recorded, amended, revived and ended, and the trail says how it came."""

from __future__ import annotations

from datetime import date

import pytest

from core.bus import perform
from core.errors import FactEnded, Invalid, NotAllowed, NotFound
from core.facts.reading import fact, section_rows
from core.facts.trail import changes_of
from core.facts.writing import AmendFact, EndFact, RecordFact
from storage.credit_code import COMPANY, credit_code
from storage.models import Change, Contact, Customer, OtherBank, Relation
from tests.support.bank import MONDAY, Bank, build_bank
from tests.support.rows import fingerprint


@pytest.fixture
async def bank(database: str) -> Bank:
    return await build_bank()


async def recorded(bank: Bank, **values: str) -> int:
    command = RecordFact(
        bank.customers["C001"], "other_banks",
        {"bank": "宁波银行", "product": "working_capital", **values},
    )  # fmt: skip
    return int((await perform(await bank.acting("1001"), command, "k"))["id"])


async def test_the_same_row_again_is_amended_and_the_trail_has_from_and_to(bank: Bank) -> None:
    first = await recorded(bank, balance_fen="500万")
    again = await recorded(bank, balance_fen="300万")
    assert again == first
    [change] = await Change.filter(field="balance_fen")
    assert (change.was, change.now, change.by_id) == (
        "5000000.00", "3000000.00", bank.staff["1001"],
    )  # fmt: skip


async def test_the_same_value_again_leaves_no_trail_but_a_newer_day(bank: Bank) -> None:
    await recorded(bank, balance_fen="500万")
    row = await recorded(bank, balance_fen="500万")
    assert await Change.filter(field="balance_fen").count() == 0
    assert (await OtherBank.get(id=row)).as_of == MONDAY.date()


async def test_an_ended_row_is_shown_no_more_and_lives_again_when_recorded(bank: Bank) -> None:
    acting, customer = await bank.acting("1001"), bank.customers["C001"]
    row = await recorded(bank)
    await perform(acting, EndFact("other_banks", row), "end")
    assert (await section_rows(acting, customer, "other_banks")).rows == ()
    with pytest.raises(FactEnded):
        await perform(acting, AmendFact("other_banks", row, {"balance_fen": "1万"}), "late")
    assert await recorded(bank) == row
    shown = await section_rows(acting, customer, "other_banks")
    assert [one.id for one in shown.rows] == [row]
    trail = await changes_of(acting, customer, section="other_banks")
    assert [(one.was, one.now) for one in reversed(trail)] == [
        ("", "宁波银行 · 流动资金贷款"), ("宁波银行 · 流动资金贷款", ""),
        ("", "宁波银行 · 流动资金贷款"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("other_banks", {}),
        ("other_banks", {"bank": ""}),
        ("other_banks", {"bank": "宁波银行", "balance_fen": "lots"}),
        ("other_banks", {"bank": "宁波银行", "nonsense": "1"}),
        ("shareholders", {"name": "王建国", "share_bp": "101"}),
        ("statements", {"period_end": "2026-02-30"}),
    ],
)
async def test_what_can_not_be_right_is_refused_with_nothing_written(
    bank: Bank, section: str, values: dict[str, str]
) -> None:
    before = await fingerprint()
    with pytest.raises(Invalid):
        await perform(
            await bank.acting("1001"), RecordFact(bank.customers["C001"], section, values), "k"
        )
    assert await fingerprint() == before


async def test_what_comes_from_the_banks_systems_is_not_changed_by_hand(bank: Bank) -> None:
    command = RecordFact(bank.customers["C001"], "accounts", {"number": "99310000001"})
    with pytest.raises(NotAllowed):
        await perform(await bank.acting("1001"), command, "k")


async def test_a_full_name_links_a_customer_and_only_who_may_see_it_is_told(bank: Bank) -> None:
    command = RecordFact(
        bank.customers["C001"], "relations", {"kind": "guarantees", "name": "杭州绿源食品有限公司"}
    )
    row = (await perform(await bank.acting("1001"), command, "k"))["id"]
    assert (await Relation.get(id=row)).other_id == bank.customers["C005"]
    owner, _ = await fact(await bank.acting("1001"), "relations", row)
    head, _ = await fact(await bank.acting("1007"), "relations", row)
    assert owner.links == {}
    assert head.links == {"name": bank.customers["C005"]}


async def test_a_credit_code_is_checked_and_belongs_to_one_customer(bank: Bank) -> None:
    acting, customer = await bank.acting("1001"), bank.customers["C001"]
    for code in ("913100001332015XXX", (await Customer.get(external_id="C002")).credit_code):
        with pytest.raises(Invalid):
            await perform(acting, AmendFact("basic", customer, {"credit_code": code}), "k")
    right = credit_code(COMPANY, "310115", 77)
    await perform(acting, AmendFact("basic", customer, {"credit_code": right}), "k")
    assert (await Customer.get(id=customer)).credit_code == right
    await perform(acting, AmendFact("basic", customer, {"founded": "2010-05-01"}), "k")
    assert (await Customer.get(id=customer)).founded == date(2010, 5, 1)


async def test_a_new_main_contact_takes_the_place_of_the_old_one(bank: Bank) -> None:
    customer = bank.customers["C001"]
    command = RecordFact(
        customer, "contacts", {"name": "周会计", "phone": "13911112222", "is_main": "1"}
    )
    await perform(await bank.acting("1001"), command, "k")
    main = await Contact.filter(customer_id=customer, is_main=True)
    assert [one.name for one in main] == ["周会计"]


async def test_a_row_of_another_branch_looks_like_none(bank: Bank) -> None:
    row = await recorded(bank)
    for acting in (await bank.acting("1004"), await bank.acting("1001")):
        wanted = row if acting.person.number == "1004" else 10**6
        with pytest.raises(NotFound):
            await fact(acting, "other_banks", wanted)
        with pytest.raises(NotFound):
            await perform(acting, EndFact("other_banks", wanted), "k")
