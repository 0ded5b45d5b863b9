"""The morning's digests of many people, in simulated time: whatever happens, everybody has one.

The long runs, of 10,000 and 20,000 people, are `python -m benchmarks.mornings`; the ones with
killed processes, tests/crash.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notifications import digests
from storage.models import FollowUp, Outbox, Staff
from tests.support.bank import ZONE
from tests.support.mornings import DAY, FIRST_CHAT, Morning, morning, simulated

if TYPE_CHECKING:
    from tests.support.databases import SqliteDatabases

PEOPLE = 60
#: simulated, but for a machine that has more to do
pytestmark = pytest.mark.timeout(300)
QUIET = (time(8), time(20))


@pytest.fixture
def url(sqlite_databases: SqliteDatabases) -> str:
    return sqlite_databases.fresh()


def everybody_has_one(run: Morning, *, under_way: int = 0) -> None:
    """And none too many, none at night but what was under way as the clock was set."""
    seen = run.seen
    assert (seen.lost, seen.twice, seen.refused) == (0, 0, 0)
    assert not run.simulator.violations
    assert sum(not QUIET[0] <= at.time() < QUIET[1] for at in seen.local) <= under_way
    assert max(seen.waits) < 2  # the chat's own pace


def test_everybody_has_a_digest_in_the_least_time_and_whoever_chats_waits_for_none(
    url: str, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with morning(url, tmp_path, 300) as run:
            run.start()
            await run.until_told()
            everybody_has_one(run)
            assert run.seen.percentile(0.99) < 1
            assert run.seen.of_least < 1.08  # 1.02 where the start weighs nothing
            assert run.seen.local[0].time() >= time(8, 25)

    simulated(scene)


def test_a_scheduler_that_was_killed_loses_nothing(url: str, tmp_path: Path) -> None:
    async def scene() -> None:
        async with morning(url, tmp_path, PEOPLE, chatting=5) as run:
            run.start()
            for _ in range(3):
                await run.passes(seconds=20)
                await run.kill("scheduler")
                await run.passes(seconds=70)
                run.start("scheduler")
            await run.until_told()
            everybody_has_one(run)

    simulated(scene)


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_set_wrong_and_right_again_tells_everybody_once(
    url: str, tmp_path: Path, hours: int
) -> None:
    async def scene() -> None:
        async with morning(url, tmp_path, PEOPLE, chatting=5) as run:
            run.start()
            await run.until_told(0.3)
            run.clock.jump(timedelta(hours=hours))
            await run.passes(minutes=2)
            run.clock.jump(-timedelta(hours=hours))
            await run.until_told(hours=0.2)
            await run.passes(minutes=2)
            everybody_has_one(run, under_way=16)

    simulated(scene)


def test_a_clock_that_is_set_back_keeps_neither_jobs_nor_replies_waiting(
    url: str, tmp_path: Path
) -> None:
    async def scene() -> None:
        start = DAY.replace(hour=10)
        async with morning(url, tmp_path, 20, chatting=5, start=start) as run:
            run.start()
            await run.passes(minutes=1)
            run.clock.jump(-timedelta(hours=1))
            await FollowUp.all().update(remind_at=run.clock.now() + timedelta(minutes=2))
            await run.passes(minutes=3)
            assert not await FollowUp.filter(remind_at__isnull=False).exists()
            assert max(run.seen.waits) < 2  # the chat's own pace

    simulated(scene)


def test_while_telegram_is_away_no_more_is_made_and_afterwards_what_is_told_is_true(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "AHEAD", timedelta(seconds=2))

    async def scene() -> None:
        async with morning(url, tmp_path, PEOPLE, chatting=0) as run:
            run.start()
            await run.until_told(0.2)
            faults = run.simulator.faults
            faults.clear()
            away = faults.server_error(None, method="sendMessage")
            await run.passes(minutes=8)
            assert await Outbox.filter(status="pending").count() < 100
            # Meanwhile the plans of all who wait for theirs have changed.
            untold = {FIRST_CHAT + n for n in range(PEOPLE)} - set(run.seen.digests)
            owners = await Staff.filter(chat_id__in=list(untold)).values_list("id", flat=True)
            await FollowUp.filter(owner_id__in=list(owners)).update(purpose="另一件")
            await run.passes(minutes=10)
            faults.clear()
            assert away.hits > 20
            await run.until_told()
            seen = run.seen
            assert (seen.lost, seen.twice, seen.refused) == (0, 0, 0)
            assert {chat for chat, text in seen.texts.items() if "另一件" in text} >= untold

    simulated(scene)


def test_what_could_not_be_told_by_the_evening_is_told_in_no_night_and_never_stale(
    url: str, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with morning(url, tmp_path, 40, chatting=0) as run:
            faults = run.simulator.faults
            faults.clear()
            faults.server_error(None, method="sendMessage")
            run.start()
            await run.passes(minutes=5)
            await run.kill("scheduler")
            run.clock.jump(timedelta(hours=11, minutes=50))
            run.start("scheduler")
            faults.clear()
            await run.passes(minutes=10)
            assert not run.seen.digests
            run.clock.jump(timedelta(hours=12))
            await run.passes(minutes=10)
            assert run.seen.lost == 0
            assert all("11月25日" in text for text in run.seen.texts.values())
            assert run.seen.twice == 0

    simulated(scene)


@pytest.mark.parametrize(
    ("people", "at"),
    [(10, time(8, 25)), (20_000, time(8, 25)), (40_000, time(8, 16, 45)), (10**6, time(0))],
)
def test_the_more_people_the_earlier_the_first_is_told(people: int, at: time) -> None:
    begun = digests.begins(people)
    assert (begun.hour, begun.minute) == (at.hour, at.minute)
    assert begun <= digests.MORNING[0]
    assert datetime.combine(DAY, begun, ZONE) <= datetime.combine(DAY, digests.READ_BY, ZONE)
