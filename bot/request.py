"""The Bot API client's HTTP on aiohttp: one session, kept-alive connections.

The library's default back end costs more than the rest of the update's way and slows down with
concurrency (measured in docs/adr/0009); `BaseRequest` is its public extension point.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Bot
    from telegram._utils.types import ODVInput

TIMEOUT = 15.0
_JSON = {"Content-Type": "application/json"}


class PlainData:
    """A call's arguments as plain values, where the library passes its own `RequestData` on.

    One that is None is left out.
    """

    contains_files = False

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        given = {name: value for name, value in arguments.items() if value is not None}
        self.body = json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode()


class Upload:
    """A call's arguments with one file, which goes beside them."""

    contains_files = True

    def __init__(self, arguments: Mapping[str, Any], field: str, name: str, file: bytes) -> None:
        self.arguments = {
            key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for key, value in arguments.items()
            if value is not None
        }
        self.field, self.name, self.file = field, name, file


async def upload(
    bot: Bot, method: str, arguments: Mapping[str, Any], *, field: str, name: str, file: bytes
) -> Any:
    """Call a method of the Bot API with a file in one of its fields; its result as it came.

    Raises:
        TelegramError: as the library's own methods do.
    """
    data: Any = Upload(arguments, field, name, file)
    return await bot.request.post(f"{bot.base_url}/{method}", data)


async def call(bot: Bot, method: str, arguments: Mapping[str, Any]) -> Any:
    """Call a method of the Bot API by its own name; returns its result as it came.

    Raises:
        TelegramError: as the library's own methods do.
    """
    data: Any = PlainData(arguments)
    return await bot.request.post(f"{bot.base_url}/{method}", data)


class AiohttpRequest(BaseRequest):
    """`BaseRequest` on one `aiohttp.ClientSession`."""

    def __init__(self, *, connections: int = 32, timeout: float = TIMEOUT) -> None:
        self._connections = connections
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer, which long polling adds to."""
        return self._timeout

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections)
            )

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | PlainData | Upload | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request; returns the status and the body.

        Raises:
            TimedOut: if no answer came in time.
            NetworkError: if the connection failed.
        """
        del write_timeout, connect_timeout, pool_timeout
        assert self._session is not None
        seconds = read_timeout if isinstance(read_timeout, (int, float)) else self._timeout
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                headers=_JSON if isinstance(request_data, PlainData) else None,
                timeout=aiohttp.ClientTimeout(total=seconds),
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error


def _body(data: RequestData | PlainData | Upload | None) -> Any:
    if data is None:
        return None
    if isinstance(data, Upload):
        form = aiohttp.FormData(data.arguments)
        form.add_field(data.field, data.file, filename=data.name)
        return form
    if isinstance(data, PlainData):
        return data.body
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(
            name,
            io.BytesIO(content) if isinstance(content, bytes) else content,
            filename=filename,
            content_type=mime,
        )
    return form
