"""Lines of JSON, one after the other (NDJSON): as many as there are, none of them held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import structlog
from aiohttp import web

if TYPE_CHECKING:
    from pydantic import BaseModel

log = structlog.get_logger(__name__)
LINES = "application/x-ndjson"


class Lines:
    """An answer that is written line by line.

    Once it has begun there is no other status to tell a fault by. So a fault breaks the connection
    off, and the client sees that the answer is not whole.
    """

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self.response = web.StreamResponse(
            headers={"Content-Type": LINES, "Cache-Control": "no-store"}
        )

    async def __aenter__(self) -> Self:
        """Begin."""
        await self.response.prepare(self._request)
        return self

    async def write(self, *lines: BaseModel) -> None:
        """Write lines; waits while the client is slower than we are."""
        await self.response.write(b"".join(_line(line) for line in lines))

    def break_off(self) -> None:
        """End it so that nobody takes it for whole."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> bool:
        """End it; what was raised in the middle is logged here, as nobody else can tell it."""
        if not isinstance(error, Exception):
            return False
        self.break_off()
        if not isinstance(error, ConnectionResetError):
            log.error("stream_failed", path=self._request.path, exc_info=error)
        return True


def _line(line: BaseModel) -> bytes:
    return line.model_dump_json().encode() + b"\n"
