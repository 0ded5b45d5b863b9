"""Connections and transactions on both engines.

SQLite is opened in WAL mode with synchronous=FULL, because what was acknowledged must survive a
power cut, and every transaction begins IMMEDIATE: a deferred one that reads first and writes later
fails under a second process (measured). PostgreSQL is taken as it is. Hand-written SQL uses `$1`,
`$2`, … on both engines and goes through `rows` and `execute`.
"""

from __future__ import annotations

import re
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg
from tortoise import Tortoise
from tortoise.backends.base.client import TransactionalDBClient
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionWrapper
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.transactions import in_transaction

from storage import transactions
from storage.unavailable import SERVER_ERRORS, UnavailableError, unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from tortoise.backends.base.client import BaseDBAsyncClient

Dialect = Literal["sqlite", "postgres"]
_PLACEHOLDER = re.compile(r"\$(\d+)")
#: The library cuts the log off after each checkpoint, and while it grows again each commit waits
#: for the file's new size as well (benchmarks/results.md); so it stays, to be overwritten.
_SQLITE_PRAGMAS = {
    "busy_timeout": "10000", "synchronous": "FULL", "cache_size": "-32000",
    "journal_size_limit": str(64 << 20), "wal_autocheckpoint": "4000",
}  # fmt: skip
#: the running transaction's; the ORM's own way to it takes longer than many a statement
_current: ContextVar[BaseDBAsyncClient | None] = ContextVar("connection", default=None)
transactions.install()


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
    transactions.close_readers()
    await Tortoise.close_connections()


def connection() -> BaseDBAsyncClient:
    """The connection of the running transaction, or the plain one outside of any."""
    return _current.get() or Tortoise.get_connection("default")


def dialect() -> Dialect:
    """Which engine is open."""
    return "sqlite" if connection().capabilities.dialect == "sqlite" else "postgres"


@asynccontextmanager
async def transaction() -> AsyncIterator[BaseDBAsyncClient]:
    """One transaction; nested, a savepoint. Never await the network inside it.

    Raises:
        UnavailableError: if the database went away. Whether the last statement was still done,
            COMMIT included, nobody knows then.
    """
    async with in_transaction("default") as inner:
        outer = _current.set(inner)
        try:
            yield inner
        finally:
            _current.reset(outer)


async def rows(sql: str, *args: Any) -> list[dict[str, Any]]:
    """The rows that a statement gives, as dictionaries."""
    client = connection()
    if isinstance(client, SqliteTransactionWrapper):
        sql, args = _positional(sql, args)
        try:
            return transactions.run_straight(client, sql, args)
        except OperationalError as error:
            if unavailable(error):
                raise UnavailableError(str(error)) from error
            raise
    if client.capabilities.dialect == "sqlite":
        sql, args = _positional(sql, args)
    with _absence_told():
        found = await client.execute_query_dict(sql, list(args))
    return [dict(row) for row in found]


async def long_statement(sql: str, *args: Any) -> None:
    """A statement of a transaction over thousands of rows, whose rows nobody wants.

    On SQLite the loop goes on with other things meanwhile, as it does with a server.
    """
    client = connection()
    if not isinstance(client, SqliteTransactionWrapper):
        await rows(sql, *args)
        return
    with _absence_told():
        await transactions.run_apart(client, *_positional(sql, args))


async def copy_in(table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    """Add rows to a server's table by COPY, which takes a third of the time of INSERTs.

    Raises:
        IntegrityError: as an INSERT does.
    """
    client = connection()
    with _absence_told():
        try:
            async with client.acquire_connection() as server:
                await server.copy_records_to_table(table, records=values, columns=list(columns))
        except asyncpg.IntegrityConstraintViolationError as error:
            raise IntegrityError(error) from error


async def lookup(sql: str, *args: Any) -> list[dict[str, Any]]:
    """The rows of a SELECT that an index leads to at once: a few, never a scan.

    On SQLite these are read where they are awaited, also outside of a transaction: to hand them to
    the driver's thread and back takes ten times as long (storage/straight.py).
    """
    client = connection()
    if not isinstance(client, SqliteClient) or isinstance(client, TransactionalDBClient):
        return await rows(sql, *args)
    sql, args = _positional(sql, args)
    with _absence_told():
        return transactions.read_straight(client, sql, args)


async def execute(sql: str, *args: Any) -> int:
    """Run an UPDATE or DELETE and tell how many rows it touched.

    PostgreSQL's driver counts no INSERTs; ask those for their rows with RETURNING.
    """
    client = connection()
    if client.capabilities.dialect == "sqlite":
        sql, args = _positional(sql, args)
    with _absence_told():
        count, _ = await client.execute_query(sql, list(args))
    return int(count)


Statement = tuple[str, tuple[Any, ...]]


def statement(sql: str, *args: Any) -> Statement:
    """A statement with its arguments, for `at_once`."""
    return sql, args


async def at_once(*statements: Statement) -> list[dict[str, Any]]:
    """Run statements that touch different rows, together or not at all; the last one's rows.

    A server is asked once, by one statement whose parts all see the state from before it; SQLite
    runs them one after the other in a transaction, the open one if there is one.
    """
    if not statements:
        return []
    if dialect() == "postgres":
        return await rows(*_composed(statements))
    if isinstance(connection(), TransactionalDBClient):
        return await _one_by_one(statements)
    async with transaction():
        return await _one_by_one(statements)


async def _one_by_one(statements: tuple[Statement, ...]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for sql, args in statements:
        found = await rows(sql, *args)
    return found


def _composed(statements: tuple[Statement, ...]) -> tuple[Any, ...]:
    args: list[Any] = []
    parts = []
    for sql, given in statements:
        parts.append(_renumbered(sql, len(args)))
        args += given
    *others, last = parts
    before = ", ".join(f"s{n} AS ({part})" for n, part in enumerate(others))
    return (f"WITH {before} {last}" if before else last, *args)


@lru_cache(maxsize=512)
def _renumbered(sql: str, by: int) -> str:
    return _PLACEHOLDER.sub(lambda found: f"${int(found[1]) + by}", sql) if by else sql


@contextmanager
def _absence_told() -> Iterator[None]:
    try:
        yield
    except (*SERVER_ERRORS, OperationalError) as error:
        # Nothing but the connection to the server fails with an OSError here.
        if isinstance(error, OSError) or unavailable(error):
            raise UnavailableError(str(error)) from error
        raise


def _positional(sql: str, args: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    text, order = _question_marks(sql)
    return text, tuple([args[index] for index in order])


@lru_cache(maxsize=512)
def _question_marks(sql: str) -> tuple[str, tuple[int, ...]]:
    order = tuple(int(number) - 1 for number in _PLACEHOLDER.findall(sql))
    return _PLACEHOLDER.sub("?", sql), order
