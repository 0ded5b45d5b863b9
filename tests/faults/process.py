"""One Roundsman process that meets a full disk, and tells of it on its standard error.

Usage: python -m tests.faults.process DATABASE_URL API_BASE FILE_BASE
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.app import App
from bot.limits import unlimited
from bot.logs import configure_logs
from bot.settings import Settings
from core.clock import SystemClock


async def main() -> None:
    url, api_base, file_base = sys.argv[1:4]
    settings = Settings(
        _env_file=None,
        token=SecretStr("1:TEST"),
        api_base=api_base,
        file_base=file_base,
        database_url=url,
        data_dir=Path("/nonexistent"),
        roles=("intake", "worker", "sender"),
        log_level="WARNING",
        give_up_after=2,
        public_url="",
    )
    configure_logs(settings)
    limits = unlimited()
    async with App(settings, SystemClock(), limits=limits, tick_seconds=3600):
        print("ready", flush=True)  # noqa: T201 - the test waits for it
        await asyncio.Event().wait()


asyncio.run(main())
