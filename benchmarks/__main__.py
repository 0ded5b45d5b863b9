"""`make bench`: measures everything, prints tables, and writes them to results.md.

Usage: python -m benchmarks [--quick] [start] [updates] [growth] [limits] [hand_over] [language]
"""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import growth, hand_overs, rate_limits, starting, updates
from benchmarks.databases import Databases
from tests.language import score

RESULTS = Path(__file__).with_name("results.md")
PARTS = ("start", "updates", "growth", "hand_over", "limits", "language")
Rows = list[tuple[str, ...]]


async def main() -> None:
    """Measure the parts that were asked for, or all."""
    quick = "--quick" in sys.argv
    wanted = [part for part in sys.argv[1:] if part in PARTS] or list(PARTS)
    seconds = 3.0 if quick else 10.0
    report = _Report()
    with Databases() as databases:
        if "start" in wanted:
            took, megabytes = await starting.start(databases)
            report.table(
                "Start of `roundsman run`",
                ("until the first call", "memory then"),
                [(f"{took:.2f} s", f"{megabytes:.0f} MB")],
            )
        if "updates" in wanted:
            await _updates(databases, report, seconds, quick=quick)
        if "growth" in wanted:
            sizes = growth.STORED[:2] if quick else growth.STORED
            found = [
                result
                for engine in ("sqlite", "postgres")
                for result in await growth.at_sizes(databases, engine, seconds, sizes)
            ]
            report.table(
                "One update with so many stored before it",
                ("engine", "stored", "p50 ms", "p99 ms", "CPU ms"),
                [
                    (g.engine, f"{g.stored:,}", f"{g.p50:.1f}", f"{g.p99:.1f}", f"{g.cpu:.1f}")
                    for g in found
                ],
            )
        if "hand_over" in wanted:
            await _hand_overs(databases, report)
        if "limits" in wanted:
            await _limits(databases, report, 400 if quick else 5_000)
        if "language" in wanted:
            _language(report)
    if not quick and wanted == list(PARTS):
        report.write(RESULTS)


async def _updates(databases: Databases, report: _Report, seconds: float, *, quick: bool) -> None:
    crowds = updates.CROWDS[:2] if quick else updates.CROWDS
    servers = (1,) if quick else (1, 2, 4)
    bare = updates.bare()
    subjects = [
        *bare,
        await updates.ours(databases, "sqlite", 1),
        *[await updates.ours(databases, "postgres", processes) for processes in servers],
    ]
    results = await updates.measure(subjects, seconds, crowds)
    floor = {
        result.people: result.per_second for result in results if result.subject == bare[0].name
    }
    report.table(
        "Updates, from birth to answer",
        ("subject", "people", "a second", "of bare", "p50 ms", "p99 ms", "CPU ms", "MB"),
        [
            (
                r.subject, str(r.people), f"{r.per_second:.0f}",
                f"{r.per_second / floor[r.people]:.2f}", f"{r.p50:.1f}", f"{r.p99:.1f}",
                f"{r.cpu:.1f}", f"{r.megabytes:.0f}",
            )
            for r in results
        ],
    )  # fmt: skip


async def _hand_overs(databases: Databases, report: _Report) -> None:
    found = [
        one
        for engine in ("sqlite", "postgres")
        for one in await hand_overs.measure(databases, engine)
    ]
    report.table(
        "A portfolio handed over in one transaction",
        ("engine", "customers", "statements", "proposal ms", "hand-over ms"),
        [
            (h.engine, str(h.customers), str(h.statements), f"{h.proposed * 1000:.0f}",
             f"{h.done * 1000:.0f}")
            for h in found
        ],
    )  # fmt: skip


async def _limits(databases: Databases, report: _Report, alerts: int) -> None:
    floods = [
        await rate_limits.flood(databases, "sqlite", 1, alerts),
        await rate_limits.flood(databases, "postgres", 1, alerts),
        await rate_limits.flood(databases, "postgres", 3, alerts),
    ]
    report.table(
        "Alerts falling due at once while people chat",
        ("subject", "alerts", "seconds", "of the least possible", "429s",
         "digests before an alert",
         "replies", "p50 ms", "p99 ms"),
        [
            (
                f.subject, f"{f.alerts:,}", f"{f.seconds:.0f}", f"{f.seconds / f.least:.3f}",
                str(f.refused), str(f.overtaken), str(f.replies), f"{f.p50:.0f}", f"{f.p99:.0f}",
            )
            for f in floods
        ],
    )  # fmt: skip


def _language(report: _Report) -> None:
    def share(value: float) -> str:
        return f"{value:.1%}"

    rows: Rows = []
    for name, scored in (
        ("dates", score.score_when()),
        ("dates, plain dateparser", score.score_dateparser()),
    ):
        shares = (share(scored.share("when", language)) for language in ("zh", "en", "all"))
        rows.append((name, *shares, str(scored.total["when", "all"])))
    noted = score.score_notes()
    for each in score.FIELDS:
        shares = (share(noted.share(each, language)) for language in ("zh", "en", "all"))
        rows.append((each, *shares, str(noted.total[each, "all"])))
    told = score.score_promises()
    for side in ("ours", "theirs"):
        for name, of in (("precision", told.precision), ("recall", told.recall)):
            shares = (share(of(side, language)) for language in ("zh", "en", "all"))
            rows.append((f"promises, {side}: {name}", *shares, ""))
    report.table(
        "Lines understood: the corpora, after their misses were mended",
        ("field", "zh", "en", "all", "of"),
        rows,
    )
    report.table(
        "Lines understood: the latest corpora at first sight, before anything was mended",
        ("corpus", "field", "right %"),
        score.first_sights(),
    )
    took = score.milliseconds()
    report.table(
        "One line, warm",
        ("p50 ms", "p99 ms"),
        [(f"{took[len(took) // 2]:.2f}", f"{took[len(took) * 99 // 100]:.2f}")],
    )


class _Report:
    """Tables for the terminal and, the same, for results.md."""

    def __init__(self) -> None:
        self._console = Console()
        self._parts: list[str] = []

    def table(self, title: str, heads: tuple[str, ...], rows: Rows) -> None:
        shown = Table(*heads, title=title)
        for row in rows:
            shown.add_row(*row)
        self._console.print(shown)
        cells = (heads, ("---",) * len(heads), *rows)
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        self._parts.append("\n".join([f"## {title}", "", *lines]))

    def write(self, path: Path) -> None:
        """Keep what was measured, and on what."""
        machine = (
            f"Measured by `make bench` on {os.cpu_count()} cores, Python"
            f" {platform.python_version()}, {platform.system()}; the people, the simulator, the"
            " bot and the database share them. Read ratios, not milliseconds."
        )
        path.write_text("\n\n".join(["# Results", machine, *self._parts]) + "\n")


asyncio.run(main())
