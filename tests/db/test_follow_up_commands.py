"""Follow-ups: when they are reminded of, overdue and told to the leader; settled once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core import follow_ups
from core.bus import perform
from core.errors import AlreadySettled, Invalid, NotAllowed, NotFound
from core.follow_ups import (
    NudgeFollowUp,
    PlanFollowUp,
    PostponeFollowUp,
    SettleFollowUp,
    overdue_moments,
    reminder_at,
)
from storage.models import Audit, Customer, FollowUp
from tests.support.bank import MONDAY, ZONE, Bank, build_bank


@pytest.fixture
async def bank(database: str) -> Bank:
    return await build_bank()


async def plan(
    bank: Bank, due_at: datetime = MONDAY + timedelta(hours=5), **fields: object
) -> int:
    acting = await bank.acting("1001")
    command = PlanFollowUp(bank.customers["C001"], due_at, **fields)  # type: ignore[arg-type]
    return int(await perform(acting, command, f"{due_at}{fields}"[:80]))


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("due", "overdue", "escalate"),
    [
        (at(11, 23, 15), at(11, 24), at(11, 26)),  # Monday → Tuesday → Thursday
        (at(11, 23, 23, 59), at(11, 24), at(11, 26)),
        (at(11, 26), at(11, 27), at(12, 1)),  # Thursday → Friday → over the weekend
        (at(11, 27, 15), at(11, 30), at(12, 2)),  # Friday → Monday
        (at(11, 28, 15), at(11, 30), at(12, 2)),  # on a Saturday
        (at(9, 30, 15), at(10, 8), at(10, 10)),  # National Day; Saturday the 10th is worked
        (at(10, 3, 10), at(10, 8), at(10, 10)),
        (at(10, 9, 10), at(10, 10), at(10, 13)),  # a make-up Saturday, then a free Sunday
        (at(9, 18, 10), at(9, 20), at(9, 22)),  # a make-up Sunday
    ],
)
def test_overdue_is_the_next_working_morning_and_two_more_tell_the_leader(
    due: datetime, overdue: datetime, escalate: datetime
) -> None:
    assert overdue_moments(due, ZONE) == (overdue, escalate)


def test_the_working_morning_is_the_owners_own() -> None:
    from zoneinfo import ZoneInfo

    urumqi = ZoneInfo("Asia/Urumqi")
    late = at(11, 24, 1)  # still Monday evening there
    assert overdue_moments(late, urumqi)[0] == datetime(2026, 11, 24, 9, tzinfo=urumqi)


@pytest.mark.parametrize(
    ("due_in", "lead", "reminded_in"),
    [(60, 30, 30), (30, 30, 0), (10, 30, 0), (1, 0, 1), (0, 0, None), (-1, 30, None)],
)
def test_the_reminder_comes_ahead_at_once_or_never(
    due_in: int, lead: int, reminded_in: int | None
) -> None:
    told = reminder_at(MONDAY + timedelta(minutes=due_in), lead, MONDAY)
    assert told == (None if reminded_in is None else MONDAY + timedelta(minutes=reminded_in))


async def test_the_persons_usual_lead_counts_where_none_is_chosen(bank: Bank) -> None:
    due = MONDAY + timedelta(hours=5)
    usual, chosen = await plan(bank), await plan(bank, lead_minutes=120)
    assert (await FollowUp.get(id=usual)).remind_at == due - timedelta(minutes=30)
    assert (await FollowUp.get(id=chosen)).remind_at == due - timedelta(minutes=120)


async def test_an_all_day_follow_up_stands_for_nine_in_the_morning(bank: Bank) -> None:
    today_ = await FollowUp.get(id=await plan(bank, MONDAY.replace(hour=0), all_day=True))
    later = await FollowUp.get(id=await plan(bank, at(11, 25, 17), all_day=True))
    assert (today_.due_at, today_.remind_at) == (at(11, 23), None)
    assert (later.due_at, later.remind_at, later.lead_minutes) == (at(11, 25), at(11, 25), 0)


async def test_planned_twice_by_the_same_key_is_planned_once(bank: Bank) -> None:
    assert await plan(bank) == await plan(bank)
    assert await FollowUp.all().count() == 1


@pytest.mark.parametrize(
    ("due_at", "more"),
    [
        (MONDAY - timedelta(seconds=1), {}),
        (MONDAY - timedelta(days=1), {"all_day": True}),
        (MONDAY + timedelta(days=3 * 366 + 1), {}),
        (MONDAY + timedelta(days=1), {"kind": "picnic"}),
        (MONDAY + timedelta(days=1), {"purpose": "x" * 401}),
    ],
)
async def test_what_cannot_be_promised_is_refused(
    bank: Bank, due_at: datetime, more: dict[str, object]
) -> None:
    with pytest.raises(Invalid):
        await plan(bank, due_at, **more)
    assert not await FollowUp.exists()


async def test_done_is_done_once_and_reminds_no_more(bank: Bank) -> None:
    promise = await plan(bank)
    acting = await bank.acting("1001")
    await perform(acting, SettleFollowUp(promise), "done")
    settled = await FollowUp.get(id=promise)
    assert (settled.status, settled.settled_at, settled.remind_at) == ("done", acting.now, None)
    for command in (
        SettleFollowUp(promise),
        SettleFollowUp(promise, "cancelled"),
        PostponeFollowUp(promise, MONDAY + timedelta(days=1)),
    ):
        with pytest.raises(AlreadySettled):
            await perform(acting, command, "again")
    assert await Audit.filter(action="done").count() == 1


async def test_putting_off_starts_everything_anew(bank: Bank) -> None:
    promise = await plan(bank)
    await FollowUp.filter(id=promise).update(
        overdue_told_at=MONDAY, escalated_at=MONDAY, remind_at=None
    )
    acting = await bank.acting("1001", at(11, 26, 10))
    await perform(acting, PostponeFollowUp(promise, at(11, 27, 15)), "later")
    moved = await FollowUp.get(id=promise)
    assert (moved.due_at, moved.remind_at) == (at(11, 27, 15), at(11, 27, 14, 30))
    assert (moved.overdue_at, moved.escalate_at) == (at(11, 30), at(12, 2))
    assert (moved.overdue_told_at, moved.escalated_at) == (None, None)
    noted = await Audit.get(action="postpone")
    assert noted.detail["due"]["to"] == at(11, 27, 15).isoformat()


async def test_putting_off_into_the_past_is_refused_and_changes_nothing(bank: Bank) -> None:
    promise = await plan(bank)
    before = dict(await FollowUp.get(id=promise))
    acting = await bank.acting("1001")
    with pytest.raises(Invalid):
        await perform(acting, PostponeFollowUp(promise, MONDAY - timedelta(minutes=1)), "later")
    assert dict(await FollowUp.get(id=promise)) == before
    assert not await Audit.filter(action="postpone").exists()


async def test_a_leader_nudges_whom_he_leads_and_nobody_else_does(bank: Bank) -> None:
    promise = await plan(bank)
    for number in ("1003", "1006", "1007"):
        leader = await bank.acting(number)
        assert await perform(leader, NudgeFollowUp(promise), number) == bank.staff["1001"]
    for number, refusal in (
        ("1001", NotAllowed), ("1005", NotFound), ("1008", NotAllowed), ("1010", NotAllowed),
    ):  # fmt: skip
        with pytest.raises(refusal):
            await perform(await bank.acting(number), NudgeFollowUp(promise), f"no {number}")
    await perform(await bank.acting("1001"), SettleFollowUp(promise), "done")
    with pytest.raises(AlreadySettled):
        await perform(await bank.acting("1003"), NudgeFollowUp(promise), "too late")


async def test_a_promise_follows_its_customer_not_its_maker(bank: Bank) -> None:
    promise = await plan(bank)
    await Customer.filter(id=bank.customers["C001"]).update(
        owner_id=bank.staff["1004"], unit_id=bank.units["team_b"]
    )
    for read in (follow_ups.visible, follow_ups.workable):
        with pytest.raises(NotFound):
            await read(await bank.acting("1001"), promise)
        assert (await read(await bank.acting("1004"), promise)).id == promise
