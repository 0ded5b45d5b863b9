"""Connections and transactions on both engines.

SQLite is opened in WAL mode with synchronous=FULL, because what was acknowledged must survive a
power cut, and every transaction begins IMMEDIATE: a deferred one that reads first and writes later
fails under a second process (measured). PostgreSQL is taken as it is. Hand-written SQL uses `$1`,
`$2`, … on both engines and goes through `rows` and `execute`.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.backends.sqlite import client as sqlite_client
from tortoise.exceptions import OperationalError
from tortoise.transactions import in_transaction

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tortoise.backends.base.client import BaseDBAsyncClient

Dialect = Literal["sqlite", "postgres"]
_PLACEHOLDER = re.compile(r"\$(\d+)")
_SQLITE_PRAGMAS = {"busy_timeout": "10000", "synchronous": "FULL", "cache_size": "-32000"}


class _ImmediateTransaction(sqlite_client.SqliteTransactionContext):
    """A SQLite transaction that takes the write lock at once.

    The library's own context keeps its in-process lock for ever when BEGIN itself fails (another
    process held the file for longer than busy_timeout); this one lets go.
    """

    __slots__ = ()

    async def __aenter__(self) -> Any:
        try:
            return await super().__aenter__()
        except BaseException:
            if self._trxlock.locked():
                self._trxlock.release()
            raise


async def _begin_immediate(self: sqlite_client.SqliteTransactionWrapper) -> None:
    try:
        await self._connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error


def _in_transaction(self: sqlite_client.SqliteClient) -> Any:
    return _ImmediateTransaction(sqlite_client.SqliteTransactionWrapper(self), self._lock)


sqlite_client.SqliteTransactionWrapper.begin = _begin_immediate  # type: ignore[method-assign]
sqlite_client.SqliteClient._in_transaction = _in_transaction  # type: ignore[method-assign]  # noqa: SLF001 - the library offers no hook for its transaction mode


def tortoise_url(url: str, *, migrating: bool = False) -> str:
    """The address in the library's own form, with our pragmas.

    `sqlite:///data/roundsman.db` (or a bare path) and `postgresql://…` are accepted. While
    migrating, SQLite's foreign keys are off: the library rebuilds tables by DROP, which would
    cascade and empty the children (measured; see docs/adr).
    """
    if "://" not in url:
        url = f"sqlite://{url}"
    parts = urlsplit(url)
    if parts.scheme.startswith("postgres"):
        return urlunsplit(parts._replace(scheme="postgres"))
    query = {**_SQLITE_PRAGMAS, **dict(parse_qsl(parts.query))}
    if migrating:
        query["foreign_keys"] = "OFF"
    path = parts.netloc + parts.path
    return f"sqlite://{path}?{urlencode(query)}"


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None for a server's."""
    if url.startswith("postgres"):
        return None
    return Path((url.partition("://")[2] or url).partition("?")[0])


def config(url: str, *, migrating: bool = False) -> dict[str, Any]:
    """The library's configuration for our one app."""
    return {
        "connections": {"default": tortoise_url(url, migrating=migrating)},
        "apps": {
            "storage": {
                "models": ["storage.models"],
                "default_connection": "default",
                "migrations": "storage.migrations",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def connect(url: str) -> None:
    """Open the database for this process."""
    EXECUTOR_CACHE.clear()  # it would keep the other dialect's INSERTs in one process
    await Tortoise.init(config=config(url), _enable_global_fallback=True)


async def disconnect() -> None:
    """Close every connection of this process."""
    await Tortoise.close_connections()


def connection() -> BaseDBAsyncClient:
    """The connection of the running transaction, or the plain one outside of any."""
    return Tortoise.get_connection("default")


def dialect() -> Dialect:
    """Which engine is open."""
    return "sqlite" if connection().capabilities.dialect == "sqlite" else "postgres"


@asynccontextmanager
async def transaction() -> AsyncIterator[BaseDBAsyncClient]:
    """One transaction; nested, a savepoint. Never await the network inside it."""
    async with in_transaction("default") as inner:
        yield inner


async def rows(sql: str, *args: Any) -> list[dict[str, Any]]:
    """The rows that a statement gives, as dictionaries."""
    client = connection()
    if client.capabilities.dialect == "sqlite":
        sql, args = _positional(sql, args)
    found = await client.execute_query_dict(sql, list(args))
    return [dict(row) for row in found]


async def execute(sql: str, *args: Any) -> int:
    """Run an UPDATE or DELETE and tell how many rows it touched.

    PostgreSQL's driver counts no INSERTs; ask those for their rows with RETURNING.
    """
    client = connection()
    if client.capabilities.dialect == "sqlite":
        sql, args = _positional(sql, args)
    count, _ = await client.execute_query(sql, list(args))
    return int(count)


def _positional(sql: str, args: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    text, order = _question_marks(sql)
    return text, tuple(args[index] for index in order)


@lru_cache(maxsize=512)
def _question_marks(sql: str) -> tuple[str, tuple[int, ...]]:
    order = tuple(int(number) - 1 for number in _PLACEHOLDER.findall(sql))
    return _PLACEHOLDER.sub("?", sql), order
