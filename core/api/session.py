"""One request's work: who acts, in which transaction, and what a repeat is answered.

A read needs no transaction (on SQLite a transaction is a write lock). A change has one: token,
person, idempotency key, precondition, command and kept answer are true together or not at all, so
what is refused leaves nothing behind, its key neither.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.acting import Acting
from core.api.problems import Rejected
from core.api.route import PREFIX, Call
from core.tokens import person_behind
from storage import api_answers
from storage.db import transaction
from storage.queues import millis

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pydantic import BaseModel

    from core.api.route import Route
    from core.clock import Clock
    from core.tokens import Presented

#: how long a repeat is given the first answer
KEPT = timedelta(hours=24)
_ETAG = re.compile(r'(W/)?"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Asking:
    """What a checked request asks for."""

    path: Mapping[str, str]
    query: BaseModel
    body: Any = None
    #: the client's name for the request; a repeat has the same
    idempotency_key: str | None = None
    #: SHA-256 of method, address and body
    request_hash: str = ""
    if_match: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What the client is to read."""

    status: int
    body: str
    location: str = ""
    replayed: bool = False
    #: what a repeat will read
    kept: str = ""

    @property
    def etag(self) -> str:
        """The hash of what is read."""
        return etag_of(self.body)


def etag_of(body: str) -> str:
    """A strong validator of a representation."""
    return f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'


def hash_of(*parts: str | bytes) -> str:
    """A hash that no two different lists of parts share."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode(errors="replace") if isinstance(part, str) else part
        digest.update(b"%d:" % len(raw) + raw)
    return digest.hexdigest()


def names(header: str, etag: str, *, weakly: bool) -> bool:
    """Whether an If-Match or If-None-Match header names a representation."""
    if header.strip() == "*":
        return True
    return any(
        f'"{found[2]}"' == etag and (weakly or not found[1]) for found in _ETAG.finditer(header)
    )


@dataclass(slots=True)
class Session:
    """A token at work, in one request."""

    clock: Clock
    token: Presented
    request_id: str
    #: the language that was asked for; None takes the person's
    locale: str | None = None
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        """One request has one moment."""
        self.now = self.clock.now()

    @property
    def instance(self) -> str:
        """What this one answer is called."""
        return f"urn:roundsman:request:{self.request_id}"

    async def acting(self) -> Acting:
        """The person behind the token, as of now: a token may be revoked while it is in use.

        Raises:
            Rejected: if the token is good for nothing any more.
        """
        person = await person_behind(self.token, self.now)
        if person is None:
            raise unauthorized()
        if self.locale is None:
            self.locale = person.locale
        person = replace(person, locale=self.locale)
        return Acting(person, self.now, f"api:{self.token.id}:{self.request_id}")

    async def look(self, route: Route, asking: Asking) -> Answered:
        """Answer what changes nothing.

        Raises:
            Refused, Rejected: what the rules or the API said no to.
        """
        if route.kind == "read":
            return await self._do(route, asking, await self.acting())
        async with transaction():
            return await self._do(route, asking, await self.acting())

    async def change(self, route: Route, asking: Asking) -> Answered:
        """Do it once, or give the first answer again.

        Raises:
            Refused, Rejected: what the rules or the API said no to; nothing was written.
        """
        async with transaction():
            acting = await self.acting()
            key = asking.idempotency_key
            if key is not None and (kept := await self._kept(key, asking)) is not None:
                return kept
            if route.unchanged is not None:
                await self._refuse_if_changed(route, asking, acting)
            answered = await self._do(route, asking, acting)
            if key is not None:
                await api_answers.keep(
                    self.token.id,
                    key,
                    status=answered.status,
                    body=answered.kept,
                    location=answered.location,
                )
            return answered

    async def _kept(self, key: str, asking: Asking) -> Answered | None:
        kept = await api_answers.claim(
            self.token.id,
            key,
            asking.request_hash,
            now=millis(self.now),
            kept_since=millis(self.now - KEPT),
        )
        if kept is None:
            return None
        if kept.request_hash != asking.request_hash:
            raise Rejected("idempotency_key_reused")
        return Answered(kept.status, kept.body, kept.location, replayed=True)

    async def _refuse_if_changed(self, route: Route, asking: Asking, acting: Acting) -> None:
        assert route.unchanged is not None
        # Of one thing, that is: it may be changed in several ways.
        await api_answers.one_at_a_time(
            f"{route.unchanged.__name__} {sorted(asking.path.items())}"
        )
        present = await route.unchanged(Call(acting, self.token, asking.path, asking.query, None))
        if asking.if_match is None:
            raise Rejected("precondition_required")
        if not names(asking.if_match, etag_of(present.model_dump_json()), weakly=False):
            raise Rejected("precondition_failed")

    async def _do(self, route: Route, asking: Asking, acting: Acting) -> Answered:
        assert route.does is not None
        key = asking.idempotency_key or self.request_id
        # The body is part of the name: once the first answer is forgotten, the same key may
        # come with something new, which must not be taken for what was done before.
        named = hash_of(str(self.token.id), key, asking.request_hash)[:40]
        call = Call(acting, self.token, asking.path, asking.query, asking.body, f"api:{named}")
        answer = await route.does(call)
        body = answer.model_dump_json()
        location = PREFIX + route.location.format(answer=answer) if route.location else ""
        kept = _without(answer, route.told_once) if route.told_once else body
        return Answered(route.status, body, location, kept=kept)


def unauthorized() -> Rejected:
    """No token, or none that is good: why, nobody is told."""
    return Rejected("unauthorized", headers={"WWW-Authenticate": 'Bearer realm="roundsman"'})


def _without(answer: BaseModel, told_once: tuple[str, ...]) -> str:
    return answer.model_copy(update=dict.fromkeys(told_once)).model_dump_json()
