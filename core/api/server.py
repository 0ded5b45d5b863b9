"""Serves ROUTES: checks what comes in, has a session do it, and tells what goes wrong.

This is the API's outermost layer, so unexpected errors are caught here: they are logged, and the
client is told no more than that there was one.
"""

from __future__ import annotations

import re
from datetime import timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import web
from pydantic import BaseModel, ValidationError
from structlog.contextvars import bound_contextvars

from core import tokens
from core.api import problems
from core.api.calendar_feed import calendar_routes
from core.api.document_content import FILES
from core.api.health import health_routes
from core.api.languages import preferred
from core.api.openapi import description_of
from core.api.page import page_of
from core.api.problems import Rejected
from core.api.rates import Rates
from core.api.route import PREFIX, Route
from core.api.routes import ROUTES
from core.api.session import KEPT, Asking, Session, hash_of, names, unauthorized
from core.clock import new_token
from core.i18n import DEFAULT_LOCALE, N_
from storage import api_answers, news
from storage.queues import millis

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from core.api.session import Answered
    from core.clock import Clock
    from core.tokens import Presented
    from storage.files import FileStore

log = structlog.get_logger(__name__)
LARGEST_BODY = 1 << 20
LARGEST_BULK = 10 << 20
FORGET_EVERY = timedelta(minutes=10)
_KEY = re.compile(r"[\x21-\x7e]{1,80}")
_BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/=-]{1,200}) *", re.IGNORECASE)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Server": problems.SERVER,
}


class Visit:
    """What is known of one request before it is known whose it is."""

    def __init__(self, request: web.Request) -> None:
        self.id = new_token(9)
        self.locale = preferred(request.headers.get("Accept-Language", ""))
        self.headers: dict[str, str] = {}
        self.session: Session | None = None

    @property
    def instance(self) -> str:
        """What this one answer is called."""
        return f"urn:roundsman:request:{self.id}"

    @property
    def told_in(self) -> str:
        """The language of sentences."""
        person = self.session.locale if self.session else None
        return self.locale or person or DEFAULT_LOCALE


_VISIT = web.RequestKey("visit", Visit)


