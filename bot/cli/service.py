"""`run`: the service itself, with a real token."""

from __future__ import annotations

import asyncio
import gc
import signal

import typer

from bot.app import App
from bot.cli.database import ensure_folder
from bot.logs import configure_logs
from bot.settings import Settings
from core.clock import SystemClock
from storage.migrate import missing_migrations


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(run)


def run() -> None:
    """Talk to Telegram: by long polling, or by webhook when a public URL is set.

    Example: `ROUNDSMAN_TOKEN=123:abc roundsman run`
    """
    settings = Settings()
    configure_logs(settings)
    if not settings.token.get_secret_value():
        _stop("ROUNDSMAN_TOKEN is not set. BotFather gives one; see docs/going-live.md.")
    if settings.public_url and not settings.webhook_secret.get_secret_value():
        _stop("ROUNDSMAN_WEBHOOK_SECRET is not set; a webhook needs one.")
    ensure_folder(settings.database_url)
    if missing := asyncio.run(missing_migrations(settings.database_url)):
        _stop(f"The database is {len(missing)} migrations behind. Run `roundsman migrate` first.")
    asyncio.run(_serve(settings))


def _stop(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with App(settings, SystemClock()):
        # What is loaded now stays: the collector need not look at it again and again (measured:
        # a fifteenth of the time of an update).
        gc.collect()
        gc.freeze()
        await stop.wait()
