"""COMMANDS of the shell: `roundsman COMMAND`. Each one's help shows an example."""

from __future__ import annotations

import typer

from bot.cli import (
    audit,
    database,
    dead_letters,
    demo,
    doctor,
    importing,
    invite,
    lines,
    loading,
    pool,
    searching,
    service,
    staff,
    tokens,
)

app = typer.Typer(
    name="roundsman",
    help="Roundsman: a CRM that lives in the chat.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_show_locals=False,
)
for part in (
    service,
    demo,
    database,
    doctor,
    dead_letters,
    invite,
    staff,
    importing,
    loading,
    pool,
    audit,
    tokens,
    searching,
    lines,
):
    part.register(app)
