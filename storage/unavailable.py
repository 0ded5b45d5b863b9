"""Telling the database's absence from a fault of what was asked of it.

A server that was killed, is starting or full, a file that somebody else holds, a full disk: none
of it is the fault of the update that met it, so it must cost the update no attempt.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Iterator

#: whatever a server's client can raise
SERVER_ERRORS = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
)
_SERVER_IS_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.DiskFullError,
    asyncpg.TooManyConnectionsError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.PostgresIOError,
)
#: the client has one kind of error for a wrong argument and for a connection that broke under it
_CONNECTION_IS_GONE = ("closed", "released back to the pool", "another operation (")
_FILE_IS_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)


class UnavailableError(Exception):
    """The database could not be asked, or did not say whether it did what it was asked."""


def unavailable(error: BaseException) -> bool:
    """Whether an error, or what led to it, is that the database is away."""
    return any(_is_absence(cause) for cause in _with_causes(error))


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _is_absence(error: BaseException) -> bool:
    if isinstance(error, (UnavailableError, *_SERVER_IS_AWAY)):
        return True
    if isinstance(error, (asyncpg.InterfaceError, asyncpg.InternalClientError)):
        return any(words in str(error) for words in _CONNECTION_IS_GONE)
    if isinstance(error, sqlite3.Error):
        # The low byte is the kind, the others say more of it.
        return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in _FILE_IS_AWAY
    return False
