"""`import`: files of rows into the bank."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Shown

from bot.cli.system import as_system, done
from core.acting import Acting
from core.i18n import LOCALES, texts
from core.import_rows import ImportReport, NothingLoaded, UnknownColumnsError
from core.staff_import import ImportStaff
from storage.db import transaction
from storage.importer.tables import Table, UnreadableTableError, read_table, write_rejects

_MOST_SHOWN = 50

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV or XLSX file.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be, and write nothing.")]
AllOrNothing = Annotated[
    bool, typer.Option("--all-or-nothing", help="Load nothing if one row is bad.")
]
Errors = Annotated[
    Path | None,
    typer.Option(help="Write the bad rows here (.csv or .xlsx), to mend and load again."),
]
Language = Annotated[str, typer.Option(help="Of the reasons: en or zh.")]

importing = typer.Typer(help="Load files of rows.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(importing, name="import")


class _Rehearsed(Exception):  # noqa: N818 - no error: the way out of a transaction
    """Everything was tried; nothing of it is to stay."""


@asynccontextmanager
async def rehearsal() -> AsyncIterator[None]:
    """A transaction that is rolled back when all went well, too."""
    try:
        async with transaction():
            yield
            raise _Rehearsed  # noqa: TRY301 - the only way to have it rolled back
    except _Rehearsed:
        pass


@importing.command()
def staff(
    file: File,
    *,
    dry_run: DryRun = False,
    all_or_nothing: AllOrNothing = False,
    errors: Errors = None,
    language: Language = "en",
) -> None:
    """Load staff by number: new ones are added, changed ones changed, nobody is removed.

    Columns: number, name, name_en, role, unit (总行/上海分行/浦东支行/一队), unit_en, unit_kind,
    phone, language, active, leaving; their Chinese names will do, too. Status 1: rows are bad.

    Example: `roundsman import staff staff.xlsx --dry-run`
    """
    _import(
        file, lambda table: ImportStaff(table, all_or_nothing), errors, language, dry_run=dry_run
    )


def _import(
    file: Path,
    loading: Callable[[Table], ImportStaff],
    errors: Path | None,
    language: str,
    *,
    dry_run: bool,
) -> None:
    if language not in LOCALES:
        raise typer.BadParameter(f"--language {language}: {' or '.join(LOCALES)}")
    try:
        table = read_table(file)
        report, loaded = _loaded(loading(table), dry_run=dry_run)
    except UnreadableTableError as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(2) from error
    except UnknownColumnsError as error:
        typer.echo(f"{file}: {texts(language).of(error.text)}", err=True)
        raise typer.Exit(2) from error
    _print_errors(report, language)
    _print_counts(report, table, loaded=loaded, dry_run=dry_run)
    if errors is not None and report.errors:
        write_rejects(errors, table, _reasons(report, language))
        typer.echo(f"The bad rows are in {errors}.")
    if report.errors:
        raise typer.Exit(1)


def _loaded(command: ImportStaff, *, dry_run: bool) -> tuple[ImportReport, bool]:
    """The report, and whether anything was to be loaded."""

    async def work(acting: Acting) -> tuple[ImportReport, bool]:
        try:
            async with rehearsal() if dry_run else transaction():
                report: ImportReport = await done(acting, command)
        except NothingLoaded as nothing:
            return nothing.report, False
        return report, True

    return as_system(work, "import")


def _print_errors(report: ImportReport, language: str) -> None:
    if not report.errors:
        return
    shown = Shown("line", "column", "value", "reason")
    for error in report.errors[:_MOST_SHOWN]:
        reason = str(texts(language).of(error.reason))
        shown.add_row(str(error.line), escape(error.column), escape(error.value), escape(reason))
    Console().print(shown)
    if len(report.errors) > _MOST_SHOWN:
        typer.echo(f"and {len(report.errors) - _MOST_SHOWN} more; --errors FILE has them all.")


def _print_counts(report: ImportReport, table: Table, *, loaded: bool, dry_run: bool) -> None:
    if report.ignored:
        typer.echo(f"Ignored columns: {', '.join(report.ignored)}")
    for unit in report.units if loaded else ():
        typer.echo(f"New unit: {unit}")
    head = "Nothing was loaded, would be" if not loaded else "Would be" if dry_run else "Loaded"
    typer.echo(
        f"{head}: {report.added} added, {report.changed} changed, {report.unchanged} unchanged,"
        f" {report.bad} bad, of {report.rows} rows ({table.encoding})."
    )


def _reasons(report: ImportReport, language: str) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for error in report.errors:
        reason = texts(language).of(error.reason)
        found.setdefault(error.line, []).append(f"{error.column}: {reason.unescape()}")
    return {line: "; ".join(reasons) for line, reasons in found.items()}
