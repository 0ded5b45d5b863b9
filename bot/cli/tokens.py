"""`token`: keys to the HTTP API, made, listed and revoked by the operator."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from bot.settings import Settings
from core.acting import Acting
from core.bus import perform
from core.clock import SystemClock, new_token
from core.enrolment import SYSTEM
from core.errors import Refused
from core.events import TokenMade
from core.i18n import texts
from core.tokens import SCOPES, CreateToken, RevokeToken, tokens, visible
from storage import db

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from storage.models import ApiToken

T = TypeVar("T")
token = typer.Typer(no_args_is_help=True, help="Keys to the HTTP API.")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(token, name="token")


@token.command()
def create(
    number: Annotated[str, typer.Argument(help="The staff number of whom it acts as.")],
    name: Annotated[str, typer.Option(help="What it is for.")],
    scope: Annotated[
        list[str], typer.Option(help="What it may be used for; may be repeated. `all` for all.")
    ],
    days: Annotated[int, typer.Option(help="How long it is good for.")] = 90,
) -> None:
    """Make a token and print its secret, once.

    Scopes: customers:read, activities:read, activities:write, follow_ups:read,
    follow_ups:write, staff:read, staff:invite, export, tokens:admin, subscriptions:admin.

    Example: `roundsman token create 10023 --name "core banking" --scope customers:read`
    """
    scopes = list(SCOPES) if scope == ["all"] else scope

    async def make(acting: Acting) -> tuple[ApiToken, str]:
        made = await perform(acting, CreateToken(number, name, scopes, days), acting.cause)
        secret = next(one.secret for one in acting.events if isinstance(one, TokenMade))
        return await visible(acting, made), secret

    made, secret = _run(make)
    typer.echo(secret)
    typer.echo(f"Token {made.id} of {number}, good until {_day(made.expires_at)}. "
               "The secret is shown this once.", err=True)  # fmt: skip


@token.command(name="list")
def list_() -> None:
    """Show all tokens: of whom, what for, until when, when last used.

    Example: `roundsman token list`
    """
    table = Table("id", "staff", "for", "scopes", "until", "last used", "revoked")
    for one in _run(tokens):
        table.add_row(str(one.id), one.staff.number, one.name, "\n".join(one.scopes),
                      _day(one.expires_at), _day(one.last_used_at),
                      _day(one.revoked_at))  # fmt: skip
    Console().print(table)


@token.command()
def revoke(token_id: Annotated[int, typer.Argument(metavar="ID", help="The token's id.")]) -> None:
    """Make a token worthless, at once.

    Example: `roundsman token revoke 7`
    """

    async def end(acting: Acting) -> None:
        await perform(acting, RevokeToken(token_id), acting.cause)

    _run(end)
    typer.echo(f"Token {token_id} is revoked.")


def _run(do: Callable[[Acting], Awaitable[T]]) -> T:
    try:
        return asyncio.run(_connected(do))
    except Refused as refused:
        typer.echo(f"{texts('en').of(refused.text).striptags()}", err=True)
        raise typer.Exit(1) from refused


async def _connected(do: Callable[[Acting], Awaitable[T]]) -> T:
    await db.connect(Settings().database_url)
    try:
        return await do(Acting(SYSTEM, SystemClock().now(), f"cli:{new_token(6)}"))
    finally:
        await db.disconnect()


def _day(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M}"
