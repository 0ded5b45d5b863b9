"""The wire between the bot and PostgreSQL, which can be cut at a moment of the test's choosing.

It reads PostgreSQL's own messages, so that it can be cut before a statement reaches the server, or
after the server has done it and before the bot hears so: a commit of which nobody knows.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

#: of the bot: a simple query and an execution; of the server: ready for the next
QUERY, EXECUTE, READY = b"Q", b"E", b"Z"


class Wire:
    """A socket before the server's. `cut_before` and `cut_after` say which messages break it."""

    def __init__(self, server: str) -> None:
        self._head, _, folder = server.partition("?host=")
        self._server = f"{folder}/.s.PGSQL.5432"
        self._folder = tempfile.mkdtemp(prefix="rm-wire-")
        self._listener: asyncio.Server | None = None
        self.url = f"{self._head}?host={self._folder}"
        self.cut_before: Callable[[bytes, bytes], bool] = never
        self.cut_after: Callable[[bytes, bytes], bool] = never
        self.cuts = 0

    async def __aenter__(self) -> Self:
        path = Path(self._folder) / ".s.PGSQL.5432"
        self._listener = await asyncio.start_unix_server(self._connected, path)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listener is not None
        self._listener.close()
        await asyncio.to_thread(shutil.rmtree, self._folder)

    async def _connected(self, bot: asyncio.StreamReader, to_bot: asyncio.StreamWriter) -> None:
        try:
            server, to_server = await asyncio.open_unix_connection(self._server)
        except OSError:
            to_bot.close()
            return
        line = _Line(self, bot, to_bot, server, to_server)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await line.run()
        for writer in (to_bot, to_server):
            writer.close()


class _Line:
    """One connection through the wire."""

    def __init__(
        self,
        wire: Wire,
        bot: asyncio.StreamReader,
        to_bot: asyncio.StreamWriter,
        server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
    ) -> None:
        self._wire = wire
        self._bot, self._to_bot, self._server, self._to_server = bot, to_bot, server, to_server
        self._doomed = False

    async def run(self) -> None:
        """Carry messages both ways until one side or the wire is done."""
        length = int.from_bytes(start := await self._bot.readexactly(4))
        self._to_server.write(start + await self._bot.readexactly(length - 4))
        both = [asyncio.create_task(self._asks()), asyncio.create_task(self._answers())]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    async def _asks(self) -> None:
        while True:
            kind, body = await _message(self._bot)
            if self._wire.cut_before(kind, body):
                self._wire.cuts += 1
                return
            if self._wire.cut_after(kind, body):
                self._wire.cuts += 1
                self._doomed = True
            self._to_server.write(kind + _length(body) + body)
            await self._to_server.drain()

    async def _answers(self) -> None:
        while True:
            kind, body = await _message(self._server)
            if self._doomed:
                if kind == READY:
                    return
                continue
            self._to_bot.write(kind + _length(body) + body)
            await self._to_bot.drain()


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    kind = await reader.readexactly(1)
    return kind, await reader.readexactly(int.from_bytes(await reader.readexactly(4)) - 4)


def _length(body: bytes) -> bytes:
    return (len(body) + 4).to_bytes(4)


def never(kind: bytes, body: bytes) -> bool:
    """Cut nothing."""
    return False


def commit(kind: bytes, body: bytes) -> bool:
    """What ends a transaction."""
    return kind == QUERY and body.startswith(b"COMMIT")


def every(number: int, which: Callable[[bytes, bytes], bool]) -> Callable[[bytes, bytes], bool]:
    """Each so-manieth of these messages."""
    seen = 0

    def counted(kind: bytes, body: bytes) -> bool:
        nonlocal seen
        seen += which(kind, body)
        return which(kind, body) and seen % number == 0

    return counted


def statement(kind: bytes, body: bytes) -> bool:
    """Whatever does something: BEGIN, COMMIT, ROLLBACK, and every prepared statement."""
    return kind in {QUERY, EXECUTE}
