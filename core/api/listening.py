"""Listens at an address; even what is no HTTP is answered with a problem document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from core.api import problems
from core.clock import new_token
from core.i18n import DEFAULT_LOCALE

if TYPE_CHECKING:
    from aiohttp.web_request import BaseRequest

log = structlog.get_logger(__name__)
#: seconds that requests under way are given when the process stops
GRACE = 5.0


class _Protocol(RequestHandler):
    """The server's own protocol, except for what it says of requests that it can't read."""

    def handle_error(
        self,
        request: BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - may quote what was sent
    ) -> web.StreamResponse:
        """Answer what never became a request: nonsense, too many headers, too long a line.

        Raises:
            ConnectionError: if an answer had begun; the connection is of no use any more.
        """
        log.info("not_read", status=status, error=type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError("an answer had begun already")
        response = problems.answer(
            problems.of_status(status), DEFAULT_LOCALE, f"urn:roundsman:request:{new_token(9)}"
        )
        response.force_close()
        return response


class _Server(web.Server):
    def __call__(self) -> RequestHandler:
        return _Protocol(self, loop=self._loop, **self._kwargs)


class _Runner(web.AppRunner):
    async def _make_server(self) -> web.Server:
        server: Any = await super()._make_server()
        server.__class__ = _Server  # the library has no other way to another protocol
        return server  # type: ignore[no-any-return]


async def listen(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Serve an application; returns what stops it (`cleanup`) and the port that was taken."""
    runner = _Runner(app, access_log=None, handle_signals=False, shutdown_timeout=GRACE)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
    except BaseException:
        await runner.cleanup()
        raise
    return runner, runner.addresses[0][1]
