"""A real browser before a real simulator, and a small scripted bot behind it."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
from browser_support import ALONE, TOKEN, EchoBot, Opens
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.simulator import Phone, Simulator
from core.clock import MovableClock

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
PATIENCE_MS = 8_000
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is; a machine without one fails these tests and says why."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("No Chromium found: install one or set CHROMIUM to its path.", pytrace=False)
    return found


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator(MovableClock(MORNING), token=TOKEN) as simulator:
        yield simulator


@pytest.fixture
async def echo(sim: Simulator) -> AsyncIterator[EchoBot]:
    """The scripted bot, polling."""
    async with aiohttp.ClientSession() as session:
        bot = EchoBot(sim, session)
        polling = asyncio.get_running_loop().create_task(bot.run())
        yield bot
        polling.cancel()
        await polling


@pytest.fixture
async def li(sim: Simulator, echo: EchoBot) -> Phone:
    """A relationship manager who has pressed START and was welcomed."""
    phone = sim.phone(101, "李伟", "liwei", "zh-hans", "+8613800000001", label="客户经理 RM")
    await phone.start()
    await phone.sees("Welcome")
    return phone


@pytest.fixture
async def everybody(sim: Simulator, li: Phone) -> list[Phone]:
    """Four phones."""
    others = [(102, "陈静", "电访员"), (103, "Ann Wu", "team leader"), (104, "赵敏", "总行")]
    return [li, *(sim.phone(number, name, label=label) for number, name, label in others)]


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield launched
        await launched.close()


@pytest.fixture
async def opens(sim: Simulator, browser: Browser) -> AsyncIterator[Opens]:
    """Open the page; afterwards nothing may have gone wrong in it or been fetched elsewhere."""
    wrong: list[str] = []
    contexts = []

    def said(kind: str, text: str) -> None:
        # A refusal of the simulator (409) is an answer, though the browser calls it an error.
        if kind == "error" and "status of 409" not in text:
            wrong.append(text)

    def requested(url: str) -> None:
        if not url.startswith((sim.url, "blob:", "data:", sim.url.replace("http", "ws", 1))):
            wrong.append(f"a request to {url}")

    async def open_page(path: str = ALONE, width: int = 1280, height: int = 800) -> Page:
        context = await browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: wrong.append(f"an error: {error}"))
        page.on("console", lambda line: said(line.type, line.text))
        page.on("request", lambda request: requested(request.url))
        await page.goto(sim.url + path)
        await page.wait_for_selector("html[data-ready=true]")
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert wrong == []
