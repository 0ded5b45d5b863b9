"""`search`: customers by whatever is remembered of them, a query a line."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Annotated

import typer

from bot.settings import Settings
from core import customers
from core.acting import Acting
from core.clock import SystemClock, new_token
from core.enrolment import SYSTEM
from core.errors import NotFound
from core.people import person_by_number
from storage import db
from storage.models import Customer
from storage.search import refill

BEST = 5


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(search)
    app.command()(reindex)


def search(
    as_: Annotated[
        str | None,
        typer.Option("--as", help="A staff number: search with that person's eyes."),
    ] = None,
) -> None:
    """Read queries, one a line; print `{"query", "ids"}` for each: the five best, the best first.

    The ids are those of the loaded file; of a customer without one, our own. Without `--as` the
    whole bank is searched.

    Example: `echo 华兴 | roundsman search --as 10001`
    """
    try:
        asyncio.run(_search(as_))
    except NotFound as error:
        typer.echo(f"--as {as_}: there is no such active colleague", err=True)
        raise typer.Exit(1) from error


def reindex() -> None:
    """Make what customers are found by anew, after a version that makes it otherwise.

    Example: `roundsman reindex`
    """
    typer.echo(f"Made anew: {asyncio.run(_reindex()):,}")


async def _reindex() -> int:
    await db.connect(Settings().database_url)
    try:
        return await refill()
    finally:
        await db.disconnect()


async def _search(number: str | None) -> None:
    await db.connect(Settings().database_url)
    try:
        now = SystemClock().now()
        person = SYSTEM if number is None else await person_by_number(number, now)
        acting = Acting(person, now, f"cli:{new_token(6)}")
        for raw in sys.stdin.buffer:
            query = raw.decode("utf-8", "replace").rstrip("\r\n")
            typer.echo(json.dumps({"query": query, "ids": await _ids(acting, query)},
                                  ensure_ascii=False))  # fmt: skip
    finally:
        await db.disconnect()


async def _ids(acting: Acting, query: str) -> list[str]:
    found = await customers.find(acting, query, limit=BEST)
    ids = [item.id for item in found.items]
    external = dict(await Customer.filter(id__in=ids or [0]).values_list("id", "external_id"))
    return [external[one] or str(one) for one in ids]
