"""Plans that repeat: planned four weeks ahead, none twice, ended, moved, handed on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from core import series_reading as series
from core.acting import Acting
from core.activities import LogActivity, NextStep, UndoActivity
from core.assignments import AssignCustomer
from core.bus import perform
from core.collaborations import EndCollaboration, ShareCustomer
from core.enrolment import SYSTEM
from core.errors import AlreadySettled, Invalid, NotFound
from core.follow_ups import SettleFollowUp
from core.merging import MergeCustomers, UndoMerge
from core.pool import ReleaseCustomer
from core.series import ChangeSeries, EndSeries, MoveFollowing, PlanSeries
from core.series_job import plan_series_ahead
from core.stand_ins import AddStandIn
from storage import db
from storage.models import Audit, Customer, FollowUp, Series
from tests.support.bank import MONDAY, ZONE, Bank, build_bank

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.databases import SqliteDatabases

FRIDAYS = "FREQ=WEEKLY;BYDAY=FR"


def at(month: int, day: int, hour: int = 15, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZONE)


@pytest.fixture
async def bank(sqlite_databases: SqliteDatabases) -> AsyncIterator[Bank]:
    """On one engine: these rules are the same on both."""
    await db.connect(sqlite_databases.fresh())
    yield await build_bank()
    await db.disconnect()


@pytest.fixture
async def both(database: str) -> Bank:
    return await build_bank()


async def planned(bank: Bank, key: str = "s", **more: Any) -> int:
    acting = await bank.acting("1001")
    wanted: dict[str, Any] = {"rule": FRIDAYS, "due_at": at(11, 27), **more}
    command = PlanSeries(bank.customers["C001"], purpose="送报表", **wanted)
    return int((await perform(acting, command, key))["series"])


async def clock(now: datetime) -> int:
    async with db.transaction():
        return await plan_series_ahead(Acting(SYSTEM, now, "t:plan_series"))


async def days(series_id: int, *states: str) -> list[date]:
    plans = FollowUp.filter(series_id=series_id, status__in=states or ("open",))
    return [one.due_at.astimezone(ZONE).date() for one in await plans.order_by("due_at")]


async def test_four_weeks_are_planned_at_once_and_the_clock_goes_on(both: Bank) -> None:
    made = await planned(both)
    assert await days(made) == [date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 11),
                                date(2026, 12, 18)]  # fmt: skip
    first = await FollowUp.filter(series_id=made).order_by("due_at").first()
    assert first is not None
    assert (first.key, first.purpose, first.owner_id) == (
        f"series:{made}:2026-11-27", "送报表", both.staff["1001"],
    )  # fmt: skip
    assert await clock(MONDAY) == 0
    assert await clock(at(11, 28)) == 1
    assert (await days(made))[-1] == date(2026, 12, 25)
    # New Year's Day is off: that Friday's visit is on Monday.
    await clock(at(12, 6))
    assert (await days(made))[-1] == date(2027, 1, 4)


async def test_none_is_planned_twice_at_whatever_moments_the_clock_comes(bank: Bank) -> None:
    random = Random(7)
    rules = (FRIDAYS, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=MONTHLY;BYMONTHDAY=-1",
             "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "FREQ=DAILY;INTERVAL=3")  # fmt: skip
    ids = [await planned(bank, f"s{n}", rule=rule) for n, rule in enumerate(rules)]
    now = MONDAY
    for _ in range(40):
        now += timedelta(hours=random.randrange(-200, 400))
        await clock(max(now, MONDAY))
    for one in ids:
        found = await days(one, "open")
        assert found == sorted(set(found))
        assert len(found) > 3


async def test_a_kill_between_plans_leaves_none_and_a_repeat_makes_all(both: Bank) -> None:
    made = await planned(both)

    class KilledError(Exception):
        pass

    async def killed() -> None:
        async with db.transaction():
            await plan_series_ahead(Acting(SYSTEM, at(12, 12), "t:plan_series"))
            raise KilledError

    with pytest.raises(KilledError):
        await killed()
    assert len(await days(made)) == 4
    await clock(at(12, 12))
    await clock(at(12, 12))
    assert len(await days(made)) == 7
    again = await perform(
        await both.acting("1001"),
        PlanSeries(both.customers["C001"], FRIDAYS, at(11, 27), purpose="送报表"), "s",
    )  # fmt: skip
    assert again["series"] == made
    assert await Series.all().count() == 1


async def test_what_was_planned_is_not_found_again_at_once(bank: Bank) -> None:
    made = await planned(bank)
    now = at(11, 28, 1)
    while now < at(12, 12):
        await clock(now)
        assert await clock(now) == 0, now
        now += timedelta(hours=7)
    # New Year's Day is off, and was planned for the Monday after it.
    assert date(2027, 1, 4) in await days(made)


async def test_what_the_clock_slept_through_is_passed_over(bank: Bank) -> None:
    made = await planned(bank)
    await clock(at(3, 1, year=2027))
    found = await days(made)
    assert found[4:] == [date(2027, 3, day) for day in (5, 12, 19, 26)]


async def test_it_ends_on_its_day_or_after_so_many(bank: Bank) -> None:
    until = await planned(bank, "until", ends_on=date(2026, 12, 10))
    thrice = await planned(bank, "thrice", times=3)
    for later in (at(11, 28), at(12, 26)):
        await clock(later)
    assert await days(until) == [date(2026, 11, 27), date(2026, 12, 4)]
    assert await days(thrice) == [date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 11)]
    assert (await Series.get(id=until)).next_on is None


async def test_the_first_plan_is_made_however_far_it_is(bank: Bank) -> None:
    made = await planned(
        bank, rule="FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", due_at=at(3, 31, year=2027)
    )
    assert await days(made) == [date(2027, 3, 31)]


async def test_a_plan_with_all_that_follow_moves_to_another_day(bank: Bank) -> None:
    made = await planned(bank)
    li = await bank.acting("1001")
    first, second, *_ = await FollowUp.filter(series_id=made).order_by("due_at")
    await perform(li, SettleFollowUp(first.id), "done")
    moved = await perform(li, MoveFollowing(second.id, at(12, 3, 10)), "move")
    assert await days(moved) == [date(2026, 12, day) for day in (3, 10, 17)]
    assert (await FollowUp.filter(series_id=moved).first()).due_at == at(12, 3, 10)  # type: ignore[union-attr]
    assert await days(made, "done") == [date(2026, 11, 27)]
    assert await days(made, "open") == []
    old, new = await Series.get(id=made), await Series.get(id=moved)
    assert (old.state, new.rule, new.replaces_id) == ("replaced", "FREQ=WEEKLY;BYDAY=TH", made)
    assert await perform(li, MoveFollowing(second.id, at(12, 3, 10)), "move") == moved
    with pytest.raises(AlreadySettled):
        await perform(li, MoveFollowing(second.id, at(12, 3, 10)), "again")


async def test_of_so_many_times_those_that_are_left_go_on(bank: Bank) -> None:
    made = await planned(bank, times=5)
    second = (await FollowUp.filter(series_id=made).order_by("due_at"))[1]
    moved = await perform(await bank.acting("1001"), MoveFollowing(second.id, at(12, 3)), "move")
    await clock(at(12, 20))
    assert len(await days(moved)) == 4


async def test_another_rule_holds_from_now_on(bank: Bank) -> None:
    made = await planned(bank)
    li = await bank.acting("1001", at(12, 1))
    new = await perform(li, ChangeSeries(made, "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"), "change")
    assert await days(new) == [date(2026, 12, 2), date(2026, 12, 16)]
    # What is overdue stays to be done.
    assert await days(made) == [date(2026, 11, 27)]


async def test_ending_it_calls_off_what_is_ahead_and_keeps_why(bank: Bank) -> None:
    made = await planned(bank)
    li = await bank.acting("1001", at(12, 1))
    await perform(li, EndSeries(made, "other", "客户搬走"), "end")
    assert await days(made) == [date(2026, 11, 27)]
    [one, *_] = await FollowUp.filter(series_id=made, status="cancelled")
    assert (one.cancel_reason, one.cancel_note) == ("other", "客户搬走")
    await clock(at(12, 31))
    assert len(await days(made)) == 1
    assert (await Audit.get(action="end_series")).detail == {"reason": "other", "note": "客户搬走"}
    with pytest.raises(AlreadySettled):
        await perform(li, EndSeries(made, "other", "x"), "end again")


async def test_nobody_of_another_team_ends_or_sees_it(bank: Bank) -> None:
    made = await planned(bank)
    zhao = await bank.acting("1004")
    for command in (EndSeries(made, "not_needed"), ChangeSeries(made, FRIDAYS)):
        with pytest.raises(NotFound):
            await perform(zhao, command, "x")
    assert await series.own_series(zhao, limit=9) == []


@pytest.mark.parametrize(
    "wrong",
    [{"rule": "FREQ=HOURLY"}, {"ends_on": date(2026, 11, 1)}, {"times": 0}, {"times": 9999},
     {"due_at": at(11, 1)}, {"kind": "dance"}, {"minutes": 1},
     {"ends_on": date(2027, 1, 1), "times": 3}],
    ids=str,
)  # fmt: skip
async def test_what_cannot_be_right_is_refused(bank: Bank, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        await planned(bank, **wrong)
    assert not await Series.exists()


async def test_it_goes_along_with_the_customer_and_ends_in_the_pool(bank: Bank) -> None:
    made, customer = await planned(bank), bank.customers["C001"]
    leader = await bank.acting("1003")
    await perform(leader, AssignCustomer(customer, bank.staff["1002"], "workload"), "give")
    assert (await Series.get(id=made)).owner_id == bank.staff["1002"]
    await clock(at(11, 28))
    last = await FollowUp.filter(series_id=made).order_by("-due_at").first()
    assert last is not None
    assert last.owner_id == bank.staff["1002"]
    chen = await bank.acting("1002", at(11, 28))
    assert [one.id for one in await series.own_series(chen, limit=9)] == [made]
    await perform(chen, ReleaseCustomer(customer, "no_progress"), "release")
    assert (await Series.get(id=made)).state == "ended"
    assert await days(made) == []


async def test_a_helpers_series_goes_to_who_is_in_charge(bank: Bank) -> None:
    customer, li = bank.customers["C001"], await bank.acting("1001")
    shared = await perform(li, ShareCustomer(customer, bank.staff["1004"]), "share")
    zhao = await bank.acting("1004")
    made = (await perform(zhao, PlanSeries(customer, FRIDAYS, at(11, 27)), "z"))["series"]
    await perform(li, EndCollaboration(shared), "unshare")
    assert (await Series.get(id=made)).owner_id == bank.staff["1001"]


async def test_a_merge_takes_it_over_and_its_undoing_gives_it_back(bank: Bank) -> None:
    made = await planned(bank)
    await Customer.filter(id=bank.customers["C001"]).update(credit_code=None)
    leader = await bank.acting("1003")
    kept = bank.customers["C004"]
    merge = await perform(leader, MergeCustomers(kept, bank.customers["C001"]), "merge")
    found = await Series.get(id=made)
    assert (found.customer_id, found.owner_id) == (kept, bank.staff["1002"])
    await perform(leader, UndoMerge(merge), "part")
    found = await Series.get(id=made)
    assert (found.customer_id, found.owner_id) == (bank.customers["C001"], bank.staff["1001"])


async def test_who_stands_in_keeps_it_for_the_absent(bank: Bank) -> None:
    until = MONDAY + timedelta(days=7)
    leader = await bank.acting("1003")
    away = AddStandIn(bank.staff["1001"], bank.staff["1002"], MONDAY, until)
    await perform(leader, away, "away")
    made = await planned(bank)
    chen = await bank.acting("1002")
    assert [one.id for one in await series.own_series(chen, limit=9)] == [made]
    command = PlanSeries(bank.customers["C002"], FRIDAYS, at(11, 27))
    other = (await perform(chen, command, "c"))["series"]
    assert (await Series.get(id=other)).owner_id == bank.staff["1001"]


async def test_with_a_customer_that_is_lost_it_ends(bank: Bank) -> None:
    made = await planned(bank)
    await Customer.filter(id=bank.customers["C001"]).update(status="lost")
    await clock(at(11, 28))
    assert (await Series.get(id=made)).state == "ended"
    assert len(await days(made)) == 4


async def test_a_record_may_begin_it_and_taken_back_it_ends(bank: Bank) -> None:
    li = await bank.acting("1001")
    step = NextStep(at(11, 27), all_day=False, rule=FRIDAYS, times=6)
    command = LogActivity(bank.customers["C001"], "visit", MONDAY, next_step=step)
    logged = await perform(li, command, "log")
    again = await perform(li, command, "log")
    assert again == logged
    [made] = await Series.all()
    assert len(await days(made.id)) == 4
    assert (await FollowUp.get(id=logged["follow_up"])).series_id == made.id
    await perform(li, UndoActivity(logged["activity"]), "undo")
    assert (await Series.get(id=made.id)).state == "ended"
    assert await days(made.id) == []


async def test_its_next_days_are_told(bank: Bank) -> None:
    made = await planned(bank, rule="FREQ=MONTHLY;BYMONTHDAY=15", due_at=at(12, 15))
    li = await bank.acting("1001")
    found = await series.visible(li, made)
    assert await series.next_days(li, found) == [
        date(2026, 12, 15), date(2027, 1, 15), date(2027, 2, 15), date(2027, 3, 15),
    ]  # fmt: skip
