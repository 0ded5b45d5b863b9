"""`/healthz`: the process is alive. `/readyz`: it can do its work. No token is needed."""

from __future__ import annotations

import asyncio

from aiohttp import web

from storage.migrate import migrations_behind

#: a database that takes longer than this for one small question is no use to anybody
SECONDS = 5


async def healthz(_: web.Request) -> web.Response:
    """Always well, as long as there is somebody to say so."""
    return web.json_response({"status": "ok"})


async def readyz(_: web.Request) -> web.Response:
    """Whether the database answers and has the tables that this code needs."""
    try:
        async with asyncio.timeout(SECONDS):
            behind = await migrations_behind()
    except Exception:  # noqa: BLE001 - whatever it is, we are not ready; the log has it elsewhere
        return web.json_response({"status": "database unavailable"}, status=503)
    if behind:
        return web.json_response({"status": f"{behind} migrations behind"}, status=503)
    return web.json_response({"status": "ok"})


def health_routes() -> list[web.RouteDef]:
    """Both, for whatever serves them."""
    return [
        web.get("/healthz", healthz, allow_head=True),
        web.get("/readyz", readyz, allow_head=True),
    ]