class Api:
    """The HTTP API of one process."""

    def __init__(
        self,
        clock: Clock,
        *,
        per_minute: int = 600,
        files: FileStore | None = None,
        committed: Callable[[], None] = lambda: None,
        measured: Callable[[str, str, int, float], None] = lambda *_: None,
    ) -> None:
        self._clock, self._rates = clock, Rates(per_minute)
        self._committed, self._measured, self._files = committed, measured, files
        self._noted: dict[int, datetime] = {}
        self._forgot_at = clock.now()
        self._description = description_of(ROUTES)

    def application(self) -> web.Application:
        """Everything that is served at the API's address."""
        app = web.Application(client_max_size=LARGEST_BULK, middlewares=[self._outermost])
        app.on_response_prepare.append(_with_headers)
        if self._files is not None:
            app[FILES] = self._files
        for route in ROUTES:
            app.router.add_route(route.method, PREFIX + _pattern(route), self._handler(route))
        app.router.add_get("/api/openapi.json", self._describe, allow_head=False)
        app.router.add_get("/api/docs", self._page, allow_head=False)
        app.add_routes(health_routes())
        app.add_routes(calendar_routes(self._clock))
        return app

    async def _describe(self, _: web.Request) -> web.Response:
        return web.json_response(self._description)

    async def _page(self, _: web.Request) -> web.Response:
        return web.Response(
            text=page_of(self._description),
            content_type="text/html",
            headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"},
        )

    @web.middleware
    async def _outermost(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        visit = request[_VISIT] = Visit(request)
        began = perf_counter()
        with bound_contextvars(cause=visit.id):
            try:
                response = await handler(request)
            except web.HTTPException as error:
                allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else None
                problem = (
                    Rejected("too_large", most=LARGEST_BULK)
                    if error.status == 413
                    else problems.of_status(error.status, allow)
                )
                response = problems.answer(problem, visit.told_in, visit.instance)
            except Exception as error:  # noqa: BLE001 - the outermost layer of the API
                found = problems.of(error)
                response = problems.answer(found, visit.told_in, visit.instance)
        resource = request.match_info.route.resource
        path = resource.canonical if resource is not None else "unknown"
        self._measured(request.method, path, response.status, perf_counter() - began)
        return response

    def _handler(self, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            visit = request[_VISIT]
            token = await self._admitted(request, route, visit)
            session = visit.session = Session(self._clock, token, visit.id, visit.locale)
            asking = await _asked(request, route)
            if route.streams is not None:
                return await self._streamed(request, route, session, asking)
            if route.kind != "change":
                return _answer(await session.look(route, asking), session, request)
            before = news.count()
            answered = await session.change(route, asking)
            if news.count() != before:
                self._committed()
            await self._forget_old(session.now)
            return _answer(answered, session, request)

        return handle

    async def _streamed(
        self, request: web.Request, route: Route, session: Session, asking: Asking
    ) -> web.StreamResponse:
        assert route.streams is not None
        try:
            return await route.streams(session, request, asking)
        finally:
            if route.kind == "change":
                self._committed()

    async def _admitted(self, request: web.Request, route: Route, visit: Visit) -> Presented:
        """The token, if it is good, may do this, and has not asked too often.

        Raises:
            Rejected: if not.
        """
        found = _BEARER.fullmatch(request.headers.get("Authorization", ""))
        now = self._clock.now()
        token = await tokens.presented(found[1], now) if found else None
        if token is None:
            raise unauthorized()
        granted = self._rates.take(token.id, now)
        visit.headers.update(granted.headers)
        if not granted.allowed:
            raise Rejected("too_many_requests", seconds=granted.reset)
        await self._note_use(token, now)
        if route.scope is not None and route.scope not in token.scopes:
            raise Rejected(
                "insufficient_scope",
                headers={
                    "WWW-Authenticate": 'Bearer realm="roundsman", error="insufficient_scope",'
                    f' scope="{route.scope}"'
                },
                scope=route.scope,
            )
        return token

    async def _note_use(self, token: Presented, now: datetime) -> None:
        known = [at for at in (self._noted.get(token.id), token.last_used_at) if at is not None]
        if not known or now - max(known) >= tokens.NOTED_EVERY:
            self._noted[token.id] = now
            await tokens.note_use(token, now)

    async def _forget_old(self, now: datetime) -> None:
        if now - self._forgot_at >= FORGET_EVERY:
            self._forgot_at = now
            await api_answers.forget(millis(now - KEPT))


def _pattern(route: Route) -> str:
    """The address as the server's router wants it."""
    return re.sub(
        r"\{(\w+)\}",
        lambda found: (
            f"{{{found[1]}:[1-9][0-9]{{0,14}}}}"
            if found[1].endswith("_id")
            else f"{{{found[1]}:[A-Za-z0-9._-]{{1,20}}}}"
        ),
        route.path,
    )


async def _asked(request: web.Request, route: Route) -> Asking:
    """What a request asks for, checked.

    Raises:
        Rejected: if it can't be right.
    """
    query = _query(route, request)
    if route.kind != "change":
        return Asking(dict(request.match_info), query)
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise Rejected("idempotency_key_invalid")
    raw = b""
    body: Any = None
    if route.file:
        if request.content_type not in route.accepts:
            raise Rejected("unsupported_media_type", wanted=route.accepts[0])
        if (request.content_length or 0) > route.largest:
            raise Rejected("too_large", most=route.largest)
    if route.body is not None:
        wanted = "application/x-ndjson" if route.streams else "application/json"
        if request.content_type != wanted:
            raise Rejected("unsupported_media_type", wanted=wanted)
        raw = await _read(request, LARGEST_BULK if route.streams else LARGEST_BODY)
        if route.streams is None:
            body = _checked(route.body, raw)
    return Asking(
        dict(request.match_info),
        query,
        body,
        idempotency_key=key,
        request_hash=hash_of(request.method, request.raw_path, raw),
        if_match=request.headers.get("If-Match"),
    )


async def _read(request: web.Request, most: int) -> bytes:
    if (request.content_length or 0) > most:
        raise Rejected("too_large", most=most)
    raw = await request.read()
    if len(raw) > most:
        raise Rejected("too_large", most=most)
    return raw


def _checked(model: type[BaseModel], raw: bytes) -> BaseModel:
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise problems.faulty(error) from error


def _query(route: Route, request: web.Request) -> BaseModel:
    given: Mapping[str, str] = request.query
    twice = sorted({name for name in given if request.query.getall(name)[1:]})
    if twice:
        raise Rejected("invalid", N_("{name} is given more than once."), name=twice[0][:80])
    try:
        return route.query.model_validate(dict(given))
    except ValidationError as error:
        raise problems.faulty(error) from error


def _answer(answered: Answered, session: Session, request: web.Request) -> web.Response:
    headers = {
        "ETag": answered.etag,
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization, Accept-Language",
        "Content-Language": session.locale or DEFAULT_LOCALE,
    }
    known = request.headers.get("If-None-Match")
    if request.method == "GET" and known and names(known, answered.etag, weakly=True):
        return web.Response(status=304, headers=headers)
    if answered.location:
        headers["Location"] = answered.location
    if answered.replayed:
        headers["Idempotency-Replayed"] = "true"
    return web.Response(
        status=answered.status,
        text=answered.body,
        content_type="application/json",
        headers=headers,
    )


async def _with_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
    visit = request.get(_VISIT)
    if visit is not None:
        response.headers.update(visit.headers)
        response.headers["Request-Id"] = visit.id
