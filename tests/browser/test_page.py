"""The page as a person uses it, in a real browser, against the real simulator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from browser_support import EchoBot, Opens, picture
from playwright.async_api import FilePayload, Locator, Page, expect

from bot.simulator import Phone, Simulator

pytestmark = pytest.mark.browser

LI = '[data-phone="101"]'


def bubble(page: Page, text: str, phone: str = LI) -> Locator:
    """The newest bubble that shows these words."""
    return page.locator(f"{phone} .bubble", has_text=text).last


async def write(page: Page, text: str) -> None:
    field = page.locator(f"{LI} textarea[name=message]")
    await field.fill(text)
    await field.press("Enter")


async def attach(page: Page, what: str) -> None:
    await page.get_by_role("button", name="Attach").click()
    await page.get_by_role("menuitem", name=what, exact=True).click()


async def phone_menu(page: Page, what: str) -> None:
    await page.locator(f"{LI} .phone-menu").click()
    await page.locator(".menu").get_by_text(what, exact=True).click()


async def test_a_text_is_sent_and_answered(opens: Opens, li: Phone) -> None:
    page = await opens()
    await write(page, "今天去了华兴")
    await expect(bubble(page, "You said: 今天去了华兴")).to_be_visible()
    mine = page.locator(f"{LI} .message.mine .bubble", has_text="今天去了华兴")
    await expect(mine).to_contain_text("09:00")
    await expect(page.locator(f"{LI} textarea")).to_have_value("")


async def test_markup_in_a_text_is_shown_as_text(opens: Opens, li: Phone) -> None:
    page = await opens()
    await write(page, "<b>bold</b><img src=x onerror=alert(1)>")
    answer = bubble(page, "You said: <b>bold</b><img src=x onerror=alert(1)>")
    await expect(answer).to_be_visible()
    assert await page.locator(f"{LI} .text :is(b, img)").count() == 0


async def test_the_bots_formatting_is_shown(opens: Opens, li: Phone, echo: EchoBot) -> None:
    page = await opens()
    words = "<b>华兴</b> <code>138</code> /today"
    await echo.call("sendMessage", chat_id=101, text=words, parse_mode="HTML")
    await expect(bubble(page, "华兴").locator("b")).to_have_text("华兴")
    await page.get_by_role("button", name="/today").click()
    await expect(bubble(page, "You said: /today")).to_be_visible()


async def test_shift_enter_makes_a_line_and_does_not_send(opens: Opens, li: Phone) -> None:
    page = await opens()
    field = page.locator(f"{LI} textarea")
    await field.press_sequentially("one")
    await field.press("Shift+Enter")
    await field.press_sequentially("two")
    await expect(field).to_have_value("one\ntwo")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(bubble(page, "You said: one")).to_contain_text("two")


async def test_a_press_changes_the_message(opens: Opens, li: Phone) -> None:
    page = await opens()
    await write(page, "/buttons")
    await page.get_by_role("button", name="Change it").click()
    await expect(bubble(page, "It was changed").locator("b")).to_have_text("changed")
    await expect(bubble(page, "It was changed")).to_contain_text("edited")
    await expect(page.get_by_role("button", name="Change it")).to_have_count(0)


async def test_an_alert_is_a_dialog_that_wants_an_answer(opens: Opens, li: Phone) -> None:
    page = await opens()
    await write(page, "/buttons")
    await page.get_by_role("button", name="Alert").click()
    dialog = page.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("Mind the gap")
    await expect(dialog.get_by_role("button", name="OK")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)


async def test_an_answer_without_alert_is_a_toast(opens: Opens, li: Phone) -> None:
    page = await opens()
    await write(page, "/buttons")
    await page.get_by_role("button", name="Toast").click()
    await expect(page.locator(f"{LI} .toast")).to_have_text("Noted")
    await expect(page.get_by_role("alertdialog")).to_have_count(0)


async def test_a_button_spins_until_the_bot_answers(
    opens: Opens, li: Phone, sim: Simulator, echo: EchoBot
) -> None:
    page = await opens()
    await write(page, "/buttons")
    button = page.get_by_role("button", name="Never")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    [query] = sim.unanswered_presses()
    await echo.call("answerCallbackQuery", callback_query_id=query.id, text="At last")
    await expect(page.locator(f"{LI} .toast")).to_have_text("At last")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_a_copy_button_copies(opens: Opens, li: Phone) -> None:
    page = await opens()
    await write(page, "/buttons")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy", exact=True).click()
    await expect(page.locator(f"{LI} .toast")).to_have_text("Copied to the clipboard")
    assert await page.evaluate("navigator.clipboard.readText()") == "ICBC-42"


async def test_a_key_of_the_keyboard_is_written(opens: Opens, li: Phone) -> None:
    page = await opens()
    await page.get_by_role("button", name="Plain key").click()
    await expect(bubble(page, "You said: Plain key")).to_be_visible()
    await page.get_by_role("button", name="Hide the keyboard").click()
    await expect(page.get_by_role("button", name="Plain key")).to_be_hidden()


async def test_the_contact_key_asks_and_then_sends_the_number(opens: Opens, li: Phone) -> None:
    page = await opens()
    await page.get_by_role("button", name="My number").click()
    await expect(page.get_by_role("dialog")).to_contain_text("+8613800000001")
    await page.get_by_role("button", name="Share").click()
    await expect(bubble(page, "Your number is 8613800000001")).to_be_visible()
    await expect(page.get_by_role("group", name="Contact", exact=True)).to_contain_text("李伟")


async def test_somebody_elses_contact_is_sent(opens: Opens, li: Phone) -> None:
    page = await opens()
    await attach(page, "Somebody's contact")
    await page.get_by_label("Name").fill("王建国")
    await page.get_by_label("Phone number").fill("13900000000")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(bubble(page, "Your number is 13900000000")).to_be_visible()


async def test_an_inline_query_offers_results_page_by_page(opens: Opens, li: Phone) -> None:
    page = await opens()
    await page.locator(f"{LI} textarea").fill("@roundsman_bot hua")
    options = page.get_by_role("listbox", name="Inline results").get_by_role("option")
    await expect(options).to_have_count(5)
    await page.get_by_role("button", name="More results").click()
    await expect(options).to_have_count(7)
    # The first page was asked for before the second: choosing from it must work all the same.
    await options.filter(has_text="Company 2 hua").click()
    sent = bubble(page, "Card of company 2")
    await expect(sent).to_contain_text("via @roundsman_bot")
    await expect(options).to_have_count(0)


async def test_a_button_starts_an_inline_query_and_enter_chooses(opens: Opens, li: Phone) -> None:
    page = await opens()
    await write(page, "/buttons")
    await page.get_by_role("button", name="Look up").click()
    field = page.locator(f"{LI} textarea")
    await expect(field).to_have_value("@roundsman_bot hua")
    await expect(page.get_by_role("option").first).to_be_visible()
    await field.press("ArrowDown")
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(bubble(page, "Card of company 1")).to_be_visible()


async def test_the_slash_opens_the_commands(opens: Opens, li: Phone) -> None:
    page = await opens()
    field = page.locator(f"{LI} textarea")
    await field.fill("/")
    options = page.get_by_role("listbox", name="Commands").get_by_role("option")
    await expect(options).to_have_count(2)
    await expect(options.first).to_contain_text("What is due today")
    await field.fill("/but")
    await expect(options).to_have_count(1)
    await field.press("Enter")
    await expect(bubble(page, "Press one")).to_be_visible()


async def upload(page: Page, what: str, file: FilePayload) -> None:
    async with page.expect_file_chooser() as chooser:
        await attach(page, what)
    await (await chooser.value).set_files(file)


async def test_a_photo_is_uploaded_with_its_caption(opens: Opens, li: Phone) -> None:
    page = await opens()
    photo = FilePayload(name="licence.png", mimeType="image/png", buffer=picture(64, 48))
    await upload(page, "Photo", photo)
    await page.get_by_label("Caption").fill("licence")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(bubble(page, "A photo 64x48, saying licence")).to_be_visible()
    image = page.locator(f"{LI} .photo img")
    await expect(image).to_be_visible()
    await expect(image).to_have_js_property("naturalWidth", 64)
    await page.locator(f"{LI} .photo").click()
    await expect(page.get_by_role("dialog", name="Photo")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_file_is_uploaded_and_can_be_downloaded(opens: Opens, li: Phone) -> None:
    page = await opens()
    file = FilePayload(name="名单.xlsx", mimeType="application/octet-stream", buffer=b"x" * 2048)
    await upload(page, "File", file)
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(bubble(page, "A file called 名单.xlsx")).to_be_visible()
    await expect(page.locator(f"{LI} .document")).to_contain_text("2.0 KB")
    async with page.expect_download() as download:
        await page.locator(f"{LI} .document").click()
    assert (await download.value).suggested_filename == "名单.xlsx"


async def test_a_voice_message_is_uploaded(opens: Opens, li: Phone) -> None:
    page = await opens()
    voice = FilePayload(name="memo.ogg", mimeType="audio/ogg", buffer=b"OggS" + bytes(200))
    await upload(page, "Voice (audio file)", voice)
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(page.get_by_role("group", name="Voice message")).to_contain_text("0:03")


@pytest.mark.parametrize(
    ("typed", "place", "answer"),
    [(None, "Waitan", "You are at 31.24"), ("22.5431, 114.0579", None, "You are at 22.54")],
)
async def test_a_place_is_sent(
    opens: Opens, li: Phone, typed: str | None, place: str | None, answer: str
) -> None:
    page = await opens()
    await attach(page, "Location")
    if typed is None:
        await page.get_by_role("button", name=place).click()
    else:
        await page.get_by_label("latitude, longitude").fill(typed)
        await page.keyboard.press("Enter")
    await expect(bubble(page, answer)).to_be_visible()
    await expect(page.get_by_role("group", name="Location").locator(".map")).to_be_visible()


async def test_a_venue_shows_its_name_and_address(opens: Opens, li: Phone, echo: EchoBot) -> None:
    page = await opens()
    await echo.call("sendVenue", chat_id=101, latitude=31.03, longitude=121.22,
                    title="华兴机械", address="新站路88号")  # fmt: skip
    venue = page.get_by_role("group", name="Venue")
    await expect(venue).to_contain_text("华兴机械")
    await expect(venue).to_contain_text("新站路88号")


async def test_an_own_message_is_edited(opens: Opens, li: Phone) -> None:
    page = await opens()
    await write(page, "second")
    await expect(bubble(page, "You said: second")).to_be_visible()
    await page.locator(f"{LI} .message.mine .bubble", has_text="second").click(button="right")
    await page.get_by_role("menuitem", name="Edit").click()
    await expect(page.locator(f"{LI} .mode")).to_contain_text("Edit message")
    await write(page, "first")
    await expect(bubble(page, "Now you say: first")).to_be_visible()
    mine = page.locator(f"{LI} .message.mine .bubble", has_text="first")
    await expect(mine).to_contain_text("edited")


async def test_a_message_is_answered_and_deleted(opens: Opens, li: Phone) -> None:
    page = await opens()
    await bubble(page, "Welcome").click(button="right")
    await page.get_by_role("menuitem", name="Reply").click()
    await write(page, "thanks")
    mine = page.locator(f"{LI} .message.mine", has_text="thanks")
    await expect(mine.locator(".quote")).to_contain_text("Welcome")
    await mine.hover()
    await mine.get_by_role("button", name="Message actions").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(mine).to_have_count(0)


async def test_the_clock_moves(opens: Opens, li: Phone, sim: Simulator) -> None:
    page = await opens()
    day, time = page.locator("#clock-day"), page.locator("#clock-time")
    await expect(day).to_have_text("Mon 23 Nov")
    await expect(time).to_have_text("09:00")
    await page.get_by_role("button", name="+10 min").click()
    await expect(time).to_have_text("09:10")
    await page.get_by_role("button", name="+1 hour").click()
    await expect(time).to_have_text("10:10")
    await page.get_by_role("button", name="Next day 08:30").click()
    await expect(time).to_have_text("08:30")
    await expect(day).to_have_text("Tue 24 Nov")
    await expect(page.locator(f"{LI} .day")).to_have_text("Yesterday")
    sim.advance(timedelta(minutes=3))
    await expect(time).to_have_text("08:33")


async def test_the_bot_is_blocked_and_unblocked(opens: Opens, li: Phone, echo: EchoBot) -> None:
    page = await opens()
    await phone_menu(page, "Block the bot")
    unblock = page.get_by_role("button", name="Unblock the bot")
    await expect(unblock).to_be_visible()
    await expect(page.locator(f"{LI} textarea")).to_be_hidden()
    assert li.chat.closed_because
    await unblock.click()
    await expect(page.locator(f"{LI} textarea")).to_be_visible()
    await write(page, "back")
    await expect(bubble(page, "You said: back")).to_be_visible()
    assert echo.heard.count("my_chat_member") == 2


async def test_start_opens_the_invitation(opens: Opens, sim: Simulator, echo: EchoBot) -> None:
    newcomer = sim.phone(105, "周婷", invite="abc-123", hint="An invitation waits for you.")
    page = await opens("/?lang=en&theme=light&phones=105")
    phone = '[data-phone="105"]'
    await expect(page.locator(f"{phone} .empty")).to_contain_text("An invitation waits")
    await page.get_by_role("button", name="Open the invitation").click()
    await expect(bubble(page, "Welcome with abc-123", phone)).to_be_visible()
    assert newcomer.messages[0].text == "/start abc-123"
    assert newcomer.invite is None


async def test_start_without_invitation(opens: Opens, sim: Simulator, echo: EchoBot) -> None:
    sim.phone(106, "Mr. Nobody")
    page = await opens("/?lang=en&theme=light&phones=106")
    await page.get_by_role("button", name="START").click()
    await expect(bubble(page, "Welcome with nothing", '[data-phone="106"]')).to_be_visible()


async def test_a_deep_link_is_opened(opens: Opens, li: Phone) -> None:
    page = await opens()
    await phone_menu(page, "Open a deep link…")
    await page.get_by_label("Start parameter").fill("https://t.me/roundsman_bot?start=c_77")
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(bubble(page, "Welcome with c_77")).to_be_visible()


async def test_the_phone_speaks_another_language(opens: Opens, li: Phone) -> None:
    page = await opens()
    await phone_menu(page, "Phone language: English")
    await expect(page.locator(f"{LI} .bubble").first).to_have_attribute("lang", "en")
    assert li.user.language_code == "en"


async def test_a_stranger_gets_a_phone(opens: Opens, li: Phone, sim: Simulator) -> None:
    page = await opens()
    await page.get_by_role("button", name="Add a stranger").click()
    await page.get_by_label("Name of the owner").fill("路人甲")
    await page.get_by_role("button", name="Add", exact=True).click()
    stranger = page.get_by_role("region", name="路人甲")
    await expect(stranger).to_be_visible()
    await stranger.get_by_role("button", name="START").click()
    await expect(stranger.locator(".bubble", has_text="Welcome with nothing")).to_be_visible()
