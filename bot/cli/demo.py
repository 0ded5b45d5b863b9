"""`demo`: the bot, a local Telegram and a made-up bank, on one page in the browser."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import webbrowser
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from bot.app import App
from bot.cli.demo_story import play
from bot.cli.invite import invitation_code
from bot.logs import configure_logs
from bot.settings import Settings
from bot.simulator import Simulator
from core.acting import Acting
from core.bus import perform
from core.clock import MovableClock, SystemClock
from core.enrolment import SYSTEM, InviteStaff
from core.rules.workdays import is_workday
from storage import db
from storage.demo.load import DEMO_PHONES, NEWCOMER, load
from storage.migrate import migrate
from storage.models import Staff

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ZONE = ZoneInfo("Asia/Shanghai")
TOKEN = "1:DEMO"  # noqa: S105 - the local Telegram takes any
FIRST_CHAT = 101


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(demo)


def demo(
    *,
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.")] = 8765,
    data: Annotated[
        Path, typer.Option(help="Folder for the demo's database; made anew at each start.")
    ] = Path("demo-data"),
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    now: Annotated[
        str | None, typer.Option(help="Where the demo's clock starts, ISO 8601 with zone.")
    ] = None,
) -> None:
    """Play a bank: several phones with the bot, 600 made-up customers, a clock to move.

    Example: `roundsman demo --port 9000 --no-browser`
    """
    start = datetime.fromisoformat(now) if now else working_moment(SystemClock().now())
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(port, data, start, browser=browser))


def working_moment(now: datetime) -> datetime:
    """Now, if the bank is at work; else 08:30 of the next working morning."""
    local = now.astimezone(ZONE)
    if is_workday(local.date()) and time(8, 30) <= local.time() <= time(18):
        return now
    day = local.date() if local.time() < time(8, 30) else local.date() + timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(8, 30), ZONE)


async def _serve(port: int, data: Path, start: datetime, *, browser: bool) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    console = Console(stderr=True)
    async with stage(port, data, start, console=console) as simulator:
        console.print(f"\n[bold]Roundsman[/] is ready: [link={simulator.url}]{simulator.url}[/]")
        console.print("Stop with Ctrl-C.")
        if browser:
            await asyncio.to_thread(webbrowser.open, simulator.url)
        await stop.wait()


@contextlib.asynccontextmanager
async def stage(
    port: int, data: Path, start: datetime, *, console: Console | None = None
) -> AsyncIterator[Simulator]:
    """The whole demo, running: the local Telegram with its phones, the bot, the bank."""
    clock = MovableClock(start, running=True)
    url = _fresh_database(data)
    await migrate(url)
    await db.connect(url)
    try:
        await _load(clock.now(), console or Console(stderr=True, quiet=True))
        invite = await _invite(clock)
    finally:
        await db.disconnect()
    simulator = Simulator(clock=clock, token=TOKEN, pace=True)
    await simulator.start(port=port)
    settings = Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        api_base=simulator.api_base,
        file_base=simulator.file_base,
        database_url=url,
        data_dir=data,
        log_level="WARNING",
        public_url="",
    )
    configure_logs(settings)
    try:
        async with App(settings, clock, tick_seconds=5) as app:
            moves: set[asyncio.Task[None]] = set()

            def moved(_now: datetime) -> None:
                task = asyncio.create_task(app.tick())
                moves.add(task)
                task.add_done_callback(moves.discard)

            simulator.clock_hooks.append(moved)
            simulator.idle_hook = app.settle
            await _phones(simulator, invite)
            await play(clock)
            yield simulator
    finally:
        await simulator.stop()


def _fresh_database(data: Path) -> str:
    data.mkdir(parents=True, exist_ok=True)
    for name in ("demo.db", "demo.db-wal", "demo.db-shm"):
        (data / name).unlink(missing_ok=True)
    return f"sqlite://{data / 'demo.db'}"


async def _load(now: datetime, console: Console) -> None:
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done)

        await load(now, progress=report)
    for number, (staff_number, _label) in enumerate(DEMO_PHONES):
        await Staff.filter(number=staff_number).update(
            chat_id=FIRST_CHAT + number, enrolled_at=now
        )


async def _invite(clock: MovableClock) -> str:
    acting = Acting(SYSTEM, clock.now(), "demo")
    await perform(acting, InviteStaff(NEWCOMER), "demo")
    return invitation_code(acting)


async def _phones(simulator: Simulator, invite: str) -> None:
    for number, (staff_number, label) in enumerate(DEMO_PHONES):
        staff = await Staff.get(number=staff_number)
        phone = simulator.phone(
            FIRST_CHAT + number,
            staff.name_zh,
            language_code="zh-hans",
            phone=staff.phone,
            label=label,
        )
        await phone.start()
    newcomer = await Staff.get(number=NEWCOMER)
    simulator.phone(
        FIRST_CHAT + len(DEMO_PHONES),
        newcomer.name_zh,
        language_code="zh-hans",
        phone=newcomer.phone,
        label="新同事 newcomer",
        invite=invite,
    )
