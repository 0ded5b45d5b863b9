"""One Roundsman process for the crash test: runs until it is killed.

Usage: python -m tests.crash.process DATABASE_URL API_BASE FILE_BASE ROLES [SECONDS_AHEAD]

With a clock that is so far ahead it keeps Telegram's limits and has a scheduler that ticks often.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import App
from bot.limits import unlimited
from bot.logs import configure_logs
from bot.settings import Settings
from core.clock import MovableClock, SystemClock


async def main() -> None:
    url, api_base, file_base, roles = sys.argv[1:5]
    settings = Settings(
        _env_file=None,
        token=SecretStr("1:TEST"),
        api_base=api_base,
        file_base=file_base,
        database_url=url,
        data_dir=Path("/nonexistent"),
        roles=tuple(json.loads(roles)),
        log_level="ERROR",
        public_url="",
    )
    configure_logs(settings)
    ahead = float(sys.argv[5]) if sys.argv[5:] else None
    limits = unlimited() if ahead is None else None
    moment = SystemClock().now() + timedelta(seconds=ahead or 0)
    clock = MovableClock(moment, running=True)
    tick_seconds = 3600 if ahead is None else 1
    async with App(settings, clock, limits=limits, tick_seconds=tick_seconds):
        print("ready", flush=True)  # noqa: T201 - the test waits for it
        await asyncio.Event().wait()


asyncio.run(main())
