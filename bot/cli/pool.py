"""`pool`: the rules of the shared pool, by grade."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.settings import Settings
from core.acting import Acting
from core.bus import perform
from core.clock import SystemClock, new_token
from core.enrolment import SYSTEM
from core.errors import Refused
from core.i18n import texts
from core.pool import SetPoolRule, rule_of
from storage import db
from storage.models import PoolRule

if TYPE_CHECKING:
    from collections.abc import Sequence

pool = typer.Typer(help="The shared pool's rules, by grade.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(pool, name="pool")


@pool.command()
def rules() -> None:
    """Print the rules.

    Example: `roundsman pool rules`
    """
    _print(asyncio.run(_rules()))


@pool.command(name="set")
def set_rule(
    grade: Annotated[str, typer.Argument(help="The customers' grade: A, B, C or D.")],
    *,
    claim_cap: Annotated[
        int | None, typer.Option(help="The most customers of the grade to keep and claim more.")
    ] = None,
    idle_workdays: Annotated[
        int | None, typer.Option(help="Untouched for so many working days, it is proposed.")
    ] = None,
    cool_down_days: Annotated[
        int | None, typer.Option(help="Who had it waits so many days to claim it again.")
    ] = None,
) -> None:
    """Change the rules of a grade; what is not given stays.

    Example: `roundsman pool set A --idle-workdays 20`
    """
    try:
        changed = asyncio.run(_set(grade, claim_cap, idle_workdays, cool_down_days))
    except Refused as refused:
        typer.echo(f"{grade}: {texts('en').of(refused.text)}", err=True)
        raise typer.Exit(1) from refused
    _print(changed)


def _print(found: Sequence[PoolRule]) -> None:
    table = Table("grade", "claim cap", "idle working days", "cool-down days")
    for rule in found:
        table.add_row(
            rule.grade, str(rule.claim_cap), str(rule.idle_workdays), str(rule.cool_down_days)
        )
    Console().print(table)


async def _rules() -> list[PoolRule]:
    await db.connect(Settings().database_url)
    try:
        return await PoolRule.all().order_by("grade")
    finally:
        await db.disconnect()


async def _set(
    grade: str, claim_cap: int | None, idle_workdays: int | None, cool_down_days: int | None
) -> list[PoolRule]:
    await db.connect(Settings().database_url)
    try:
        now = await rule_of(grade)
        command = SetPoolRule(
            grade,
            now.claim_cap if claim_cap is None else claim_cap,
            now.idle_workdays if idle_workdays is None else idle_workdays,
            now.cool_down_days if cool_down_days is None else cool_down_days,
        )
        acting = Acting(SYSTEM, SystemClock().now(), f"cli:{new_token(6)}")
        await perform(acting, command, acting.cause)
        return await PoolRule.filter(grade=grade)
    finally:
        await db.disconnect()
