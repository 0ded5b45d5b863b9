"""Our bot: one process with the roles that it is given.

Usage: python -m benchmarks.subjects.roundsman API_BASE DATABASE_URL ROLES [paced]
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import tempfile
from pathlib import Path

from pydantic import SecretStr

from bot.app import App
from bot.limits import unlimited
from bot.logs import configure_logs
from bot.settings import Settings
from core.clock import SystemClock


async def main() -> None:
    """Serve until the benchmark ends this process."""
    api_base, url, roles = sys.argv[1:4]
    settings = Settings(
        _env_file=None,
        token=SecretStr("1:TEST"),
        api_base=api_base,
        file_base=api_base.replace("/bot", "/file/bot"),
        database_url=url,
        data_dir=Path(tempfile.gettempdir()) / "roundsman-benchmark",
        roles=tuple(json.loads(roles)),
        log_level="ERROR",
        public_url="",
        quiet_from=0,
        quiet_until=0,
    )
    configure_logs(settings)
    paced = sys.argv[4:] == ["paced"]
    limits = None if paced else unlimited()
    tick_seconds = 1 if paced else 3600
    async with App(settings, SystemClock(), limits=limits, tick_seconds=tick_seconds):
        gc.collect()
        gc.freeze()  # as `roundsman run` does
        print("ready", flush=True)
        await asyncio.Event().wait()


asyncio.run(main())
