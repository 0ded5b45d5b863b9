"""The page's HTTP interface: the phones, what a person does on one, the clock, files, `web/`.

Only the page itself may use it: requests under a foreign host name and those that another site's
page sends are refused. Errors are one sentence in `{"error": ...}`.
"""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import BodyPartReader, web

from core.clock import MovableClock

from .errors import ApiError, PhoneError
from .events import Events
from .pagejson import answer_json, chat_json, clock_json, inline_json, phone_json, state_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.clock import Clock

    from .phones import Phone
    from .simulator import Simulator
    from .state import Json

WEB = Path(__file__).parent / "web"
FIRST_STRANGER = 900_001
_SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg", "audio/mpeg")
_LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


class PageError(Exception):
    """A request of the page that cannot be met, with the sentence that says why."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


class Page:
    """The routes of the page and what they do."""

    def __init__(self, sim: Simulator) -> None:
        self._sim = sim
        self._events = Events(sim.world)
        self._actions: dict[str, Callable[[Phone, Json], Awaitable[object]]] = {
            "text": _text,
            "press": _press,
            "edit": _edit,
            "delete": _delete,
            "location": _location,
            "contact": _contact,
            "inline": _inline,
            "choose": _choose,
            "block": _block,
            "language": _language,
        }

    def add_routes(self, app: web.Application) -> None:
        """Hang the page's routes into the server."""
        router = app.router
        router.add_get("/", self._guarded(self._index))
        router.add_get("/web/{path:.+}", self._guarded(self._static))
        router.add_get("/sim/state", self._guarded(self._state))
        router.add_get("/sim/events", self._guarded(self._events.handle))
        router.add_get("/sim/files/{number:\\d+}", self._guarded(self._file))
        router.add_post("/sim/clock", self._guarded(self._clock))
        router.add_post("/sim/phones", self._guarded(self._add_phone))
        router.add_get("/sim/phones/{user_id:\\d+}", self._guarded(self._phone))
        router.add_post("/sim/phones/{user_id:\\d+}/file", self._guarded(self._send_file))
        router.add_post("/sim/phones/{user_id:\\d+}/{action}", self._guarded(self._act))

    async def close(self) -> None:
        """End every open page's connection."""
        await self._events.close()

    def move_clock(self, by: timedelta) -> datetime:
        """Move the clock forward and tell everybody.

        Raises:
            TypeError: the clock is not one that can be moved.
        """
        clock = self._sim.world.clock
        if not isinstance(clock, MovableClock):
            raise TypeError("this clock cannot be moved")
        moment = clock.advance(by)
        self._sim.world.tell({"type": "clock", "clock": clock_json(self._sim)})
        for hook in self._sim.clock_hooks:
            hook(moment)
        return moment

    # -- who may ask -----------------------------------------------------------------------------

    def _guarded(
        self, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                _check_origin(request)
                return await handler(request)
            except PageError as error:
                return web.json_response({"error": str(error)}, status=error.status)
            except PhoneError as error:
                return web.json_response({"error": str(error)}, status=409)
            except ApiError as error:
                return web.json_response({"error": error.description}, status=400)

        return guarded

    # -- reading ---------------------------------------------------------------------------------

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return _web_file("index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return _web_file(request.match_info["path"])

    async def _state(self, _request: web.Request) -> web.StreamResponse:
        clock = self._sim.world.clock
        return web.json_response(state_json(self._sim, running=_runs(clock)))

    async def _phone(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(chat_json(self._sim, self._asked(request)))

    def _asked(self, request: web.Request) -> Phone:
        user_id = int(request.match_info["user_id"])
        for phone in self._sim.phones():
            if phone.user_id == user_id:
                return phone
        raise PageError("there is no such phone", 404)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._sim.world.files.by_number(int(request.match_info["number"]))
        if file is None:
            raise PageError("there is no such file", 404)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if file.mime not in _SHOWN_INLINE:
            # What somebody uploaded must never run as a page of this origin.
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.data, content_type=file.mime, headers=headers)

    # -- acting ----------------------------------------------------------------------------------

    async def _act(self, request: web.Request) -> web.StreamResponse:
        phone = self._asked(request)
        action = self._actions.get(request.match_info["action"])
        if action is None:
            raise PageError("a phone cannot do that", 404)
        result = await action(phone, await _body(request))
        return web.json_response(result if isinstance(result, dict) else {"ok": True})

    async def _send_file(self, request: web.Request) -> web.StreamResponse:
        phone = self._asked(request)
        fields: dict[str, str] = {}
        data: bytes | None = None
        name, mime = "file.bin", "application/octet-stream"
        if not request.content_type.startswith("multipart/"):
            raise PageError("a file comes as multipart/form-data")
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            if part.filename is not None:
                data = bytes(await part.read())
                name = part.filename
                mime = part.headers.get("Content-Type", mime)
            elif part.name is not None:
                fields[part.name] = (await part.read()).decode()
        if not data:
            raise PageError("the request brings no file")
        caption = fields.get("caption")
        kind = fields.get("kind", "document")
        if kind == "photo":
            await phone.sends_photo(data, caption)
        elif kind == "voice":
            await phone.sends_voice(data, caption=caption)
        elif kind == "document":
            await phone.sends_document(data, name, caption, mime=mime)
        else:
            raise PageError("kind is photo, document or voice")
        return web.json_response({"ok": True})

    async def _add_phone(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        name = _string(body, "name").strip()
        if not name:
            raise PageError("a phone needs the name of its owner")
        user_id = max([FIRST_STRANGER - 1, *self._sim.world.users]) + 1
        phone = self._sim.phone(
            user_id,
            name,
            language_code=body.get("language_code") or "en",
            phone=body.get("phone") or None,
        )
        return web.json_response(phone_json(phone))

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        now = self._sim.world.clock.now().astimezone(self._sim.zone)
        if isinstance(body.get("to"), str):
            by = moment_after(now, body["to"]) - now
        else:
            seconds = body.get("seconds")
            if isinstance(seconds, bool) or not isinstance(seconds, int | float):
                raise PageError('say {"seconds": number} or {"to": "HH:MM"}')
            if not 0 <= seconds <= 10 * 366 * 86400:
                raise PageError("a clock moves forward only, ten years at most")
            by = timedelta(seconds=seconds)
        try:
            self.move_clock(by)
        except TypeError as error:
            raise PageError(str(error)) from error
        return web.json_response({"clock": clock_json(self._sim)})


def moment_after(now: datetime, words: str) -> datetime:
    """The moment after `now` that "tomorrow 08:30" or "08:30" means, in the zone of `now`.

    Raises:
        PageError: the words are neither.
    """
    day, _, clock = words.strip().rpartition(" ")
    try:
        at = time.fromisoformat(clock)
    except ValueError:
        raise PageError(f"{words!r} is no time such as 08:30") from None
    if day not in ("", "tomorrow") or at.tzinfo is not None:
        raise PageError(f"{words!r} is neither HH:MM nor tomorrow HH:MM")
    # Wall-clock arithmetic: the same zone keeps 08:30 at 08:30 over a change of summer time.
    moment = datetime.combine(now.date(), at, now.tzinfo)
    if day or moment <= now:
        moment = datetime.combine(now.date() + timedelta(days=1), at, now.tzinfo)
    return moment


def _runs(clock: Clock) -> bool:
    """Whether time passes by itself, so that the page lets its own clock tick between fetches."""
    return not isinstance(clock, MovableClock) or bool(getattr(clock, "_running", False))


def _check_origin(request: web.Request) -> None:
    host = urlsplit(f"//{request.host}").hostname
    if host not in _LOCAL_NAMES:
        raise PageError("this page is served to its own machine only", 403)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise PageError("another site's page may not use this one", 403)
    if origin is None and request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise PageError("another site's page may not use this one", 403)


async def _body(request: web.Request) -> Json:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise PageError("the body is no JSON object")
    return body


def _string(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise PageError(f"{name} is missing or no text")
    return value


def _number(body: Json, name: str) -> float:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PageError(f"{name} is missing or no number")
    return value


def _web_file(name: str) -> web.StreamResponse:
    path = (WEB / name).resolve()
    if not path.is_relative_to(WEB) or not path.is_file():
        raise PageError("there is no such file", 404)
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})


async def _text(phone: Phone, body: Json) -> None:
    text = _string(body, "text")
    if not text.strip():
        raise PageError("an empty message cannot be sent")
    if len(text) > 4096:
        raise PageError("a message has at most 4096 characters")
    command, _, payload = text.strip().partition(" ")
    if command == "/start" and payload:
        await phone.start(payload.strip())
        return
    reply_to = body.get("reply_to")
    await phone.says(text, reply_to=int(reply_to) if reply_to else None)


async def _press(phone: Phone, body: Json) -> Json:
    answer = await phone.presses_raw(int(_number(body, "message_id")), _string(body, "data"))
    return {"answer": answer_json(answer)}


async def _edit(phone: Phone, body: Json) -> None:
    await phone.edits(int(_number(body, "message_id")), _string(body, "text"))


async def _delete(phone: Phone, body: Json) -> None:
    await phone.deletes(int(_number(body, "message_id")))


async def _location(phone: Phone, body: Json) -> None:
    await phone.sends_location(_number(body, "latitude"), _number(body, "longitude"))


async def _contact(phone: Phone, body: Json) -> None:
    if body.get("own"):
        await phone.shares_contact(unasked=True)
    else:
        await phone.sends_contact(_string(body, "phone"), _string(body, "name"))


async def _inline(phone: Phone, body: Json) -> Json:
    return inline_json(await phone.inline(_string(body, "query"), str(body.get("offset") or "")))


async def _choose(phone: Phone, body: Json) -> None:
    wanted = _string(body, "result_id")
    for result in phone.last_inline or ():
        if result.id == wanted:
            await phone.chooses(result)
            return
    raise PageError("that result is not on offer")


async def _block(phone: Phone, body: Json) -> None:
    await (phone.blocks() if body.get("blocked") else phone.unblocks())


async def _language(phone: Phone, body: Json) -> None:
    await phone.speaks(_string(body, "language_code"))
