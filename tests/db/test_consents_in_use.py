"""Consents that end, and greetings that nobody wants: on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core import alert_raising, bus
from core.bus import perform
from core.completeness import completeness
from core.consent_recording import RecordConsent, WithdrawConsent
from core.consents import declines_marketing, permits
from core.crossings import look_at, subscribe
from core.errors import NotAllowed, NotFound
from core.merging import MergeCustomers, UndoMerge
from core.weekly_candidates import candidates
from storage.models import Alert, Audit, Change, Consent, Contact, Crossing, Customer, OtherBank
from tests.support.bank import MONDAY, Bank, build_bank

TODAY = MONDAY.date()


@pytest.fixture
async def bank(database: str) -> Bank:
    subscribe()
    alert_raising.subscribe()
    return await build_bank()


async def test_a_consent_that_has_ended_is_to_be_asked_for_again(bank: Bank) -> None:
    acting, customer = await bank.acting("1001"), bank.customers["C001"]
    before = (await completeness(acting, customer)).percent
    until = TODAY + timedelta(days=1)
    await perform(acting, RecordConsent(customer, "data_use", "signed", until), "given")
    assert (await completeness(acting, customer)).percent == before + 4
    later = await bank.acting("1001", MONDAY + timedelta(days=2))
    assert (await completeness(later, customer)).percent == before


async def test_a_withdrawn_consent_says_who_and_when_and_can_be_given_anew(bank: Bank) -> None:
    acting, customer = await bank.acting("1001"), bank.customers["C001"]
    ends = date(2027, 1, 1)
    made = await perform(acting, RecordConsent(customer, "sharing", "signed", ends), "given")
    await perform(acting, WithdrawConsent(made["id"]), "withdrawn")
    states = {one.act: one for one in await permits(acting, customer)}
    assert (states["pass_on"].state, states["pass_on"].allowed) == ("withdrawn", False)
    change = await Change.get(section="consents", field="given")
    assert (change.was, change.now, change.by_id) == ("1", "0", bank.staff["1001"])
    assert await Audit.filter(action="amend", subject="consents").exists()
    again = await perform(acting, RecordConsent(customer, "sharing"), "given anew")
    assert again["id"] == made["id"]
    one = await Consent.get()
    assert (one.given, one.valid_until) == (True, None)


async def test_only_who_works_with_a_customer_records_and_withdraws(bank: Bank) -> None:
    customer = bank.customers["C001"]
    made = await perform(await bank.acting("1001"), RecordConsent(customer, "marketing"), "g")
    for number, refusal in (("1004", NotFound), ("1010", NotAllowed)):
        acting = await bank.acting(number)
        with pytest.raises(refusal):
            await perform(acting, RecordConsent(customer, "marketing"), f"r {number}")
        with pytest.raises(refusal):
            await perform(acting, WithdrawConsent(made["id"]), f"w {number}")
    assert (await Consent.get()).given


@pytest.mark.parametrize("wants", [True, False])
async def test_a_greeting_is_left_out_and_a_risk_is_not(bank: Bank, wants: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    acting, customer = await bank.acting("1001"), bank.customers["C001"]
    await perform(acting, RecordConsent(customer, "marketing"), "given")
    if not wants:
        await perform(acting, WithdrawConsent((await Consent.get()).id), "withdrawn")
    await Customer.filter(id=customer).update(
        founded=date(2014, 11, 23), licence_expires=TODAY + timedelta(days=10)
    )
    await Contact.filter(customer_id=customer).update(birthday="1970-11-23")
    heard = len(acting.events)
    await look_at(acting, customer - 1, customer)
    await bus.publish(acting, heard)
    assert set(await Crossing.all().values_list("kind", flat=True)) == {
        "anniversary", "birthday", "licence_ends",
    }  # fmt: skip
    raised = set(await Alert.all().values_list("rule", flat=True))
    assert raised == ({"anniversary", "birthday", "licence_ends"} if wants else {"licence_ends"})


@pytest.mark.parametrize("wants", [True, False])
async def test_an_offer_is_neither_raised_nor_planned_where_marketing_is_declined(
    bank: Bank,
    wants: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    acting, customer = await bank.acting("1001"), bank.customers["C001"]
    await perform(acting, RecordConsent(customer, "marketing"), "given")
    if not wants:
        await perform(acting, WithdrawConsent((await Consent.get()).id), "withdrawn")
    await OtherBank.create(
        customer_id=customer, bank="宁波银行", product="working_capital", balance_fen=100_00,
        matures=TODAY + timedelta(days=20), source="customer", as_of=TODAY, recorded_at=MONDAY,
    )  # fmt: skip
    heard = len(acting.events)
    await look_at(acting, customer - 1, customer)
    await bus.publish(acting, heard)
    assert await Alert.filter(rule="elsewhere_matures").exists() is wants
    found = await candidates(acting.person.id, TODAY, MONDAY, acting.zone)
    [reasons] = [set(one.reasons) for one in found if one.customer_id == customer]
    assert reasons == ({"never", "elsewhere_matures"} if wants else {"never"})


@pytest.mark.parametrize("given_anew", [False, True])
async def test_what_one_of_two_merged_customers_withdrew_holds_for_both_until_they_are_parted(
    bank: Bank,
    given_anew: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    kept, merged = bank.customers["C001"], bank.customers["C003"]
    await Customer.filter(id=merged).update(credit_code=None)
    owner, leader = await bank.acting("1001"), await bank.acting("1003")
    ends = date(2027, 6, 1)
    await perform(owner, RecordConsent(kept, "marketing", "signed", ends), "given")
    made = await perform(owner, RecordConsent(merged, "marketing"), "given there")
    await perform(owner, WithdrawConsent(made["id"]), "withdrawn there")
    if given_anew:
        owner, leader = [
            await bank.acting(n, MONDAY + timedelta(days=1)) for n in ("1001", "1003")
        ]
        await perform(owner, RecordConsent(kept, "marketing", "signed", ends), "given anew")
        await Consent.filter(customer_id=kept).update(as_of=TODAY + timedelta(days=1))
    merge = await perform(leader, MergeCustomers(kept, merged), "merge")
    assert await declines_marketing(leader, kept) is not given_anew
    await perform(leader, UndoMerge(merge), "undo")
    assert not await declines_marketing(leader, kept)
    assert await declines_marketing(leader, merged)
    assert (await Consent.get(customer_id=kept)).valid_until == ends
