"""Records: logged once, corrected for a day, taken back for ten minutes, never deleted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core import profile, today
from core.acting import Acting
from core.activities import CorrectActivity, LogActivity, NextStep, UndoActivity
from core.bus import perform
from core.errors import (
    AlreadySettled,
    CorrectionClosed,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    UndoClosed,
)
from core.follow_ups import PlanFollowUp, SettleFollowUp
from core.vocabulary import KINDS, OUTCOMES, PRODUCTS
from storage.models import Activity, ActivityCorrection, Audit, Customer, FollowUp
from tests.support.bank import MONDAY, Bank, build_bank


@pytest.fixture
async def bank(database: str) -> Bank:
    return await build_bank()


async def log(bank: Bank, key: str = "k", at: datetime = MONDAY, **fields: object) -> int:
    """Log a visit to C001 by its relationship manager; returns the record's id."""
    acting = await bank.acting("1001", at)
    command = LogActivity(bank.customers["C001"], "visit", at, **fields)  # type: ignore[arg-type]
    return int((await perform(acting, command, key))["activity"])


async def last_contact(bank: Bank) -> datetime | None:
    return (await Customer.get(id=bank.customers["C001"])).last_contact_at


async def test_the_same_command_twice_is_one_record_and_the_same_answer(bank: Bank) -> None:
    acting = await bank.acting("1001")
    command = LogActivity(
        bank.customers["C001"], "visit", MONDAY,
        next_step=NextStep(MONDAY + timedelta(days=1), all_day=False),
    )  # fmt: skip
    first = await perform(acting, command, "once")
    assert await perform(acting, command, "once") == first
    assert await Activity.all().count() == 1
    assert await FollowUp.all().count() == 1
    assert await Audit.filter(action="log").count() == 1
    assert (await perform(acting, command, "twice"))["activity"] != first["activity"]


async def test_a_record_is_counted_once_and_not_at_all_when_taken_back(bank: Bank) -> None:
    acting = await bank.acting("1001")
    record = await log(bank)
    assert (await profile.profile(acting, bank.customers["C001"])).activities == 1
    assert (await today.today(acting)).week_visits == 1
    await perform(acting, UndoActivity(record), "undo")
    assert (await profile.profile(acting, bank.customers["C001"])).activities == 0
    assert (await today.today(acting)).week_visits == 0
    assert [view.undone for view in await profile.history(acting, bank.customers["C001"])] == [
        True
    ]


async def test_the_last_contact_follows_what_happened_last_not_what_was_typed_last(
    bank: Bank,
) -> None:
    acting = await bank.acting("1001")
    await log(bank, "new", MONDAY)
    command = LogActivity(bank.customers["C001"], "call", MONDAY - timedelta(days=3))
    await perform(acting, command, "old")
    assert await last_contact(bank) == MONDAY
    await perform(acting, UndoActivity((await Activity.get(key="new")).id), "undo")
    assert await last_contact(bank) == MONDAY - timedelta(days=3)
    await perform(acting, UndoActivity((await Activity.get(key="old")).id), "undo too")
    assert await last_contact(bank) is None


async def test_a_correction_is_kept_beside_the_original_values(bank: Bank) -> None:
    record = await log(bank, outcome="interested", note="first")
    acting = await bank.acting("1001", MONDAY + timedelta(hours=24))
    changes = {"outcome": "done", "note": "first", "occurred_at": MONDAY - timedelta(hours=1)}
    await perform(acting, CorrectActivity(record, changes), "c")
    await perform(acting, CorrectActivity(record, {"outcome": "complaint"}), "c")
    corrected = await Activity.get(id=record)
    assert (corrected.outcome, corrected.corrected_at) == ("done", acting.now)
    assert (await ActivityCorrection.get()).changes == {
        "outcome": {"from": "interested", "to": "done"},
        "occurred_at": {"from": "2026-11-23T02:00:00+00:00", "to": "2026-11-23T09:00:00+08:00"},
    }
    assert await last_contact(bank) == MONDAY - timedelta(hours=1)


