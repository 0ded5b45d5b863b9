"""The API, running, and somebody who asks it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp

from core import announcing, joint_visit_endings
from core.acting import Acting
from core.api.listening import listen
from core.api.server import Api
from core.bus import perform
from core.clock import MovableClock, new_token
from core.enrolment import SYSTEM
from core.events import TokenMade
from core.tokens import SCOPES, CreateToken
from notifications import rules
from storage.files import FileStore
from tests.support.bank import MONDAY, Bank

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

PROBLEM = "application/problem+json"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.text.splitlines()]

    def is_problem(self, status: int, code: str) -> bool:
        """Whether it is a whole problem document of this kind."""
        assert self.status == status, self.text
        assert self.headers["Content-Type"].startswith(PROBLEM)
        told = self.json
        assert told["status"] == status
        assert told["detail"]
        assert told["title"]
        assert told["instance"].startswith("urn:roundsman:request:")
        assert told["code"] == code, told
        return True


@dataclass
class Asker:
    """Somebody with a token."""

    http: aiohttp.ClientSession
    address: str
    token: str
    token_id: int = 0

    async def ask(self, method: str, path: str, **options: Any) -> Answer:
        """One request; a path that does not begin with /api is one of the API's."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})
        url = path if path.startswith(("/api", "/healthz", "/readyz")) else f"/api/v1{path}"
        async with self.http.request(
            method, f"{self.address}{url}", headers=headers, **options
        ) as answer:
            return Answer(answer.status, answer.headers, await answer.read())

    async def get(self, path: str, **options: Any) -> Answer:
        return await self.ask("GET", path, **options)

    async def post(self, path: str, body: Any = None, **options: Any) -> Answer:
        return await self.ask("POST", path, json=body, **options)

    async def patch(self, path: str, body: Any = None, **options: Any) -> Answer:
        return await self.ask("PATCH", path, json=body, **options)

    async def etag(self, path: str) -> dict[str, str]:
        """The If-Match header for what is there now."""
        return {"If-Match": (await self.get(path)).headers["ETag"]}


@dataclass
class Served:
    """The running API."""

    bank: Any
    clock: MovableClock
    http: aiohttp.ClientSession
    port: int
    #: where files are kept
    folder: Path = Path()
    _askers: dict[Any, Asker] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def asker(
        self, number: str, scopes: Sequence[str] = tuple(SCOPES), *, days: int = 90
    ) -> Asker:
        """Somebody with a token of this staff member."""
        token_id, secret = await make_token(number, scopes, days=days, clock=self.clock)
        return Asker(self.http, self.address, secret, token_id)

    def stranger(self, token: str = "") -> Asker:
        """Somebody with no token, or with a wrong one."""
        return Asker(self.http, self.address, token)

    async def raw(self, sent: bytes) -> bytes:
        """Bytes to the server, and what it says to them."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(sent)
        await writer.drain()
        async with asyncio.timeout(10):
            answer = await reader.read()
        writer.close()
        return answer


async def make_token(
    number: str, scopes: Sequence[str], *, clock: MovableClock, days: int = 90
) -> tuple[int, str]:
    """A token of a staff member: its id and its secret."""
    acting = Acting(SYSTEM, clock.now(), "test")
    made = await perform(acting, CreateToken(number, "test", scopes, days), new_token(6))
    return made, next(one.secret for one in acting.events if isinstance(one, TokenMade))


@contextlib.asynccontextmanager
async def serving(
    bank: Bank | Any,
    *,
    per_minute: int = 100_000,
    measured: Callable[[str, str, int, float], None] = lambda *_: None,
) -> AsyncIterator[Served]:
    """Serve the connected database."""
    rules.subscribe_all()
    announcing.subscribe_all()
    joint_visit_endings.subscribe()
    clock = MovableClock(MONDAY + timedelta(minutes=1))
    folder = tempfile.TemporaryDirectory()
    api = Api(clock, per_minute=per_minute, measured=measured, files=FileStore(Path(folder.name)))
    runner, taken = await listen(api.application(), "127.0.0.1", 0)
    try:
        async with aiohttp.ClientSession() as http:
            yield Served(bank, clock, http, taken, Path(folder.name))
    finally:
        await runner.cleanup()
        folder.cleanup()
