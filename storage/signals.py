"""Signals: processes on one server tell each other where there is something new.

Only hints: who misses one finds the row at the next look. They are sent after the commit, on their
own, because a NOTIFY inside a transaction makes all commits of the database wait for each other.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import asyncpg

from storage.db import rows
from storage.unavailable import SERVER_ERRORS, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_CHANNEL = "roundsman"
_LANE, _CHAT = "i", "o"
#: how often to look whether the server is still there, in seconds
_ALIVE = 30.0


class Signals:
    """One process's ear and voice; `name` is its own, without a space in it."""

    def __init__(self, url: str, name: str) -> None:
        self._url, self._name = url, name
        self._untold: dict[str, None] = {}
        self._news = asyncio.Event()

    def new_in_lanes(self, lanes: Iterable[str]) -> None:
        """Something new is to be handled in these lanes."""
        self._tell(f"{self._name} {_LANE} {lane}" for lane in lanes)

    def new_for_chat(self, chat_id: int | None) -> None:
        """Something new is to be delivered to this chat; with None, to some."""
        self._tell([f"{self._name} {_CHAT} {'' if chat_id is None else chat_id}"])

    def _tell(self, words: Iterable[str]) -> None:
        self._untold.update(dict.fromkeys(words))
        self._news.set()

    async def speak(self) -> None:
        """Tell the others what is new here, until cancelled.

        Raises:
            UnavailableError: if the database is away; what was to be told is found by looking.
        """
        while True:
            await self._news.wait()
            self._news.clear()
            words = list(self._untold)
            self._untold.clear()
            await rows(
                "SELECT pg_notify($1, word) FROM unnest($2::text[]) AS word", _CHANNEL, words
            )

    async def listen(
        self, lanes: Callable[[list[str]], None], chat: Callable[[int | None], None]
    ) -> None:
        """Pass on what the others tell, until cancelled.

        Raises:
            UnavailableError: if the database is away.
        """

        def heard(_connection: object, _pid: int, _channel: str, word: object) -> None:
            name, kind, what = str(word).split(" ", 2)
            if name == self._name:
                return
            if kind == _LANE:
                lanes([what])
            else:
                chat(int(what) if what else None)

        try:
            connection = await asyncpg.connect(self._url)
            cut = asyncio.Event()
            connection.add_termination_listener(lambda _: cut.set())
            try:
                await connection.add_listener(_CHANNEL, heard)
                while not cut.is_set():
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(_ALIVE):
                            await cut.wait()
                    await connection.execute("SELECT 1")
            finally:
                connection.terminate()
        except SERVER_ERRORS as error:
            raise UnavailableError(str(error)) from error
