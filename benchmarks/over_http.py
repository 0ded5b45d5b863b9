"""What one client waits for over the HTTP API: profile, search, and an activity logged.

Usage: python -m benchmarks.over_http [CUSTOMERS [ACTIVITIES]] [--keep FOLDER] [--profile]

The server is a whole `roundsman run` in a process of its own; the client is the standard
library's, on one connection, one request after the other. `/api/v1/me` is beside the others as
the floor: token, person and nothing else.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import random
import socket
import statistics
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from benchmarks import large_bank
from benchmarks.databases import Databases, Engine
from bot.simulator import Simulator
from core.clock import SystemClock
from core.tokens import SCOPES, hashed
from storage import db
from storage.models import ApiToken, Staff

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

#: seconds that a new server has for what it reads in the background
WARM_UP = 6
SECRET = "rdm_benchmark"
QUERIES = ("华兴", "恒达机械", "hengda", "hd", "明远精密模具", "上海百维物流有限公司", "贸易国泰",
           "02100004711", "91310000M000012345", "王建国", "hua 4711", "恒大机械制造")  # fmt: skip


@dataclass(frozen=True)
class Wait:
    """How long one kind of request takes, in milliseconds."""

    what: str
    p50: float
    p99: float


async def measure(url: str, requests: int) -> list[Wait]:
    """Ask a server on this database so often for each thing."""
    customers = await _with_token(url)
    async with _served(url) as (port, _):
        return await asyncio.to_thread(_asked, port, customers, requests)


async def _with_token(url: str) -> int:
    await db.connect(url)
    try:
        now = SystemClock().now()
        await ApiToken.filter(secret_hash=hashed(SECRET)).delete()
        await ApiToken.create(
            secret_hash=hashed(SECRET), name="benchmark", scopes=sorted(SCOPES),
            staff=await Staff.filter(role="administrator").first(), created_at=now,
            expires_at=now + timedelta(days=1),
        )  # fmt: skip
        return int((await db.rows("SELECT max(id) AS n FROM customer"))[0]["n"])
    finally:
        await db.disconnect()


@asynccontextmanager
async def _served(url: str) -> AsyncIterator[tuple[int, int]]:
    """A whole `roundsman run` on the database; gives the API's port and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with Simulator(clock=SystemClock(), token="1:TEST") as simulator:
        settings = {
            "ROUNDSMAN_TOKEN": "1:TEST",
            "ROUNDSMAN_API_BASE": simulator.api_base,
            "ROUNDSMAN_FILE_BASE": simulator.file_base,
            "ROUNDSMAN_DATABASE_URL": url,
            "ROUNDSMAN_DATA_DIR": tempfile.gettempdir(),
            "ROUNDSMAN_API_ADDRESS": f"127.0.0.1:{port}",
            "ROUNDSMAN_API_REQUESTS_PER_MINUTE": "100000000",
            "ROUNDSMAN_LOG_LEVEL": "ERROR",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from bot.cli import main; main()", "run",
            env={**os.environ, **settings},
        )  # fmt: skip
        try:
            await asyncio.to_thread(_until_it_answers, port)
            yield port, process.pid
        finally:
            process.terminate()
            await process.wait()


def _until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


def _asked(port: int, customers: int, requests: int) -> list[Wait]:
    chance = random.Random(3)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def any_customer() -> int:
        return chance.randrange(customers) + 1

    def log(_: int) -> tuple[str, str, dict[str, Any]]:
        happened = SystemClock().now() - timedelta(minutes=5)
        return "POST", "/activities", {
            "customer_id": any_customer(), "kind": "visit", "occurred_at": happened.isoformat(),
            "note": "看了车间,订单充足", "outcome": "interested",
        }  # fmt: skip

    def search(number: int) -> tuple[str, str, None]:
        return "GET", f"/customers/search?q={_quoted(QUERIES[number % len(QUERIES)])}", None

    kinds: dict[str, Callable[[int], tuple[str, str, dict[str, Any] | None]]] = {
        "who am I": lambda _: ("GET", "/me", None),
        "profile": lambda _: ("GET", f"/customers/{any_customer()}/profile", None),
        "log an activity": log,
        "search": search,
    }
    found = []
    began = time.perf_counter()
    while time.perf_counter() - began < WARM_UP:
        _once(connection, "GET", "/me", None)
    for what, asked in kinds.items():
        taken = [_once(connection, *asked(n)) for n in range(requests + 50)][50:]
        found.append(_wait(what, taken))
        if what == "search":
            found += [
                _wait(f"search {query}", taken[n :: len(QUERIES)])
                for n, query in zip(_shifted(50), QUERIES, strict=True)
            ]
    connection.close()
    return found


def _shifted(by: int) -> list[int]:
    return [(n - by) % len(QUERIES) for n in range(len(QUERIES))]


def _wait(what: str, taken: list[float]) -> Wait:
    return Wait(what, statistics.median(taken), sorted(taken)[int(len(taken) * 0.99)])


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _once(
    connection: http.client.HTTPConnection, method: str, path: str, body: dict[str, Any] | None
) -> float:
    headers = {"Authorization": f"Bearer {SECRET}"}
    sent = None
    if body is not None:
        sent = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    began = time.perf_counter()
    connection.request(method, f"/api/v1{path}", sent, headers)
    answer = connection.getresponse()
    content = answer.read()
    taken = time.perf_counter() - began
    if answer.status >= 300:
        raise RuntimeError(f"{method} {path}: {answer.status} {content!r}")
    return taken * 1000


async def main() -> None:
    """Measure, and print a table."""
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    customers, activities = (*numbers, 10_000, 100_000)[:2] if not numbers[1:] else numbers[:2]
    shown = Table("engine", "request", "p50 ms", "p99 ms", title=f"{customers:,} customers")
    engines: tuple[Engine, ...] = ("sqlite", "postgres")
    with Databases(lambda: large_bank.fill(customers, activities)) as databases:
        for engine in engines:
            for one in await measure(await databases.fresh(engine), 1000):
                shown.add_row(engine, one.what, f"{one.p50:.2f}", f"{one.p99:.2f}")
    Console().print(shown)


if __name__ == "__main__":
    asyncio.run(main())
