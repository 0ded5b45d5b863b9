"""What this process serves besides Telegram: the API and the metrics, each at its own address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.settings import address
from core.api.listening import listen
from core.api.server import Api
from storage.files import FileStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AsyncExitStack

    from aiohttp import web

    from bot.metrics import Metrics
    from bot.settings import Settings
    from core.clock import Clock

log = structlog.get_logger(__name__)


class Serving:
    """Nothing listens where no address was set."""

    def __init__(
        self, settings: Settings, clock: Clock, metrics: Metrics, *, changed: Callable[[], None]
    ) -> None:
        self._settings, self._metrics = settings, metrics
        self._api = Api(
            clock,
            per_minute=settings.api_requests_per_minute,
            files=FileStore(settings.data_dir / "files"),
            committed=changed,
            measured=metrics.requested,
        )
        #: the ports that were taken, by what is served there
        self.ports: dict[str, int] = {}

    async def start(self, stack: AsyncExitStack) -> None:
        """Listen where the settings say; the stack stops it again."""
        settings = self._settings
        if "api" in settings.roles and settings.api_address:
            await self._serve("api", self._api.application(), settings.api_address, stack)
        if settings.metrics_address:
            await self._serve(
                "metrics", self._metrics.application(), settings.metrics_address, stack
            )

    async def _serve(
        self, name: str, app: web.Application, where: str, stack: AsyncExitStack
    ) -> None:
        runner, port = await listen(app, *address(where))
        stack.push_async_callback(runner.cleanup)
        self.ports[name] = port
        log.info("serving", what=name, port=port)
