"""How long `roundsman run` takes until it polls, and how much memory it holds then."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from benchmarks.processes import megabytes_of
from bot.simulator import Simulator
from core.clock import SystemClock

if TYPE_CHECKING:
    from benchmarks.databases import Databases
    from bot.simulator.botapi import Request


async def start(databases: Databases) -> tuple[float, float]:
    """Seconds from the command to its first call of Telegram, and megabytes then.

    The first start after an installation compiles the code; what is measured is the best of the
    next three.
    """
    url = await databases.fresh("sqlite")
    with tempfile.TemporaryDirectory() as compiled:
        starts = [await _start(url, compiled) for _ in range(4)]
    return min(starts[1:])


async def _start(url: str, compiled: str) -> tuple[float, float]:
    called = asyncio.Event()

    def heard(request: Request) -> None:
        if request.method == "deleteWebhook":
            called.set()

    async with Simulator(clock=SystemClock(), token="1:TEST") as simulator:
        simulator.on_request(heard)
        settings = {
            "ROUNDSMAN_TOKEN": "1:TEST",
            "ROUNDSMAN_API_BASE": simulator.api_base,
            "ROUNDSMAN_FILE_BASE": simulator.file_base,
            "ROUNDSMAN_DATABASE_URL": url,
            "ROUNDSMAN_LOG_LEVEL": "ERROR",
            "PYTHONPYCACHEPREFIX": compiled,
            "PYTHONDONTWRITEBYTECODE": "",
        }
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "from bot.cli import main; main()",
            "run",
            env={**os.environ, **settings},
        )
        try:
            async with asyncio.timeout(60):
                await called.wait()
            return time.perf_counter() - began, megabytes_of(process.pid)
        finally:
            process.terminate()
            await process.wait()
