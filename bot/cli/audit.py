"""`audit verify` and `audit show`: whether the audit is whole, and what it says."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.settings import Settings
from core.acting import Acting
from core.audit_reading import entries
from core.audit_words import action_of, detail_of
from core.clock import SystemClock, new_token
from core.enrolment import SYSTEM
from core.errors import NotFound, Refused
from core.i18n import texts
from storage import audit_chain, db
from storage.audit_chain import Broken, Head, Verdict
from storage.db import transaction
from storage.models import Customer, Staff

if TYPE_CHECKING:
    from core.audit_reading import Entry, EntryPage

#: a row is sealed within minutes; one without a seal for longer is worth a look
SEALED_WITHIN = timedelta(hours=1)
MOST = 10_000
ENGLISH = "en"
SHANGHAI = ZoneInfo("Asia/Shanghai")
_FAULTS = {
    "row_changed": "row {row} was changed, or its seal {number} was",
    "row_removed": "row {row} was removed (seal {number})",
    "seal_removed": "seal {number} was removed",
    "end_removed": "the chain was cut off: seal {number} and those after it were removed",
    "other_chain": "seal {number} is another one than you noted: the chain was written anew",
}
group = typer.Typer(
    name="audit", help="Check the audit, and read it.", no_args_is_help=True,
    rich_markup_mode="markdown",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(group)


@group.command()
def verify(
    head: Annotated[
        str | None,
        typer.Option(help="Where the chain ended earlier, NUMBER:HASH, as you noted it then."),
    ] = None,
) -> None:
    """Walk along the chain of the audit and name the first row that was changed or removed.

    Note the head that it prints and keep it elsewhere: only a noted head can tell whether the end
    of the chain was cut off. Exit status: 0 whole, 1 broken.

    Example: `roundsman audit verify --head 41230:9f2c…`
    """
    known = _head(head)
    verdict, unsealed, end = asyncio.run(_verify(Settings().database_url, known))
    if unsealed:
        typer.echo(f"{unsealed} rows older than an hour bore no seal. They were sealed now.")
    if verdict.broken is not None:
        typer.echo(f"BROKEN: {_told(verdict.broken)}. {verdict.checked} rows before are whole.")
        raise typer.Exit(1)
    typer.echo(f"Whole: {verdict.checked} rows. Head: {end}")


async def _verify(url: str, known: Head | None) -> tuple[Verdict, int, Head]:
    await db.connect(url)
    try:
        verdict = await audit_chain.verify(known)
        if verdict.broken is not None:
            return verdict, 0, verdict.head
        unsealed = await audit_chain.unsealed(SystemClock().now() - SEALED_WITHIN)
        while True:
            sealed, end = await audit_chain.seal(whole=True)
            if sealed < audit_chain.BATCH:
                break
        return verdict, unsealed, end
    finally:
        await db.disconnect()


def _told(broken: Broken) -> str:
    return _FAULTS[broken.what].format(row=broken.audit_id, number=broken.number)


def _head(text: str | None) -> Head | None:
    if text is None:
        return None
    number, _, found = text.partition(":")
    if not number.isdigit() or len(found) != len(audit_chain.BEGINNING):
        raise typer.BadParameter("give the head as it was printed, NUMBER:HASH")
    return Head(int(number), found)


@group.command()
def show(
    *,
    customer: Annotated[
        str | None, typer.Option(help="What happened to a customer: its id in the bank's systems.")
    ] = None,
    staff: Annotated[str | None, typer.Option(help="What somebody did: the staff number.")] = None,
    since: Annotated[
        str | None, typer.Option(help="From this day on, 2026-11-01, in Shanghai.")
    ] = None,
) -> None:
    """Print what the audit says about a customer or of a colleague, newest first.

    That it was looked at is written into the audit, too.

    Example: `roundsman audit show --customer C0001 --since 2026-11-01`
    """
    if (customer is None) == (staff is None):
        raise typer.BadParameter("give either --customer or --staff")
    about, name = ("customer", customer) if customer is not None else ("staff", staff)
    first = _day(since)
    try:
        page = asyncio.run(_entries(Settings().database_url, about, str(name), first))
    except Refused as refused:
        typer.echo(f"{name}: {texts(ENGLISH).of(refused.text)}", err=True)
        raise typer.Exit(1) from refused
    Console().print(_table(page))
    if page.more:
        typer.echo(f"Only the newest {MOST} are shown.", err=True)


async def _entries(url: str, about: str, name: str, since: datetime | None) -> EntryPage:
    await db.connect(url)
    try:
        acting = Acting(SYSTEM, SystemClock().now(), f"cli:{new_token(6)}")
        async with transaction():
            number = await _id_of(about, name)
            return await entries(acting, about, number, since=since, limit=MOST)
    finally:
        await db.disconnect()


async def _id_of(about: str, name: str) -> int:
    found = (
        await Customer.get_or_none(external_id=name)
        if about == "customer"
        else await Staff.get_or_none(number=name)
    )
    if found is None:
        raise NotFound
    return int(found.id)


def _table(page: EntryPage) -> Table:
    table = Table("when", "who", "what", "customer", "detail", title=Text(page.title))
    for entry in page.entries:
        table.add_row(*(Text(cell) for cell in _cells(entry)))
    return table


def _cells(entry: Entry) -> tuple[str, ...]:
    t = texts(ENGLISH)
    at = f"{entry.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
    what = action_of(t, entry.action)
    return at, entry.actor or "the system", what, entry.customer, detail_of(t, entry.detail)


def _day(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)
    except ValueError as error:
        raise typer.BadParameter(f"--since {text}: give a day, 2026-11-01") from error
