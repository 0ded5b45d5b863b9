"""`import balances …` and `loads`: the bank's systems' files into the database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table as Shown

from bot.cli.importing import AllOrNothing, DryRun, Errors, Language, importing
from bot.cli.system import as_system
from core.acting import Acting
from core.clock import SystemClock
from core.i18n import LOCALES, texts
from core.loads import listing
from core.loads.kinds import LOADS, LoadKind
from core.loads.loading import LoadOrder, LoadReport, run_load
from core.loads.mapping import FileMapping, read_mapping
from storage.models import Load

Files = Annotated[
    list[Path],
    typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX, Parquet or NDJSON files."),
]
Mapping = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="A TOML file that says what is what."),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day that the rows are of, where they don't say."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for name, kind in LOADS.items():
        importing.command(name.replace("_", "-"), help=_help(kind))(_command(name))
    app.command()(loads)


def loads(
    last: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 20,
) -> None:
    """List the last loads with their counts.

    Example: `roundsman loads --last 5`
    """

    async def work(acting: Acting) -> list[Load]:
        return await listing.latest(acting, limit=last)

    shown = Shown("id", "kind", "file", "status", "began", "added", "changed", "unchanged", "bad")
    for one in as_system(work, "loads"):
        shown.add_row(
            str(one.id), one.kind, escape(one.file_name), one.status,
            one.began_at.isoformat(" ", "seconds"), str(one.added), str(one.changed),
            str(one.unchanged), str(one.bad),
        )  # fmt: skip
    Console().print(shown)


#: how a row says whose it is
_OWNERS = {"": "", "account_id": "account, ", "customer_id": "customer (the bank's number), "}


def _help(kind: LoadKind) -> str:
    owner = _OWNERS[kind.parent]
    name = kind.name.replace("_", "-")
    fields = ", ".join(one.name.removesuffix("_fen").removesuffix("_bp") for one in kind.fields)
    return (
        f"Load {name} by their keys: new rows are added, changed ones changed.\n\n"
        f"Columns: {owner}{fields}; their Chinese names will do, too."
        " Status 1: rows are bad.\n\n"
        f"Example: `roundsman import {name} {name}.csv --errors bad.csv`"
    )


def _command(kind: str) -> Callable[..., None]:
    def command(
        files: Files,
        *,
        mapping: Mapping = None,
        as_of: AsOf = None,
        dry_run: DryRun = False,
        all_or_nothing: AllOrNothing = False,
        errors: Errors = None,
        language: Language = "en",
    ) -> None:
        if language not in LOCALES:
            raise typer.BadParameter(f"--language {language}: {' or '.join(LOCALES)}")
        if errors is not None and len(files) > 1:
            raise typer.BadParameter("--errors is for one file")
        any_bad = False
        for file in files:
            order = LoadOrder(
                kind, file, as_of=as_of.date() if as_of else None, dry_run=dry_run,
                all_or_nothing=all_or_nothing, errors=errors, locale=language,
            )  # fmt: skip
            report = _loaded(order, mapping)
            _print(report, file, order)
            any_bad = any_bad or report.bad > 0
        if any_bad:
            raise typer.Exit(1)

    return command


def _loaded(order: LoadOrder, mapping: Path | None) -> LoadReport:
    async def work(acting: Acting) -> LoadReport:
        said = FileMapping() if mapping is None else read_mapping(mapping)
        with Progress(
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
            TextColumn("{task.fields[rate]} rows/s"), TimeRemainingColumn(),
            console=Console(stderr=True), disable=not sys.stderr.isatty(),
        ) as progress:  # fmt: skip
            task = progress.add_task(order.file.name, total=1.0, rate="…")

            def watch(rows: int, share: float) -> None:
                seconds = progress.tasks[0].elapsed or 1.0
                progress.update(task, completed=share, rate=f"{rows / seconds:,.0f}")

            return await run_load(acting, replace(order, mapping=said), SystemClock(), watch)

    return as_system(work, str(order.file))


def _print(report: LoadReport, file: Path, order: LoadOrder) -> None:
    if report.named:
        t = texts(order.locale)
        shown = Shown("line", "column", "value", "reason")
        for bad in report.named:
            reason = t.of(bad.reason).unescape()
            value = bad.value[:40]
            shown.add_row(str(bad.line), escape(bad.column), escape(value), escape(reason))
        Console().print(shown)
    if report.ignored:
        typer.echo(f"Ignored columns: {', '.join(report.ignored)}")
    if report.skipped:
        typer.echo(f"{report.skipped} rows were loaded before it was broken off.")
    head = "Loaded" if report.kept else "Would be" if order.dry_run else "Nothing was loaded"
    typer.echo(
        f"{file.name}: {head}: {report.added} added, {report.changed} changed,"
        f" {report.unchanged} unchanged, {report.bad} bad, of {report.rows} rows"
        f" ({report.encoding})."
    )
    if order.errors is not None and report.bad:
        typer.echo(f"The bad rows are in {order.errors}.")
