"""`invite`: let a colleague in from the command line."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from telegram import Bot
from telegram.error import TelegramError

from bot.request import AiohttpRequest
from bot.settings import Settings
from core.acting import Acting
from core.bus import perform
from core.clock import SystemClock, new_token
from core.enrolment import SYSTEM, InviteStaff
from core.errors import Refused
from core.events import StaffInvited
from core.i18n import texts
from storage import db


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(invite)


def invite(number: Annotated[str, typer.Argument(help="The colleague's staff number.")]) -> None:
    """Make a single-use invitation for a staff member and print it.

    Example: `roundsman invite 10023`
    """
    settings = Settings()
    try:
        made = asyncio.run(_invite(settings, number))
    except Refused as refused:
        typer.echo(f"{number}: {texts('en').of(refused.text)}", err=True)
        raise typer.Exit(1) from refused
    typer.echo(f"{made['name']}: {made['link']} (valid until {made['expires_at']}, once)")


async def _invite(settings: Settings, number: str) -> dict[str, str]:
    await db.connect(settings.database_url)
    try:
        acting = Acting(SYSTEM, SystemClock().now(), f"cli:{new_token(6)}")
        made: dict[str, str] = await perform(acting, InviteStaff(number), acting.cause)
        code = invitation_code(acting)
    finally:
        await db.disconnect()
    return {**made, "link": await _link(settings, code)}


def invitation_code(acting: Acting) -> str:
    """The code of the invitation that was just made; nothing else has it."""
    return next(event.code for event in acting.events if isinstance(event, StaffInvited))


async def _link(settings: Settings, code: str) -> str:
    """The deep link; without a reachable platform, the command to type instead."""
    token = settings.token.get_secret_value()
    if token:
        bot = Bot(token, base_url=settings.api_base, request=AiohttpRequest(),
                  get_updates_request=AiohttpRequest())  # fmt: skip
        try:
            async with bot:
                return f"https://t.me/{bot.username}?start={code}"
        except TelegramError:
            pass
    return f"/start {code}"
