"""The page as a whole: colours, languages, widths, several phones, keyboard, refusals."""

from __future__ import annotations

from itertools import pairwise

import pytest
from browser_support import ALONE, EchoBot, Opens
from playwright.async_api import Locator, Page, expect

from bot.simulator import Phone

pytestmark = pytest.mark.browser

LI = '[data-phone="101"]'


def bubble(page: Page, text: str, phone: str = LI) -> Locator:
    """The newest bubble that shows these words."""
    return page.locator(f"{phone} .bubble", has_text=text).last


async def write(page: Page, text: str) -> None:
    field = page.locator(f"{LI} textarea[name=message]")
    await field.fill(text)
    await field.press("Enter")


async def sideways(page: Page) -> int:
    """By how many points the page is wider than the window."""
    return await page.evaluate("document.documentElement.scrollWidth - innerWidth")


async def test_dark_and_light(opens: Opens, li: Phone) -> None:
    page = await opens("/?lang=en&phones=101")
    colour = "getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(colour)
    await page.get_by_role("button", name="Switch to dark").click()
    assert await page.evaluate(colour) != light
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await page.get_by_role("button", name="Switch to light").click()
    assert await page.evaluate(colour) == light
    dark = await opens("/?theme=dark")
    assert await dark.evaluate(colour) != light


async def test_the_pages_own_words_change_their_language(opens: Opens, li: Phone) -> None:
    page = await opens("/?phones=101&lang=en")
    await page.get_by_role("button", name="页面切换为中文").click()
    await expect(page.get_by_role("button", name="+10 分钟")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    await expect(page.get_by_role("button", name="附件")).to_be_visible()
    await expect(bubble(page, "Welcome")).to_be_visible()


async def test_several_phones_stand_side_by_side(opens: Opens, everybody: list[Phone]) -> None:
    page = await opens("/?lang=en&theme=light", 1440, 900)
    phones = page.locator(".phone:visible")
    await expect(phones).to_have_count(4)
    boxes = [await phones.nth(number).bounding_box() for number in range(4)]
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box is not None]
    assert len(edges) == 4
    assert all(left[1] <= right[0] for left, right in pairwise(edges))
    assert edges[-1][1] <= 1440
    assert await sideways(page) <= 0
    await page.locator("[data-person='103']").click()
    await expect(phones).to_have_count(3)


async def test_a_hidden_phone_counts_what_is_unread(
    opens: Opens, everybody: list[Phone], echo: EchoBot
) -> None:
    page = await opens()
    await everybody[1].start()
    badge = page.locator("[data-person='102'] .badge")
    await expect(badge).to_have_text("1")
    await page.locator("[data-person='102']").click()
    await expect(bubble(page, "Welcome", '[data-phone="102"]')).to_be_visible()
    await expect(badge).to_have_count(0)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_narrow_window_shows_one_phone_and_never_scrolls_sideways(
    opens: Opens, everybody: list[Phone], echo: EchoBot, lang: str
) -> None:
    page = await opens(f"/?theme=light&lang={lang}", 375, 740)
    await expect(page.locator(".phone:visible")).to_have_count(1)
    await write(page, "long" * 60)
    await expect(bubble(page, "You said: longlong")).to_be_visible()
    await write(page, "/buttons")
    await expect(page.get_by_role("button", name="Change it")).to_be_visible()
    await echo.call("sendVenue", chat_id=101, latitude=31.0, longitude=121.0,
                    title="华兴机械" * 12, address="x" * 80)  # fmt: skip
    await expect(page.locator(".place")).to_be_visible()
    assert await sideways(page) <= 0
    inner = "document.querySelector('.messages')"
    assert await page.evaluate(f"{inner}.scrollWidth - {inner}.clientWidth") <= 0
    await page.locator("[data-person='102']").click()
    await expect(page.locator('[data-phone="102"]')).to_be_visible()
    await expect(page.locator(LI)).to_be_hidden()
    assert await sideways(page) <= 0


async def test_the_bar_can_be_left_out_for_pictures(opens: Opens, everybody: list[Phone]) -> None:
    page = await opens("/?phones=104,101&chrome=off&lang=zh")
    await expect(page.locator("#top")).to_be_hidden()
    names = await page.locator(".phone:visible h2").all_text_contents()
    assert names == ["赵敏", "李伟"]


async def test_a_refusal_of_the_simulator_is_told(opens: Opens, li: Phone) -> None:
    page = await opens()
    await write(page, "/start no spaces here")
    await expect(page.locator(f"{LI} .toast")).to_contain_text("a deep link takes 1-64")
    await expect(page.locator(f"{LI} textarea")).to_have_value("/start no spaces here")


async def test_what_happens_on_another_page_is_seen(opens: Opens, li: Phone) -> None:
    first, second = await opens(), await opens(ALONE)
    await write(first, "hello")
    await expect(bubble(second, "You said: hello")).to_be_visible()


async def test_the_keyboard_alone_is_enough(opens: Opens, li: Phone) -> None:
    page = await opens()
    await page.locator(f"{LI} .phone-menu").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Start parameter")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_every_control_has_a_name(opens: Opens, everybody: list[Phone]) -> None:
    page = await opens("/?lang=en", 1440, 900)
    found = await page.evaluate("""
        [...document.querySelectorAll("button, input:not([aria-hidden]), textarea")]
          .filter((node) => node.checkVisibility())
          .filter((node) => !(node.ariaLabel || node.textContent.trim() || node.labels?.length))
          .map((node) => node.outerHTML)
    """)
    assert found == []
