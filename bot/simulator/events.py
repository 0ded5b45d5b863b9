"""The page's WebSocket: every open page hears of changes; the bot's work never waits for it.

Changes of one chat that were not sent yet are told once; a page that does not keep up is cut off
and will fetch everything when it comes back.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, web

from .signals import Signal

if TYPE_CHECKING:
    from .state import Json
    from .world import World

MOST_WAITING = 2_000


class _Listener:
    """One open page: what it has still to be told."""

    def __init__(self) -> None:
        self.waiting: deque[str] = deque()
        self.news = Signal()
        self.overrun = False
        self._told: set[str] = set()

    def tell(self, event: Json) -> None:
        text = json.dumps(event, ensure_ascii=False)
        if text in self._told and event["type"] in ("chat", "phones", "typing"):
            return
        if len(self.waiting) >= MOST_WAITING:
            self.overrun = True
        else:
            self.waiting.append(text)
            self._told.add(text)
        self.news.fire()

    def next(self) -> str:
        text = self.waiting.popleft()
        self._told.discard(text)
        return text


class Events:
    """All open pages."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sockets: set[web.WebSocketResponse] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One page's connection, for as long as it stays open."""
        socket = web.WebSocketResponse(heartbeat=30.0, max_msg_size=1024)
        await socket.prepare(request)
        listener = _Listener()
        self._world.listeners.append(listener.tell)
        self._sockets.add(socket)
        sender = asyncio.get_running_loop().create_task(_pass_on(listener, socket))
        try:
            async for _ in socket:
                pass  # The page only listens; what it says is not read.
        finally:
            self._world.listeners.remove(listener.tell)
            self._sockets.discard(socket)
            sender.cancel()
            await asyncio.wait([sender])
        return socket

    async def close(self) -> None:
        """Say goodbye to every page."""
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)


async def _pass_on(listener: _Listener, socket: web.WebSocketResponse) -> None:
    while not socket.closed:
        while listener.waiting and not listener.overrun:
            try:
                await socket.send_str(listener.next())
            except ConnectionError:
                return
        if listener.overrun:
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)
            return
        await listener.news.wait()
