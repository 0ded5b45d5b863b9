"""`doctor`: is everything well? For people, and by its exit status for monitors."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.text import Text
from telegram import Bot
from telegram.error import TelegramError

from bot.giving_up import kind_of
from bot.request import AiohttpRequest
from bot.settings import Settings
from core.clock import SystemClock
from core.enrolment import refusal_counts
from core.i18n import texts
from storage import announcements, db, dead_letters
from storage.migrate import missing_migrations
from storage.queues import millis

STUCK_AFTER = timedelta(minutes=5)
MANY_REFUSALS = 50
LISTED = 20
_MARKS = {"well": "[green]✓[/]", "warning": "[yellow]![/]", "bad": "[red]✗[/]"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    state: Literal["well", "warning", "bad"]
    text: str


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(doctor)


def doctor() -> None:
    """Look at settings, database, migrations, Telegram, dead letters and stuck lanes.

    Exit status: 0 all well, 1 something to look at, 2 something broken.

    Example: `roundsman doctor || page-the-operator`
    """
    console = Console()
    try:
        settings = Settings()
    except ValidationError as error:
        for problem in error.errors():
            told = f"setting {problem['loc'][0]}: {problem['msg']}"
            console.print(_MARKS["bad"], _literally(told), soft_wrap=True)
        raise typer.Exit(2) from error
    findings = asyncio.run(examine(settings))
    for finding in findings:
        console.print(_MARKS[finding.state], _literally(finding.text), soft_wrap=True)
    states = {finding.state for finding in findings}
    raise typer.Exit(2 if "bad" in states else 1 if "warning" in states else 0)


async def examine(settings: Settings) -> list[Finding]:
    """Everything that `doctor` looks at, in order."""
    findings = [Finding("well", "settings are readable")]
    file = db.sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        findings.append(Finding("bad", f"no database at {file}: run `roundsman migrate`"))
        return [*findings, await _telegram(settings)]
    try:
        missing = await missing_migrations(settings.database_url)
    except Exception as error:  # noqa: BLE001 - whatever the database says, it is a finding
        findings.append(Finding("bad", f"database: {type(error).__name__}: {error}"))
    else:
        findings.append(Finding("well", "database answers"))
        if missing:
            findings.append(
                Finding("bad", f"{len(missing)} migrations missing: run `roundsman migrate`")
            )
        else:
            findings.append(Finding("well", "migrations are complete"))
            findings += await _queues(settings)
    findings.append(await _telegram(settings))
    return findings


async def _queues(settings: Settings) -> list[Finding]:
    now = SystemClock().now()
    await db.connect(settings.database_url)
    try:
        findings = [*await _dead_letters(), *await _undeliverable(), *await _untold()]
        stuck = await db.rows(
            "SELECT lane, COUNT(*) AS n, MIN(received_at) AS since FROM inbox"
            " WHERE status = 'pending' AND received_at < $1 GROUP BY lane LIMIT 20",
            millis(now - STUCK_AFTER),
        )
        findings += [
            Finding("warning", f"lane {row['lane']} has {row['n']} waiting for over "
                    f"{(millis(now) - row['since']) // 60000} minutes")
            for row in stuck
        ]  # fmt: skip
        unsent = await db.rows(
            "SELECT COUNT(*) AS n FROM outbox WHERE status = 'pending' AND not_before < $1"
            " AND created_at < $1",
            millis(now - STUCK_AFTER),
        )
        if unsent[0]["n"]:
            findings.append(Finding("warning", f"{unsent[0]['n']} messages wait to be delivered"))
        refused = await refusal_counts(now - timedelta(hours=24))
        total = sum(refused.values())
        findings.append(
            Finding("warning" if total > MANY_REFUSALS else "well",
                    f"{total} refused enrolments in 24 hours")
        )  # fmt: skip
        if not any(finding.state == "warning" for finding in findings):
            findings.append(Finding("well", "no dead letters, no stuck lanes"))
        return findings
    finally:
        await db.disconnect()


async def _dead_letters() -> list[Finding]:
    found, count = await dead_letters.letters(LISTED)
    findings = [
        Finding(
            "warning",
            f"dead letter {row['key']}, {texts('en').of(kind_of(row['body']))}, after"
            f" {row['attempts']} attempts: {row['error']}",
        )
        for row in found
    ]
    return [*findings, *_rest("dead letters", count)]


async def _undeliverable() -> list[Finding]:
    found, count = await dead_letters.messages(LISTED)
    findings = [
        Finding(
            "warning",
            f"undeliverable o:{row['id']}, {row['op']} of {row['cause']}: {row['error']}",
        )
        for row in found
    ]
    return [*findings, *_rest("undeliverable messages", count)]


async def _untold() -> list[Finding]:
    """Systems that subscribed and could not be told."""
    return [
        Finding(
            "warning",
            f"subscription {row['id']}, {row['url']}: {row['n']} announcements were given up,"
            f" {row['error']}",
        )
        for row in await announcements.given_up()
    ]


def _rest(what: str, count: int) -> list[Finding]:
    if not count:
        return []
    listed = f"; the newest {LISTED} are listed" if count > LISTED else ""
    return [Finding("warning", f"{count} {what}{listed}: `roundsman retry KEY` tries again, "
                    "`roundsman dismiss KEY` sets aside")]  # fmt: skip


def _literally(text: str) -> Text:
    """The text as it is: a key like t:100:5 holds no smiley, an error no markup."""
    return Text(text)


async def _telegram(settings: Settings) -> Finding:
    token = settings.token.get_secret_value()
    if not token:
        return Finding("bad", "ROUNDSMAN_TOKEN is not set")
    bot = Bot(token, base_url=settings.api_base, request=AiohttpRequest(timeout=5),
              get_updates_request=AiohttpRequest(timeout=5))  # fmt: skip
    try:
        async with bot:
            return Finding("well", f"Telegram answers as @{bot.username}")
    except TelegramError as error:
        return Finding("bad", f"Telegram: {type(error).__name__}")
