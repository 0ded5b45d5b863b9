"""`make chaos`: the long run of killing, on both engines; prints the figures.

Usage: python -m tests.crash [sqlite] [postgres]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tests.crash.mornings import Killed, killed_morning
from tests.crash.scenario import Chaos, Figures
from tests.support.databases import ENGINES, PostgresDatabases, SqliteDatabases

if TYPE_CHECKING:
    from collections.abc import Sequence

PEOPLE, ROUNDS, KILLS = 12, 52, 50
#: who get their digest while processes are killed, and how many are
TOLD, KILLED = 400, 4


def main() -> int:
    """Run on the engines that were asked for, or on both; 1 when a claim did not hold."""
    wanted = [engine for engine in ENGINES if engine in sys.argv[1:]] or ENGINES
    runs = [_run(engine) for engine in wanted]
    console = Console()
    _show(console, "Killed while people work", [worked for worked, _ in runs])
    _show(console, "Killed while everybody gets the morning's digest", [told for _, told in runs])
    wrong = [claim for worked, told in runs for claim in [*_wrong(worked), *told.wrong]]
    for claim in wrong:
        console.print(f"[red]✗[/] {claim}")
    return 1 if wrong else 0


def _show(console: Console, title: str, found: Sequence[Figures | Killed]) -> None:
    table = Table("", *(figures.engine for figures in found), title=title)
    for rows in zip(*(figures.lines() for figures in found), strict=True):
        table.add_row(rows[0][0], *(value for _, value in rows))
    console.print(table)


def _run(engine: str) -> tuple[Figures, Killed]:
    with tempfile.TemporaryDirectory() as folder:
        databases = SqliteDatabases(Path(folder)) if engine == "sqlite" else PostgresDatabases()
        try:
            worked = Chaos(databases.fresh(), people=PEOPLE, rounds=ROUNDS, kills=KILLS).run()
            told = killed_morning(databases.fresh(), TOLD, KILLED)
            return asyncio.run(worked), asyncio.run(told)
        finally:
            if isinstance(databases, PostgresDatabases):
                databases.stop()


def _wrong(figures: Figures) -> list[str]:
    few = [f"only {figures.kills.total()} kills" for _ in "x" if figures.kills.total() < KILLS] + [
        f"only {figures.dialogues} dialogues" for _ in "x" if figures.dialogues < 600
    ]
    return [f"{figures.engine}: {claim}" for claim in [*figures.wrong, *few]]


if __name__ == "__main__":
    sys.exit(main())
