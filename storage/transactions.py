"""Transactions that leave nothing behind when the database goes away under them.

The library's own contexts keep a dead connection as the task's own for ever when BEGIN fails, so
that a task which tries again never gets through. Put in place of them here: SQLite's begin
IMMEDIATE besides (a deferred one that reads first and writes later fails under a second process,
measured), and what ended them is told as `UnavailableError` where it was the database's absence.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import Any, cast

import aiosqlite
import asyncpg
from tortoise.backends.asyncpg import client as postgres_client
from tortoise.backends.base.client import TransactionContextPooled
from tortoise.backends.sqlite import client as sqlite_client
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

from storage.straight import StraightConnection, dictionaries
from storage.unavailable import SERVER_ERRORS, UnavailableError, unavailable

#: by the database's file
_readers: dict[str, sqlite3.Connection] = {}


class _ImmediateTransaction(sqlite_client.SqliteTransactionContext):
    """A SQLite transaction that takes the write lock at once, and leaves nothing behind.

    The library's own context keeps its in-process lock, and itself as the task's connection, for
    ever when BEGIN fails (another process held the file for longer than busy_timeout); and it
    leaves a transaction open whose COMMIT failed.
    """

    __slots__ = ()

    async def __aenter__(self) -> Any:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self.connection.begin()
        except BaseException as error:
            await self._undo()
            self._trxlock.release()
            if unavailable(error):
                raise UnavailableError(str(error)) from error
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        return self.connection

    async def __aexit__(self, _: object, error: BaseException | None, __: object) -> None:
        try:
            if error is None:
                # The engine may have rolled back by itself; the driver's commit would not say so.
                if not self.connection._connection.in_transaction:  # noqa: SLF001 - the driver's
                    raise UnavailableError("the transaction was rolled back")
                await self.connection.commit()
            else:
                await self._undo()
                if unavailable(error):
                    raise UnavailableError(str(error)) from error
        except sqlite3.Error as failure:
            await self._undo()
            if unavailable(failure):
                raise UnavailableError(str(failure)) from failure
            raise
        finally:
            get_connections().reset(self.token)
            self._trxlock.release()

    async def _undo(self) -> None:
        driver = self.connection._connection  # noqa: SLF001 - as above
        if driver is not None:
            with contextlib.suppress(sqlite3.Error):
                await driver.rollback()


class _PooledTransaction(TransactionContextPooled):
    """A PostgreSQL transaction that leaves nothing behind when the server goes away.

    The library's own context keeps its dead connection as the task's own for ever when BEGIN
    fails, or when the connection can't be given back.
    """

    __slots__ = ()

    async def __aenter__(self) -> Any:
        try:
            await self.ensure_connection()
            self.client._connection = await self._pool.acquire()  # noqa: SLF001 - as the library does it
        except (*SERVER_ERRORS, TimeoutError) as error:
            raise UnavailableError(str(error)) from error
        try:
            await self.client.begin()
        except BaseException as error:
            await self._give_back()
            if isinstance(error, SERVER_ERRORS):
                raise UnavailableError(str(error)) from error
            raise
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def __aexit__(self, _: object, error: BaseException | None, __: object) -> None:
        try:
            if error is None:
                await self.client.commit()
            elif not self._lost():
                await self.client.rollback()
            if error is not None and (self._lost() or unavailable(error)):
                raise UnavailableError(str(error)) from error
        except SERVER_ERRORS as failure:
            if self._lost() or unavailable(failure):
                raise UnavailableError(str(failure)) from failure
            raise
        finally:
            get_connections().reset(self.token)
            await self._give_back()

    @property
    def _pool(self) -> Any:
        return self.client._parent._pool  # noqa: SLF001 - as above

    def _lost(self) -> bool:
        try:
            return bool(self.client._connection.is_closed())  # noqa: SLF001 - as above
        except asyncpg.InterfaceError:  # the pool has taken it back, because it was closed
            return True

    async def _give_back(self) -> None:
        """What can't be reset, the pool closes; the transaction has ended one way or the other."""
        if self._pool is not None:
            with contextlib.suppress(*SERVER_ERRORS):
                await self._pool.release(self.client._connection)  # noqa: SLF001 - as above


async def _open(self: sqlite_client.SqliteClient, with_db: bool) -> None:  # noqa: ARG001, FBT001 - the library's signature
    """The library's `create_connection`, but usable from the loop's thread as well."""
    if self._connection is not None:
        return
    driver = await aiosqlite.connect(self.filename, isolation_level=None, check_same_thread=False)
    driver.row_factory = sqlite3.Row
    for pragma, value in self.pragmas.items():
        await driver.execute(f"PRAGMA {pragma}={value}")
    self._connection = driver


def run_straight(
    client: sqlite_client.SqliteTransactionWrapper, sql: str, values: tuple[Any, ...]
) -> list[dict[str, Any]]:
    """Run a statement of a transaction and give its rows; the library's way takes twice as long.

    Raises:
        IntegrityError, OperationalError: as the library's own statements do.
    """
    straight = cast("StraightConnection", client._connection)  # noqa: SLF001 - see `_begin_immediate`
    try:
        return straight.fetch(sql, values)
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error


async def run_apart(
    client: sqlite_client.SqliteTransactionWrapper, sql: str, values: tuple[Any, ...]
) -> None:
    """Run one long statement of a transaction on the driver's thread.

    Raises:
        IntegrityError, OperationalError: as the library's own statements do.
    """
    straight = cast("StraightConnection", client._connection)  # noqa: SLF001 - as above
    try:
        await straight.apart(sql, values)
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error


def read_straight(
    client: sqlite_client.SqliteClient, sql: str, values: tuple[Any, ...]
) -> list[dict[str, Any]]:
    """Read a few rows on the loop's thread, by a connection of its own that can't write.

    Raises:
        OperationalError: as the library's own reads do.
    """
    reader = _readers.get(client.filename)
    try:
        if reader is None:
            reader = sqlite3.connect(client.filename, timeout=1, isolation_level=None)
            reader.execute("PRAGMA query_only = ON")
            reader.execute("PRAGMA cache_size = -16000")
            _readers[client.filename] = reader
        return dictionaries(reader.cursor(), sql, values)
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error


def close_readers() -> None:
    """Close the connections of `read_straight`."""
    while _readers:
        _readers.popitem()[1].close()


async def _begin_immediate(self: sqlite_client.SqliteTransactionWrapper) -> None:
    straight = StraightConnection(self._connection)
    try:
        await straight.begin()
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error
    self._connection = straight  # type: ignore[assignment]  # it does what is asked of it here


def _in_transaction(self: sqlite_client.SqliteClient) -> Any:
    return _ImmediateTransaction(sqlite_client.SqliteTransactionWrapper(self), self._lock)


def _in_pooled_transaction(self: postgres_client.AsyncpgDBClient) -> Any:
    return _PooledTransaction(postgres_client.TransactionWrapper(self), self._pool_init_lock)


def install() -> None:
    """Have the library open our transactions; it offers no hook for it."""
    sqlite_client.SqliteClient.create_connection = _open  # type: ignore[method-assign]
    sqlite_client.SqliteTransactionWrapper.begin = _begin_immediate  # type: ignore[method-assign]
    sqlite_client.SqliteClient._in_transaction = _in_transaction  # type: ignore[method-assign]  # noqa: SLF001 - the library offers no hook for its transaction mode
    postgres_client.AsyncpgDBClient._in_transaction = _in_pooled_transaction  # type: ignore[method-assign]  # noqa: SLF001 - as above
