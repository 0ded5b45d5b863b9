"""What the commands of the shell share: commands of core, performed by the system."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from bot import menu
from bot.settings import Settings
from core import bus
from core.acting import Acting
from core.bus import perform
from core.clock import SystemClock, new_token
from core.enrolment import SYSTEM
from core.errors import Refused
from core.events import RoleChanged
from core.i18n import texts
from core.rules import quiet
from notifications import rules
from storage import db

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")


def as_system(work: Callable[[Acting], Awaitable[T]], what: str) -> T:
    """Run `work` for the system in the database of the settings; those concerned are told.

    A refusal is printed with what it was about, and ends the command with status 1.
    """
    settings = Settings()
    try:
        return asyncio.run(_connected(settings, work))
    except Refused as refused:
        typer.echo(f"{what}: {texts('en').of(refused.text)}", err=True)
        raise typer.Exit(1) from refused


async def done(acting: Acting, command: object) -> Any:
    """Perform one command, in a transaction of its own."""
    return await perform(acting, command, acting.cause)


async def _connected(settings: Settings, work: Callable[[Acting], Awaitable[T]]) -> T:
    rules.subscribe_all()
    bus.subscribe(RoleChanged, menu.draw_again)
    quiet.configure(quiet.QuietHours(settings.quiet_from, settings.quiet_until))
    await db.connect(settings.database_url)
    try:
        return await work(Acting(SYSTEM, SystemClock().now(), f"cli:{new_token(6)}"))
    finally:
        await db.disconnect()
