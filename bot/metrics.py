"""What a monitor wants to know, as Prometheus reads it.

What this process does is counted as it happens. How much waits is asked of the database when the
monitor asks, so every process says the same of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from core import bus
from core.api.health import health_routes
from storage.db import rows
from storage.queues import millis

if TYPE_CHECKING:
    from core.clock import Clock

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a series began is of no use here
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
#: what waits, and what was given up, by queue
_QUEUES = (
    ("inbox", "received_at"),
    ("outbox", "created_at"),
    ("announcement", "created_at"),
)


class Metrics:
    """The figures of one process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.registry = CollectorRegistry()
        self._took = Histogram(
            "roundsman_handling_seconds", "How long an update or a job took to handle.",
            ["kind", "result"], buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._latency = Histogram(
            "roundsman_latency_seconds", "From coming in to being handled.",
            ["kind"], buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._requests = Histogram(
            "roundsman_api_request_seconds", "Requests to the HTTP API.",
            ["method", "path", "status"], buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._refusals = Counter(
            "roundsman_refusals", "How often the bank's rules said no.",
            ["code"], registry=self.registry,
        )  # fmt: skip
        self._counted: dict[str, int] = {}
        self._waiting = Gauge(
            "roundsman_queue_depth", "How much waits.", ["queue"], registry=self.registry
        )
        self._age = Gauge(
            "roundsman_queue_age_seconds", "How long the oldest of it has been due.",
            ["queue"], registry=self.registry,
        )  # fmt: skip
        self._dead = Gauge(
            "roundsman_dead_letters", "What was given up and nobody has looked at.",
            ["queue"], registry=self.registry,
        )  # fmt: skip
        self._up = Gauge(
            "roundsman_database_up", "Whether the database answers.", registry=self.registry
        )

    def handled(self, kind: str, result: str, took: float, latency: float) -> None:
        """The worker handled something."""
        self._took.labels(kind, result).observe(took)
        if result == "done":
            self._latency.labels(kind).observe(latency)

    def requested(self, method: str, path: str, status: int, took: float) -> None:
        """The API answered; what is served nowhere is counted as one thing."""
        known = path != "unknown"
        self._requests.labels(method if known else "any", path, str(status)).observe(took)

    async def text(self) -> bytes:
        """Everything, as a monitor reads it."""
        for code, count in bus.refusals.items():
            self._refusals.labels(code).inc(count - self._counted.get(code, 0))
            self._counted[code] = count
        try:
            await self._ask()
        except Exception:  # noqa: BLE001 - whatever it is, it is what a monitor wants to know
            self._up.set(0)
        else:
            self._up.set(1)
        return generate_latest(self.registry)

    async def _ask(self) -> None:
        now = millis(self._clock.now())
        for queue, since in _QUEUES:
            (waiting,) = await rows(
                f"SELECT COUNT(*) AS n, MIN(CASE WHEN not_before > {since} THEN not_before"  # noqa: S608 - names of ours
                f" ELSE {since} END) AS since FROM {queue} WHERE status = 'pending'"
            )
            self._waiting.labels(queue).set(int(waiting["n"]))
            oldest = now if waiting["since"] is None else int(waiting["since"])
            self._age.labels(queue).set(max(now - oldest, 0) / 1000)
            (dead,) = await rows(f"SELECT COUNT(*) AS n FROM {queue} WHERE status = 'dead'")  # noqa: S608 - likewise
            self._dead.labels(queue).set(int(dead["n"]))

    async def serve(self, _: web.Request) -> web.Response:
        """`/metrics`."""
        return web.Response(body=await self.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def application(self) -> web.Application:
        """What is served at the address for monitors."""
        app = web.Application()
        app.router.add_get("/metrics", self.serve)
        app.add_routes(health_routes())
        return app
