"""The HTTP face of the Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

Unwraps the request, lets a fault strike, carries the call out, and writes down every request and
every rule that the bot broke. Answers are turned into JSON once.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .call import Call, read_call
from .errors import ApiError, forbidden, too_many
from .faults import FaultKind
from .methods import dispatch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .faults import Fault, Faults
    from .state import Json
    from .webhooks import Webhook
    from .world import World

KEPT_REQUESTS = 10_000
KEPT_VIOLATIONS = 1_000


@dataclass(frozen=True, slots=True)
class Request:
    """One request of the bot and what came of it."""

    method: str
    chat_id: int | None
    params: Mapping[str, Any]
    uploads: tuple[str, ...]
    code: int
    description: str
    fault: str | None
    at: int
    message_id: int | None = None

    @property
    def ok(self) -> bool:
        """Whether Telegram did what it was asked to."""
        return self.code == 200


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of Telegram that the bot broke. Code 0: tolerated by Telegram, but a mistake."""

    method: str
    chat_id: int | None
    code: int
    description: str
    params: Mapping[str, Any] = field(repr=False)


class BotApi:
    """The server side of every call that the bot makes."""

    def __init__(self, world: World, webhook: Webhook, faults: Faults) -> None:
        self._world = world
        self._webhook = webhook
        self._faults = faults
        self.requests: deque[Request] = deque(maxlen=KEPT_REQUESTS)
        self.violations: list[Violation] = []
        self.listeners: list[Callable[[Request], None]] = []
        self.in_flight = 0
        self.served = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One HTTP request to `/bot<token>/<method>`."""
        token = request.match_info["token"]
        name = request.match_info["method"]
        try:
            if token != self._world.token:
                raise ApiError(401, "Unauthorized") if ":" in token else ApiError(404, "Not Found")
            call = await _read(name, request)
        except ApiError as error:
            self._note(Call(name, {}), error, None)
            return _refusal(error)
        self.in_flight += 1
        try:
            fault = self._faults.take(call)
            if fault is not None:
                return await self._struck(fault, call, request)
            return await self._carry_out(call, None, request)
        finally:
            self.in_flight -= 1

    async def execute(self, wanted: Json) -> None:
        """Carry out the call that came in the body of a webhook's answer."""
        params = {key: value for key, value in wanted.items() if key != "method"}
        await self._carry_out(Call(str(wanted["method"]), params), None)

    async def _carry_out(
        self, call: Call, fault: Fault | None, request: web.Request | None = None
    ) -> web.Response:
        try:
            result = await dispatch(self._world, self._webhook, call)
        except ApiError as error:
            if error.code == 409 and request is not None and _is_gone(request):
                # The poll of a bot that has died meanwhile conflicts with nobody.
                error.innocent = True
            self._note(call, error, fault)
            return _refusal(error)
        self._note(call, None, fault, result)
        if isinstance(result, bytes):
            body = b'{"ok":true,"result":' + result + b"}"
        else:
            body = json.dumps({"ok": True, "result": result}, ensure_ascii=False).encode()
        return web.Response(body=body, content_type="application/json")

    async def _struck(self, fault: Fault, call: Call, request: web.Request) -> web.StreamResponse:
        kind = fault.kind
        if kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
            return await self._carry_out(call, fault)
        if fault.executed:
            await self._carry_out(call, fault)
        if kind is FaultKind.TOO_MANY:
            return self._faulty(call, fault, too_many(int(fault.seconds)))
        if kind is FaultKind.FORBIDDEN:
            return self._faulty(call, fault, forbidden("bot was blocked by the user"))
        if kind is FaultKind.SERVER_ERROR:
            return self._faulty(call, fault, ApiError(500, "Internal Server Error"))
        if not fault.executed:
            self._note(call, ApiError(0, kind.value), fault)
        if kind is FaultKind.NONSENSE:
            return web.Response(text="<html><h1>502 Bad Gateway</h1></html>")
        if kind is FaultKind.TIME_OUT:
            await self._faults.hang()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _faulty(self, call: Call, fault: Fault, error: ApiError) -> web.Response:
        if not fault.executed:
            self._note(call, error, fault)
        return _refusal(error)

    def _note(
        self, call: Call, error: ApiError | None, fault: Fault | None, result: object = None
    ) -> None:
        self.served += 1
        chat_id = call.chat_id
        code = 200 if error is None else error.code
        description = "" if error is None else error.description
        message_id = result.get("message_id") if isinstance(result, dict) else None
        request = Request(
            call.method,
            chat_id,
            call.params,
            tuple(upload.name for upload in call.uploads.values()),
            code,
            description,
            None if fault is None else fault.kind.value,
            self._world.now(),
            message_id,
        )
        self.requests.append(request)
        for listener in self.listeners:
            listener(request)
        if error is not None and not error.innocent and (fault is None or code not in _FAULTY):
            self._break(Violation(call.method, chat_id, code, description, call.params))
        for remark in call.remarks:
            self._break(Violation(call.method, chat_id, 0, remark, call.params))

    def _break(self, violation: Violation) -> None:
        if len(self.violations) < KEPT_VIOLATIONS:
            self.violations.append(violation)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """`/file/bot<token>/<path>`: the bytes of a file that `getFile` announced."""
        if request.match_info["token"] != self._world.token:
            return _refusal(ApiError(401, "Unauthorized"))
        file = self._world.files.by_path(request.match_info["path"])
        if file is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=file.data, content_type="application/octet-stream")


def _is_gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


async def _read(name: str, request: web.Request) -> Call:
    try:
        return await read_call(name, request)
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None


# Codes that a fault itself gives; a fault that only slows a call down excuses nothing else.
_FAULTY = frozenset({0, 429, 403, 500})


def _refusal(error: ApiError) -> web.Response:
    body: Json = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": error.retry_after}
    return web.json_response(body, status=error.code)
