"""Take the pictures of README and docs from the demo's page, always the same way.

Starts the demo with its clock at a fixed Monday, plays a short story on the phones, and
photographs the page in a headless Chromium: both languages, light and dark, wide and 375 pixels.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playwright.async_api import async_playwright

from bot.cli.demo import stage

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from bot.simulator import Phone, Simulator

FOLDER = Path(__file__).parent / "screenshots"
MONDAY = datetime(2026, 11, 23, 16, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
LI_WEI, TELECALLER, LEADER, HEAD_OFFICE = 101, 102, 103, 104
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: seconds between two deeds: the bot keeps Telegram's pace of one message a second in a chat
PAUSE = 1.5
LINE_ZH = "今天下午拜访华兴机械王总,想续贷500万,下周二下午3点再约"
LINE_EN = "called Brightway, wants to renew 5m, call again Thursday 10am"


async def main() -> None:
    """Play and photograph."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        async with stage(0, Path(data), MONDAY) as simulator, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
            await _story(simulator, browser)
            await browser.close()


async def _story(simulator: Simulator, browser: Browser) -> None:
    li = simulator.phone(LI_WEI)
    await _act(simulator, li, "says", "/today")
    await _act(simulator, li, "says", "华兴机械")
    await _shoot(simulator, browser, "phone-profile-zh-light", theme="light", lang="zh")
    await _act(simulator, li, "says", LINE_ZH)
    await _shoot(simulator, browser, "phone-card-zh-light", theme="light", lang="zh")
    await _shoot(simulator, browser, "phone-card-zh-dark", theme="dark", lang="zh")
    for number in (TELECALLER, LEADER, HEAD_OFFICE):
        await _act(simulator, simulator.phone(number), "says", "/today")
    await _shoot(simulator, browser, "desktop-zh-light", theme="light", lang="zh", wide=True)
    await _act(simulator, li, "presses", "保存")
    await _act(simulator, li, "says", "/language")
    await _act(simulator, li, "presses", "English")
    await _act(simulator, li, "says", "/today")
    await _shoot(simulator, browser, "phone-home-en-light", theme="light", lang="en")
    await _act(simulator, li, "says", LINE_EN)
    await _shoot(simulator, browser, "phone-card-en-dark", theme="dark", lang="en")
    await _act(simulator, li, "presses", "Save")
    await _act(simulator, li, "says", "Brightway")
    await _shoot(simulator, browser, "phone-profile-en-dark", theme="dark", lang="en")
    for number in (TELECALLER, LEADER, HEAD_OFFICE):
        phone = simulator.phone(number)
        await _act(simulator, phone, "says", "/language")
        await _act(simulator, phone, "presses", "English")
        await _act(simulator, phone, "says", "/today")
    await _shoot(simulator, browser, "desktop-en-dark", theme="dark", lang="en", wide=True)


async def _act(simulator: Simulator, phone: Phone, deed: str, *words: str) -> None:
    await getattr(phone, deed)(*words)
    await phone.settles()
    assert simulator.idle_hook is not None
    await simulator.idle_hook()
    await asyncio.sleep(PAUSE)
    await simulator.idle_hook()


async def _shoot(
    simulator: Simulator,
    browser: Browser,
    name: str,
    *,
    theme: str,
    lang: str,
    wide: bool = False,
) -> None:
    phones = f"{LI_WEI},{TELECALLER},{LEADER},{HEAD_OFFICE}" if wide else str(LI_WEI)
    chrome = "on" if wide else "off"
    size = {"width": 1440, "height": 860} if wide else {"width": 375, "height": 720}
    page = await browser.new_page(viewport=size, color_scheme=theme, device_scale_factor=2)  # type: ignore[arg-type]
    await page.goto(
        f"{simulator.url}/?phones={phones}&theme={theme}&lang={lang}&chrome={chrome}",
        wait_until="load",
    )
    await page.locator("article.message").last.wait_for()
    await page.screenshot(path=FOLDER / f"{name}.png")
    await page.close()
    print(f"{name}.png")


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found is None:
        sys.exit("No Chromium was found; set CHROMIUM to its path.")
    return found


if __name__ == "__main__":
    asyncio.run(main())
