"""`when` and `understand`: a line of text in, a line of JSON out."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.settings import Settings
from core.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.language.names import Portfolio

Now = Annotated[
    str | None,
    typer.Option(help="The moment to read from, ISO 8601 with zone. Default: now, in Shanghai."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(when)
    app.command()(understand)


def when(now: Now = None) -> None:
    """Read date phrases, one a line; print `{"text", "date", "time"}` for each.

    Example: `echo 下周二下午3点 | roundsman when --now 2026-11-23T10:00+08:00`
    """
    from core.language.lines import when_line  # noqa: PLC0415 - loads the grammar only here

    moment = _moment(now)
    for text in _lines():
        typer.echo(when_line(text, moment))


def understand(
    now: Now = None,
    portfolio: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False,
            help="A JSON list of customers (id, name_zh, name_en, contacts) instead of the "
            "database.",
        ),
    ] = None,
) -> None:  # fmt: skip
    """Read notes, one a line; print what was understood of each as JSON.

    Example: `echo 刚拜访华兴,想续贷500万 | roundsman understand --portfolio customers.json`
    """
    from core.language.lines import understand_line  # noqa: PLC0415 - loads the grammar only here

    moment, known = _moment(now), _portfolio(portfolio)
    for text in _lines():
        typer.echo(understand_line(text, moment, known))


def _portfolio(file: Path | None) -> Portfolio:
    from core.language.lines import portfolio_from_json  # noqa: PLC0415 - likewise

    if file is not None:
        try:
            data: Any = json.loads(file.read_text(encoding="utf-8-sig"))
        except ValueError as error:
            raise typer.BadParameter(f"{file} is not JSON: {error}") from error
        return portfolio_from_json(data)
    import asyncio  # noqa: PLC0415 - likewise

    return portfolio_from_json(asyncio.run(_customers_of_database()))


async def _customers_of_database() -> list[dict[str, Any]]:
    from storage import db  # noqa: PLC0415 - likewise
    from storage.models import Contact, Customer  # noqa: PLC0415 - likewise

    await db.connect(Settings().database_url)
    try:
        contacts: dict[int, list[dict[str, str]]] = {}
        for contact in await Contact.filter(ended_at=None):
            contacts.setdefault(contact.customer_id, []).append(
                {"name": contact.name, "title": contact.title, "phone": contact.phone}
            )
        return [
            {
                "id": customer.external_id or customer.id,
                "name_zh": customer.name_zh,
                "name_en": customer.name_en,
                "contacts": contacts.get(customer.id, []),
            }
            for customer in await Customer.all()
        ]
    finally:
        await db.disconnect()


def _moment(now: str | None) -> datetime:
    if now is None:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - likewise

        return SystemClock().now().astimezone(ZoneInfo("Asia/Shanghai"))
    try:
        moment = datetime.fromisoformat(now)
    except ValueError as error:
        raise typer.BadParameter(f"--now {now}: give ISO 8601, 2026-11-23T10:00+08:00") from error
    if moment.tzinfo is None:
        raise typer.BadParameter(f"--now {now}: the zone is missing, as in 2026-11-23T10:00+08:00")
    return moment


def _lines() -> Iterator[str]:
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        yield line.rstrip("\r\n")
