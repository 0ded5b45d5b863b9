"""A SQLite transaction's statements, run where they are awaited instead of on another thread.

The driver hands every statement to a thread and back: 0.16 ms each time, where the statement
itself takes 0.02 ms, and an update makes some thirty of them (docs/adr/0015). Inside a transaction
nobody else may use the connection, so nothing is gained by the thread. What can wait long does go
there: BEGIN while another process writes, COMMIT where the disk is slow; so do reads outside of
any transaction, but for single rows, which a connection of their own reads straight.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import aiosqlite


class CommitPace:
    """How long commits take on this disk, and so where they are made.

    On the loop's thread a commit holds everybody up; on the driver's it costs a millisecond more
    where other processes want the cores, which is three times the fsync of a good disk.
    """

    #: seconds; slower ones are made on the driver's thread
    LONGEST_ON_LOOP = 0.003
    _WEIGHT = 0.2

    def __init__(self) -> None:
        self._seconds = 0.0

    @property
    def quick(self) -> bool:
        """Whether a commit may be made on the loop's thread."""
        return self._seconds <= self.LONGEST_ON_LOOP

    def took(self, seconds: float) -> None:
        """A commit took so long, wherever it was made."""
        self._seconds += self._WEIGHT * (seconds - self._seconds)


_pace = CommitPace()


def dictionaries(cursor: sqlite3.Cursor, sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    """A statement's rows by the names of their columns; of two alike the last stays."""
    cursor.row_factory = None
    try:
        found = cursor.execute(sql, values).fetchall()
        if not found:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in found]
    finally:
        cursor.close()


async def _to_the_end(work: asyncio.Future[Any]) -> None:
    """Wait for work on the driver's thread; who is cancelled waits as well, and then ends."""
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await work
        raise


class StraightConnection:
    """The driver's connection during one transaction, as far as the ORM uses it there."""

    def __init__(self, driver: aiosqlite.Connection) -> None:
        self._driver = driver
        self._file = driver._conn  # noqa: SLF001 - the driver has no other way to its connection

    async def begin(self) -> None:
        """Take the write lock; waits on the driver's thread while somebody else has it."""
        timeout = self._file.execute("PRAGMA busy_timeout").fetchone()[0]
        try:
            self._file.execute("PRAGMA busy_timeout = 0")
            try:
                self._file.execute("BEGIN IMMEDIATE")
            finally:
                self._file.execute(f"PRAGMA busy_timeout = {timeout}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            await self._driver.execute("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        """Make it last, to the end even when we are cancelled."""
        began = time.perf_counter()
        try:
            await self._committed()
        finally:
            _pace.took(time.perf_counter() - began)

    async def _committed(self) -> None:
        if _pace.quick:
            self._file.commit()
            return
        committing = asyncio.ensure_future(self._driver.commit())
        await _to_the_end(committing)

    async def apart(self, sql: str, values: Sequence[Any]) -> None:
        """Run one long statement on the driver's thread, to the end even when we are cancelled.

        SQLite needs no lock of ours meanwhile, so the loop is free. Whoever calls this must leave
        the connection alone until it is done.
        """
        await _to_the_end(asyncio.ensure_future(self._driver.execute_fetchall(sql, values)))

    async def rollback(self) -> None:
        """Take everything back."""
        self._file.rollback()

    @property
    def in_transaction(self) -> bool:
        """Whether the transaction is still open."""
        return self._file.in_transaction

    @property
    def total_changes(self) -> int:
        """How many rows were changed since the connection was opened."""
        return self._file.total_changes

    def fetch(self, sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
        """Run a statement and return its rows as dictionaries."""
        return dictionaries(self._file.cursor(), sql, values)

    async def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run a statement whose rows nobody wants."""
        self._file.execute(sql, values).close()

    async def execute_insert(self, sql: str, values: Sequence[Any] = ()) -> tuple[int | None]:
        """Run an INSERT; returns the row's id."""
        return (self._file.execute(sql, values).lastrowid,)

    async def execute_fetchall(
        self, sql: str, values: Sequence[Any] | None = None
    ) -> list[sqlite3.Row]:
        """Run a statement and return its rows."""
        return self._file.execute(sql, values or ()).fetchall()

    async def executemany(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of several rows."""
        self._file.executemany(sql, values).close()

    async def executescript(self, sql: str) -> None:
        """Run several statements; the driver would end the transaction first."""
        self._file.executescript(sql)
