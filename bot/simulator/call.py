"""One request to the Bot API, whatever it was wrapped in: query string, form, multipart or JSON.

`read_call` undoes the wrapping; `Call` reads parameters with Telegram's tolerance, where the
number 5 may come as 5 or "5" and an object as itself or as JSON text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader

from .errors import bad_request

if TYPE_CHECKING:
    from aiohttp import web

    from .state import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(slots=True)
class Call:
    """A method, its parameters and files; `remarks` collects what Telegram tolerates."""

    method: str
    params: Json
    uploads: dict[str, Upload] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        """A string parameter."""
        value = self.params.get(name)
        return default if value is None else value if isinstance(value, str) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; Telegram reads nonsense as the default."""
        value = self.params.get(name)
        if isinstance(value, int):
            return int(value)
        try:
            return int(value) if value else default
        except (TypeError, ValueError):
            return default

    def number(self, name: str) -> float | None:
        """A decimal number, or None if it is missing or not one."""
        value = self.params.get(name)
        try:
            return None if value in (None, "") else float(value)
        except (TypeError, ValueError):
            return None

    def flag(self, name: str) -> bool:
        """A boolean parameter."""
        value = self.params.get(name)
        if isinstance(value, str):
            return value.lower() in ("true", "yes", "1")
        return bool(value)

    def json(self, name: str, thing: str | None = None) -> Any:
        """An object or array, given as such or as JSON text.

        Raises:
            ApiError: the text is not JSON.
        """
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {thing or name} JSON object") from None

    @property
    def chat_id(self) -> int | None:
        """The chat that the call is about, if it says so as a number."""
        value = self.params.get("chat_id")
        if isinstance(value, int):
            return value
        if isinstance(value, str) and value.lstrip("-").isdecimal():
            return int(value)
        return None


async def read_call(method: str, request: web.Request) -> Call:
    """The call that an HTTP request stands for.

    Raises:
        ApiError: the body is not what its content type says.
    """
    params: Json = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if request.method == "GET" or not request.can_read_body:
        return Call(method, params)
    if kind == "multipart/form-data":
        return await _read_multipart(method, request, params)
    body = await request.read()
    if kind == "application/json":
        try:
            given = json.loads(body) if body else {}
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise bad_request("can't parse JSON object in the request body")
        params.update(given)
    elif body:
        try:
            params.update(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
    return Call(method, params)


async def _read_multipart(method: str, request: web.Request, params: Json) -> Call:
    uploads: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read())
        if part.filename is None:
            params[part.name] = data.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, mime, data)
    return Call(method, params, uploads)
