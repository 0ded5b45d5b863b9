"""Bring a database to the present schema, and tell whether it is there."""

from __future__ import annotations

import contextlib
import io
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.migrations.api import migrate as run_migrations
from tortoise.migrations.api import plan

from storage import migrations
from storage.db import config, rows

if TYPE_CHECKING:
    from collections.abc import Callable


async def migrate(url: str, *, progress: Callable[[str], None] | None = None) -> None:
    """Apply what is missing. Run it in one process while nothing else writes.

    On SQLite the foreign keys are off meanwhile (see `storage.db.tortoise_url`) and are checked
    afterwards.

    Raises:
        RuntimeError: if rows point nowhere after a migration of a SQLite database.
    """
    EXECUTOR_CACHE.clear()

    def report(event: str, _app: str, name: str) -> None:
        if progress is not None and event == "apply_done":
            progress(name)

    try:
        await run_migrations(config=config(url, migrating=True), progress=report)
        if "postgres" not in url and await rows("PRAGMA foreign_key_check"):
            raise RuntimeError("the migration left rows that point nowhere")
    finally:
        await Tortoise.close_connections()


async def missing_migrations(url: str) -> list[str]:
    """The names of the migrations that this database has not seen."""
    EXECUTOR_CACHE.clear()
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # the library prints the plan as well
            lines = await plan(config=config(url, migrating=True))
        return [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]
    finally:
        await Tortoise.close_connections()


async def migrations_behind() -> int:
    """How many migrations the open database has not seen; asked of it while it is in use."""
    known = {module.name for module in iter_modules(migrations.__path__)}
    seen = {row["name"] for row in await rows("SELECT name FROM tortoise_migrations")}
    return len(known - seen)
