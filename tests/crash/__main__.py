"""`make chaos`: the long run of killing, on both engines; prints the figures.

Usage: python -m tests.crash [sqlite] [postgres]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.crash.scenario import Chaos, Figures
from tests.support.databases import ENGINES, PostgresDatabases, SqliteDatabases

PEOPLE, ROUNDS, KILLS = 12, 52, 50


def main() -> int:
    """Run on the engines that were asked for, or on both; 1 when a claim did not hold."""
    wanted = [engine for engine in ENGINES if engine in sys.argv[1:]] or ENGINES
    runs = [_run(engine) for engine in wanted]
    table = Table("", *(figures.engine for figures in runs), title="Killed while people work")
    for rows in zip(*(figures.lines() for figures in runs), strict=True):
        table.add_row(rows[0][0], *(value for _, value in rows))
    console = Console()
    console.print(table)
    wrong = [claim for figures in runs for claim in _wrong(figures)]
    for claim in wrong:
        console.print(f"[red]✗[/] {claim}")
    return 1 if wrong else 0


def _run(engine: str) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            return _chaos(SqliteDatabases(Path(folder)).fresh())
        databases = PostgresDatabases()
        try:
            return _chaos(databases.fresh())
        finally:
            databases.stop()


def _chaos(url: str) -> Figures:
    return asyncio.run(Chaos(url, people=PEOPLE, rounds=ROUNDS, kills=KILLS).run())


def _wrong(figures: Figures) -> list[str]:
    few = [f"only {figures.kills.total()} kills" for _ in "x" if figures.kills.total() < KILLS] + [
        f"only {figures.dialogues} dialogues" for _ in "x" if figures.dialogues < 600
    ]
    return [f"{figures.engine}: {claim}" for claim in [*figures.wrong, *few]]


if __name__ == "__main__":
    sys.exit(main())