async def test_nothing_changed_is_no_correction(bank: Bank) -> None:
    record = await log(bank, outcome="interested")
    acting = await bank.acting("1001")
    await perform(acting, CorrectActivity(record, {"outcome": "interested"}), "c")
    await perform(acting, CorrectActivity(record, {"author_id": 1, "key": "x"}), "d")
    assert not await ActivityCorrection.exists()
    assert (await Activity.get(id=record)).corrected_at is None


async def test_correcting_is_over_after_a_day_or_when_taken_back(bank: Bank) -> None:
    record = await log(bank)
    late = await bank.acting("1001", MONDAY + timedelta(hours=24, milliseconds=1))
    with pytest.raises(CorrectionClosed):
        await perform(late, CorrectActivity(record, {"note": "x"}), "c")
    acting = await bank.acting("1001")
    await perform(acting, UndoActivity(record), "undo")
    with pytest.raises(CorrectionClosed):
        await perform(acting, CorrectActivity(record, {"note": "x"}), "d")


async def test_a_wrong_correction_leaves_the_record_as_it_was(bank: Bank) -> None:
    record = await log(bank, outcome="interested")
    acting = await bank.acting("1001")
    for changes in ({"kind": "picnic"}, {"outcome": "?"}, {"note": "x" * 2001},
                    {"occurred_at": MONDAY + timedelta(days=2)}):  # fmt: skip
        with pytest.raises(Invalid):
            await perform(acting, CorrectActivity(record, changes), "c")
    unchanged = await Activity.get(id=record)
    assert (unchanged.kind, unchanged.outcome, unchanged.note) == ("visit", "interested", "")
    assert not await ActivityCorrection.exists()


async def test_taking_back_adds_an_entry_and_takes_the_promise_back(bank: Bank) -> None:
    tomorrow = NextStep(MONDAY + timedelta(days=1), all_day=False)
    record = await log(bank, next_step=tomorrow)
    acting = await bank.acting("1001", MONDAY + timedelta(minutes=10))
    assert await perform(acting, UndoActivity(), "undo") == {
        "activity": record, "customer": bank.customers["C001"],
    }  # fmt: skip
    assert await perform(acting, UndoActivity(), "undo") == {
        "activity": record, "customer": bank.customers["C001"],
    }  # fmt: skip
    entry = await Activity.get(reverses_id=record)
    assert entry.recorded_at == acting.now
    assert (await Activity.get(id=record)).reversed_at == acting.now
    promised = await FollowUp.get()
    assert (promised.status, promised.remind_at) == ("cancelled", None)


async def test_taking_back_opens_the_follow_up_that_the_record_settled(bank: Bank) -> None:
    acting = await bank.acting("1001")
    due = MONDAY + timedelta(hours=5)
    promise = await perform(acting, PlanFollowUp(bank.customers["C001"], due), "p")
    record = await log(bank, settles=promise)
    settled = await FollowUp.get(id=promise)
    assert (settled.status, settled.settled_by_id, settled.remind_at) == ("done", record, None)
    await perform(acting, UndoActivity(record), "undo")
    reopened = await FollowUp.get(id=promise)
    assert (reopened.status, reopened.settled_at, reopened.settled_by_id) == ("open", None, None)
    assert reopened.remind_at == due - timedelta(minutes=30)


async def test_a_record_is_kept_though_its_follow_up_was_settled_meanwhile(bank: Bank) -> None:
    acting = await bank.acting("1001")
    promise = await perform(
        acting, PlanFollowUp(bank.customers["C001"], MONDAY + timedelta(hours=5)), "p"
    )
    await perform(acting, SettleFollowUp(promise), "done")
    record = await log(bank, settles=promise)
    assert (await Activity.get()).id == record
    assert (await FollowUp.get()).settled_by_id is None


async def test_a_record_for_another_firm_settles_nothing(bank: Bank) -> None:
    acting = await bank.acting("1001")
    promise = await perform(
        acting, PlanFollowUp(bank.customers["C002"], MONDAY + timedelta(hours=5)), "p"
    )
    await log(bank, settles=promise)
    assert (await FollowUp.get(id=promise)).status == "open"


