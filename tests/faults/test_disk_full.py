"""SQLite's disk is full, or its file is in somebody else's hands: people wait, nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import sqlite3
import sys
import time
from typing import TYPE_CHECKING

import pytest

from bot.simulator import Simulator
from core.clock import SystemClock
from storage import db
from storage.unavailable import UnavailableError
from tests.faults.visits import Workday, working_day
from tests.support.bank import build_bank

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.support.databases import SqliteDatabases

RECOVERY_SECONDS = 10.0
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


def file_of(url: str) -> Path:
    file = db.sqlite_file(url)
    assert file is not None
    return file


def is_whole(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()


async def pages_allowed(more: int | None) -> None:
    """Let the file grow by so many pages, or without end."""
    count = int((await db.rows("PRAGMA page_count"))[0]["page_count"])
    await db.rows(f"PRAGMA max_page_count = {2**30 if more is None else count + more}")


@pytest.fixture
def absences(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the bot was told whenever the database was away."""
    told: list[str] = []

    def noted(error: UnavailableError, text: str) -> None:
        told.append(text)
        Exception.__init__(error, text)

    monkeypatch.setattr(UnavailableError, "__init__", noted)
    return told


async def test_a_full_disk_holds_everybody_up_and_nothing_more(
    sqlite_databases: SqliteDatabases,
    tmp_path: Path,
    absences: list[str],
    record_property: Callable[[str, object], None],
) -> None:
    url = sqlite_databases.fresh()
    waited = []
    async with working_day(url, tmp_path) as day:
        day.begin()
        for more in (0, 1, 3, 5):
            await day.goes_on(updates=12)
            met = len(absences)
            await pages_allowed(more)
            for _ in range(5):
                await day.reader.says("/today " + "x" * 3000)
            await day.reaches(lambda met=met: len(absences) > met + 3)
            last = day.simulator.world.updates.next_id - 1
            await pages_allowed(None)
            began = time.monotonic()
            await day.has_answered(last)
            waited.append(round(time.monotonic() - began, 3))
        await day.end()
        await day.nothing_is_lost_or_doubled()
        assert await day.doubled_sends() == 0
    assert set(absences) == {"database or disk is full"}
    is_whole(file_of(url))
    record_property("seconds to recover", waited)
    assert max(waited) < RECOVERY_SECONDS


async def test_a_commit_that_finds_no_room_on_the_disk_is_made_later(
    sqlite_databases: SqliteDatabases,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """SQLite writes its log at COMMIT; the bot's process may not make files longer."""
    url = sqlite_databases.fresh()
    log = file_of(url).with_name(file_of(url).name + "-wal")
    waited = []
    await db.connect(url)
    await build_bank()
    async with (
        Simulator(clock=SystemClock(), token="1:TEST") as simulator,
        bot_process(url, simulator, tmp_path / "log") as pid,
    ):
        day = Workday(simulator)
        day.begin()
        for _ in range(4):
            await day.goes_on(updates=12)
            longest = log.stat().st_size + 2048
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (longest, resource.RLIM_INFINITY))
            refused = failures(tmp_path / "log")
            await day.reader.says("/today")
            await day.reaches(lambda refused=refused: failures(tmp_path / "log") > refused + 2)
            last = day.simulator.world.updates.next_id - 1
            unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)
            began = time.monotonic()
            await day.has_answered(last)
            waited.append(round(time.monotonic() - began, 3))
        await day.end()
        await day.nothing_is_lost_or_doubled()
        assert await day.doubled_sends() == 0
    await db.disconnect()
    is_whole(file_of(url))
    record_property("seconds to recover", waited)
    assert max(waited) < RECOVERY_SECONDS


def failures(log: Path) -> int:
    return log.read_text().count("role_failed")


@contextlib.asynccontextmanager
async def bot_process(url: str, simulator: Simulator, log: Path) -> AsyncIterator[int]:
    """The bot in a process of its own; its id."""
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.process", url, simulator.api_base,
            simulator.file_base, stdout=asyncio.subprocess.PIPE, stderr=errors,
        )  # fmt: skip
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        yield process.pid
        process.terminate()
        await process.communicate()


async def test_a_file_in_other_hands_holds_everybody_up_and_nothing_more(
    sqlite_databases: SqliteDatabases,
    tmp_path: Path,
    absences: list[str],
    record_property: Callable[[str, object], None],
) -> None:
    url = sqlite_databases.fresh()
    waited = []
    async with working_day(url, tmp_path, seen_as=f"{url}?busy_timeout=200") as day:
        day.begin()
        for _ in range(3):
            await day.goes_on(updates=12)
            met = len(absences)
            async with held(file_of(url)):
                await day.reader.says("/today")
                await day.reaches(lambda met=met: len(absences) > met + 3)
                last = day.simulator.world.updates.next_id - 1
            began = time.monotonic()
            await day.has_answered(last)
            waited.append(round(time.monotonic() - began, 3))
        await day.end()
        await day.nothing_is_lost_or_doubled()
        assert await day.doubled_sends() == 0
    assert set(absences) == {"database is locked"}
    is_whole(file_of(url))
    record_property("seconds to recover", waited)
    assert max(waited) < RECOVERY_SECONDS


@contextlib.asynccontextmanager
async def held(file: Path) -> AsyncIterator[None]:
    """Another process has the file for as long as this lasts."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLD, str(file),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readline() == b"held\n"
    yield
    await process.communicate(b"\n")
