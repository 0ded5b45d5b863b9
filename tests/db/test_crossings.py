"""Facts that cross a line are told once each, and end when they are true no longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import crossings
from core.acting import Acting
from core.activities import LogActivity
from core.alert_events import FactCrossed
from core.bus import perform
from core.crossings import crossings_after, find_crossings
from core.enrolment import SYSTEM
from core.facts.writing import RecordFact
from core.merging import MergeCustomers
from core.rules.crossings import FALL_FROM, FALL_PERCENT
from storage.db import transaction
from storage.models import (
    Account,
    Balance,
    Consent,
    Contact,
    CreditLine,
    Crossing,
    Customer,
    Document,
    Flow,
    Holding,
    Load,
    OtherBank,
)
from tests.support.bank import MONDAY, Bank, build_bank

TODAY = MONDAY.date()
WAN = 10_000 * 100
KNOWN = {"source": "warehouse", "as_of": TODAY, "recorded_at": MONDAY}


@pytest.fixture
async def bank(database: str) -> Bank:
    crossings.subscribe()
    return await build_bank()


async def swept(at: datetime = MONDAY, *, silent: bool = False) -> list[str]:
    """The kinds that a whole pass at a moment told of; silent customers where it is asked."""
    told: list[FactCrossed] = []
    while True:
        acting = Acting(SYSTEM, at.astimezone(UTC), "t:find_crossings:1")
        async with transaction():
            done = await find_crossings(acting)
        told += [one for one in acting.events if isinstance(one, FactCrossed)]
        if not done:
            return sorted(one.kind for one in told if silent or one.kind != "silent")


def later(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


async def account(customer_id: int, number: str = "99310001", **more: Any) -> int:
    values = {"number": number, "tail": number[-4:], "kind": "basic", **KNOWN, **more}
    return int((await Account.create(customer_id=customer_id, **values)).id)


async def credit_line(bank: Bank, **more: Any) -> CreditLine:
    values = {"number": "HT1", "limit_fen": 500 * WAN, "drawn_fen": 300 * WAN, **KNOWN, **more}
    return await CreditLine.create(customer_id=bank.customers["C001"], **values)


async def test_a_loan_is_told_of_at_each_line_once_however_often_it_is_looked_at(
    bank: Bank,
) -> None:
    await credit_line(bank, matures=TODAY + timedelta(days=45))
    assert await swept() == ["loan_matures"]
    assert await swept() == []
    assert await swept(later(1)) == []
    assert await swept(later(15)) == ["loan_matures"]
    first, second = await Crossing.all().order_by("id")
    assert (first.mark, second.mark) == ("2027-01-07:60", "2027-01-07:30")
    assert (first.ended_at, second.ended_at) == (later(15), None)
    assert (second.day, second.amount_fen) == (date(2027, 1, 7), 300 * WAN)


async def test_a_loan_that_was_put_off_is_told_of_for_its_new_day(bank: Bank) -> None:
    loan = await credit_line(bank, matures=TODAY + timedelta(days=20))
    await swept()
    loan.matures = TODAY + timedelta(days=400)
    await loan.save()
    assert await swept(later(1)) == []
    assert await Crossing.filter(ended_at=None).count() == 0
    assert await swept(later(320)) == ["loan_matures"]


async def test_overdue_is_one_crossing_until_it_is_paid_and_another_the_next_time(
    bank: Bank,
) -> None:
    loan = await credit_line(bank, overdue_fen=8 * WAN, classification="mention")
    assert await swept() == ["classified", "overdue"]
    assert await swept(later(3)) == []
    await CreditLine.filter(id=loan.id).update(overdue_fen=0)
    assert await swept(later(4)) == []
    await CreditLine.filter(id=loan.id).update(overdue_fen=5 * WAN)
    assert await swept(later(9)) == ["overdue"]
    assert await Crossing.filter(kind="overdue").count() == 2


async def test_deposits_that_fall_by_a_third_in_a_week_are_told_of_until_they_are_back(
    bank: Bank,
) -> None:
    basic = await account(bank.customers["C001"])
    for back, wan in ((8, 300), (1, 198)):
        await Balance.create(
            account_id=basic, day=TODAY - timedelta(days=back), balance_fen=wan * WAN
        )
    assert await swept() == ["balance_down"]
    [one] = await Crossing.all()
    assert (one.amount_fen, one.before_fen) == (198 * WAN, 300 * WAN)
    await Balance.create(account_id=basic, day=later(2).date(), balance_fen=310 * WAN)
    assert await swept(later(2)) == []
    await one.refresh_from_db()
    assert one.ended_at == later(2)


async def test_money_that_went_to_another_account_here_has_not_fallen(bank: Bank) -> None:
    old, new = [await account(bank.customers["C001"], f"9931000{n}") for n in (1, 2)]
    await Balance.create(account_id=old, day=TODAY - timedelta(days=8), balance_fen=300 * WAN)
    await Balance.create(account_id=old, day=TODAY, balance_fen=0)
    await Balance.create(account_id=new, day=TODAY, balance_fen=290 * WAN)
    assert await swept() == []


async def test_a_large_payment_out_is_told_of_once(bank: Bank) -> None:
    basic = await account(bank.customers["C001"], month_average_fen=80 * WAN)
    for number, wan in enumerate((-50, -30, -19, 90)):
        await Flow.create(
            reference=f"T{number}", account_id=basic, day=TODAY - timedelta(days=2),
            amount_fen=wan * WAN,
        )  # fmt: skip
    assert await swept() == ["outflow"]
    assert await swept(later(1)) == []
    [one] = await Crossing.all()
    assert (one.mark, one.amount_fen) == ("T0", 50 * WAN)


async def test_licences_products_and_loans_elsewhere_are_told_of(bank: Bank) -> None:
    customer = bank.customers["C001"]
    await Customer.filter(id=customer).update(licence_expires=TODAY - timedelta(days=3))
    await Holding.create(
        customer_id=customer, product="time_deposit", matures=TODAY + timedelta(days=7), **KNOWN
    )
    await OtherBank.create(
        customer_id=customer, bank="宁波银行", product="working_capital", balance_fen=500 * WAN,
        matures=TODAY + timedelta(days=61), **KNOWN,
    )  # fmt: skip
    await Document.create(
        customer_id=customer, kind="contract", form="photo", file_id="f", added_at=MONDAY,
        expires=TODAY + timedelta(days=30), added_by_id=bank.staff["1001"],
    )  # fmt: skip
    for number, (kind, agreed) in enumerate({"credit_report": True, "marketing": False}.items()):
        await Consent.create(
            customer_id=customer, kind=kind, given=agreed,
            valid_until=TODAY + timedelta(days=29 + number), **KNOWN,
        )  # fmt: skip
    assert await swept() == [
        "elsewhere_matures", "holding_matures", "licence_ends", "paper_ends", "paper_ends",
    ]  # fmt: skip


async def test_who_was_not_contacted_for_long_is_silent_by_grade_until_somebody_is_in_touch(
    bank: Bank,
) -> None:
    await Customer.filter(external_id="C002").update(grade="B")
    await Customer.exclude(external_id__in=["C001", "C002"]).update(status="lost")
    assert await swept(later(31), silent=True) == ["silent"]
    assert await swept(later(61), silent=True) == ["silent"]
    command = LogActivity(bank.customers["C001"], "call", later(61))
    await perform(await bank.acting("1001", later(61)), command, "call")
    await swept(later(62))
    assert [one.customer_id for one in await Crossing.filter(ended_at=None)] == [
        bank.customers["C002"]
    ]


async def test_the_day_that_a_firm_was_founded_is_told_once_a_year(bank: Bank) -> None:
    await Customer.filter(external_id="C001").update(founded=date(2014, 11, 23))
    await Customer.filter(external_id="C002").update(founded=date(2014, 11, 24))
    await Customer.filter(external_id="C003").update(founded=TODAY)
    assert await swept() == ["anniversary"]
    assert await swept() == []
    assert await swept(later(1)) == ["anniversary"]
    assert await swept(later(365)) == ["anniversary", "anniversary"]


async def test_birthdays_over_the_new_year_and_on_29_february_are_told_once(bank: Bank) -> None:
    await Contact.filter(customer_id=bank.customers["C001"]).update(birthday="01-01")
    await Contact.filter(customer_id=bank.customers["C002"]).update(birthday="1980-02-29")
    await Customer.filter(external_id="C003").update(
        legal_representative="刘洋", legal_birthday="01-01"
    )
    await Contact.filter(customer_id=bank.customers["C003"]).update(birthday="1990-01-01")
    told = [one for day in (37, 38, 39, 41) for one in await swept(later(day))]
    assert told == ["birthday", "birthday"]
    assert await swept(datetime(2027, 2, 26, 10, tzinfo=MONDAY.tzinfo)) == ["birthday"]
    days = sorted(str(one.day) for one in await Crossing.filter(kind="birthday"))
    assert days == ["2027-01-01", "2027-01-01", "2027-02-28"]
    assert await swept(datetime(2027, 2, 28, 10, tzinfo=MONDAY.tzinfo)) == []


async def test_what_is_written_down_by_hand_is_told_of_at_once(bank: Bank) -> None:
    acting = await bank.acting("1001")
    values = {"bank": "宁波银行", "balance_fen": "500万", "matures": "2026-12-13"}
    await perform(acting, RecordFact(bank.customers["C001"], "other_banks", values), "k")
    assert [one.kind for one in acting.events if isinstance(one, FactCrossed)] == [
        "elsewhere_matures"
    ]
    assert await swept() == []


async def test_a_load_has_everybody_looked_at_again_the_same_day(bank: Bank) -> None:
    assert await swept() == []
    await credit_line(bank, overdue_fen=WAN)
    assert await swept(MONDAY + timedelta(minutes=5)) == []
    loaded = MONDAY + timedelta(minutes=6)
    await Load.create(
        kind="holdings", file_name="h.csv", fingerprint="f", origin="folder", status="done",
        began_at=MONDAY, ended_at=loaded,
    )  # fmt: skip
    assert await swept(MONDAY + timedelta(minutes=7)) == ["overdue"]


async def test_a_pass_goes_on_where_it_was_and_leaves_nobody_out(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crossings, "AT_ONCE", 2)
    for customer in bank.customers.values():
        await CreditLine.create(
            customer_id=customer, number=f"HT{customer}", limit_fen=WAN, overdue_fen=1, **KNOWN
        )
    assert await swept() == ["overdue"] * len(bank.customers)


async def test_a_merged_customers_crossing_goes_over_and_is_not_told_again(bank: Bank) -> None:
    await credit_line(bank, overdue_fen=WAN)
    await Customer.filter(external_id="C003").update(credit_code=None)
    await swept()
    command = MergeCustomers(bank.customers["C003"], bank.customers["C001"])
    await perform(await bank.acting("1003"), command, "merge")
    assert await swept(later(1)) == []
    [one] = await Crossing.all()
    assert (one.customer_id, one.ended_at) == (bank.customers["C003"], None)


async def test_only_who_may_see_the_customer_is_shown_its_crossings(bank: Bank) -> None:
    await credit_line(bank, overdue_fen=WAN)
    await swept()
    seen = {
        number: len(await crossings_after(await bank.acting(number), after=0, limit=9))
        for number in ("1001", "1002", "1003", "1004", "1005", "1007")
    }
    assert seen == {"1001": 1, "1002": 0, "1003": 1, "1004": 0, "1005": 0, "1007": 1}


points = st.dictionaries(st.integers(0, 23), st.integers(0, 40), max_size=8)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(curves=st.lists(st.tuples(points, st.booleans()), min_size=1, max_size=3))
async def test_a_fall_is_what_a_plain_reading_of_the_balances_says(
    bank: Bank, curves: list[tuple[dict[int, int], bool]]
) -> None:
    now_fen = then_fen = 0
    for model in (Crossing, Balance, Account):
        await model.all().delete()
    for number, (curve, closed) in enumerate(curves):
        made = await account(
            bank.customers["C001"], f"9931{number:04}", closed=TODAY if closed else None
        )
        for back, wan in curve.items():
            await Balance.create(
                account_id=made, day=TODAY - timedelta(days=back), balance_fen=wan * WAN
            )
        recent = [back for back in curve if back <= 4]
        before = [back for back in curve if 7 <= back <= 21]
        then = curve[min(before)] if before else 0
        then_fen += then * WAN
        now_fen += (curve[min(recent)] if recent else 0 if closed else then) * WAN
    await crossings.look_at(Acting(SYSTEM, MONDAY.astimezone(UTC), "t"), 0, 10**9)
    fell = then_fen >= FALL_FROM and now_fen * 100 <= then_fen * (100 - FALL_PERCENT)
    assert await Crossing.all().count() == fell