async def test_taking_back_is_over_after_ten_minutes(bank: Bank) -> None:
    record = await log(bank)
    late = await bank.acting("1001", MONDAY + timedelta(minutes=10, milliseconds=1))
    for command in (UndoActivity(record), UndoActivity()):
        with pytest.raises(UndoClosed):
            await perform(late, command, "undo")
    assert await Activity.all().count() == 1


async def test_what_was_taken_back_is_not_taken_back_again(bank: Bank) -> None:
    record = await log(bank)
    acting = await bank.acting("1001")
    await perform(acting, UndoActivity(record), "undo")
    with pytest.raises(AlreadySettled):
        await perform(acting, UndoActivity(record), "again")
    with pytest.raises(NotFound):
        await perform(acting, UndoActivity(), "the last one")
    compensating = await Activity.get(reverses_id=record)
    with pytest.raises(NotFound):
        await perform(acting, UndoActivity(compensating.id), "the compensating one")


@pytest.mark.parametrize("number", ["1002", "1003", "1004", "1006", "1008"])
async def test_only_the_author_corrects_and_takes_back(bank: Bank, number: str) -> None:
    record = await log(bank)
    other = await bank.acting(number)
    for command in (UndoActivity(record), CorrectActivity(record, {"note": "x"})):
        with pytest.raises(NotFound):
            await perform(other, command, "no")


async def test_an_author_who_lost_the_customer_changes_nothing_any_more(bank: Bank) -> None:
    record = await log(bank)
    await Customer.filter(id=bank.customers["C001"]).update(owner_id=bank.staff["1002"])
    acting = await bank.acting("1001")
    for command in (UndoActivity(record), UndoActivity(), CorrectActivity(record, {"note": "x"})):
        with pytest.raises(NotFound):
            await perform(acting, command, "no")


@pytest.mark.parametrize(
    "fields",
    [{"kind": "picnic"}, {"outcome": "won"}, {"product": "gold"}, {"note": "x" * 2001},
     {"occurred_at": MONDAY + timedelta(days=1)}, {"occurred_at": MONDAY - timedelta(days=367)}],
)  # fmt: skip
async def test_what_cannot_be_right_is_refused_and_leaves_nothing(
    bank: Bank, fields: dict[str, object]
) -> None:
    acting = await bank.acting("1001")
    good = {"customer_id": bank.customers["C001"], "kind": "visit", "occurred_at": MONDAY}
    with pytest.raises(Invalid):
        await perform(acting, LogActivity(**(good | fields)), "k")  # type: ignore[arg-type]
    assert not await Activity.exists()
    assert await last_contact(bank) is None


async def test_a_next_step_that_cannot_be_right_takes_the_record_along(bank: Bank) -> None:
    yesterday = NextStep(MONDAY - timedelta(days=1), all_day=False)
    with pytest.raises(Refused):
        await log(bank, next_step=yesterday)
    assert not await Activity.exists()
    assert not await FollowUp.exists()
    assert not await Audit.exists()


async def test_every_word_of_the_vocabulary_fits_its_column(bank: Bank) -> None:
    acting = await bank.acting("1001")
    for kind in KINDS:
        for outcome in OUTCOMES:
            for product in PRODUCTS:
                await _log_words(acting, bank.customers["C001"], kind, outcome, product)
    assert await Activity.all().count() == len(KINDS) * len(OUTCOMES) * len(PRODUCTS)


async def _log_words(acting: Acting, customer: int, kind: str, outcome: str, product: str) -> None:
    command = LogActivity(customer, kind, MONDAY, outcome=outcome, product=product)
    await perform(acting, command, f"{kind}/{outcome}/{product}")


async def test_an_auditor_sees_and_writes_nothing(bank: Bank) -> None:
    auditor = await bank.acting("1010")
    await profile.profile(auditor, bank.customers["C001"])
    with pytest.raises(NotAllowed):
        await perform(auditor, LogActivity(bank.customers["C001"], "visit", MONDAY), "k")
