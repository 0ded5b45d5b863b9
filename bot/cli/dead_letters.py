"""`retry` and `dismiss`: what becomes of what was given up."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Annotated, Any

import typer

from bot.settings import Settings
from core.acting import Acting
from core.bus import perform
from core.clock import SystemClock, new_token
from core.dead_letters import DismissDeadLetter, DismissOldDeadLetters, RetryDeadLetter
from core.enrolment import SYSTEM
from core.errors import AlreadySettled, NotFound, Refused
from core.i18n import texts
from storage import db

_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(retry)
    app.command()(dismiss)


def retry(
    key: Annotated[str, typer.Argument(help="The key that `doctor` shows: u:…, t:… or o:….")],
) -> None:
    """Try a given-up update, job or message once more.

    Example: `roundsman retry u:123456789`
    """
    _perform(RetryDeadLetter(key), key)
    typer.echo(f"{key} will be tried again.")


def dismiss(
    key: Annotated[
        str | None, typer.Argument(help="The key that `doctor` shows: u:…, t:… or o:….")
    ] = None,
    *,
    all_older_than: Annotated[
        str | None,
        typer.Option(help="Instead of a key: everything given up so long ago, as 7d, 12h or 30m."),
    ] = None,
) -> None:
    """Set a given-up update, job or message aside; it is kept, but `doctor` is content.

    Example: `roundsman dismiss o:42`, `roundsman dismiss --all-older-than 7d`
    """
    if (key is None) == (all_older_than is None):
        raise typer.BadParameter("give either a key or --all-older-than")
    if key is not None:
        _perform(DismissDeadLetter(key), key)
        typer.echo(f"{key} was dismissed.")
        return
    before = SystemClock().now() - _duration(str(all_older_than))
    dismissed = _perform(DismissOldDeadLetters(before), "")
    typer.echo(f"{len(dismissed)} were dismissed.")


def _duration(text: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,5})([dhm])", text)
    if found is None:
        raise typer.BadParameter("a length of time reads like 7d, 12h or 30m")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _perform(command: object, key: str) -> Any:
    try:
        return asyncio.run(_performed(command))
    except (NotFound, AlreadySettled) as refused:
        typer.echo(f"{key} is not among the dead letters.", err=True)
        raise typer.Exit(1) from refused
    except Refused as refused:
        typer.echo(f"{key}: {texts('en').of(refused.text)}", err=True)
        raise typer.Exit(1) from refused


async def _performed(command: object) -> Any:
    await db.connect(Settings().database_url)
    try:
        acting = Acting(SYSTEM, SystemClock().now(), f"cli:{new_token(6)}")
        return await perform(acting, command, acting.cause)
    finally:
        await db.disconnect()
