"""The page's interface: everything it shows and does, over HTTP and the WebSocket."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from simulator_support import both, next_update
from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.simulator import Simulator
from bot.simulator.page import PageError, moment_after
from core.clock import MovableClock, SystemClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from telegram import Bot

    from bot.simulator import Phone


class Browser:
    """What the page's script would do."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def get(self, path: str, status: int = 200, **headers: str) -> Any:
        async with self.session.get(self.url + path, headers=headers) as reply:
            assert reply.status == status, await reply.text()
            return await reply.json()

    async def post(self, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        async with self.session.post(self.url + path, json=body, headers=headers) as reply:
            assert reply.status == status, await reply.text()
            return await reply.json()


@pytest.fixture
async def page(sim: Simulator) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as session:
        yield Browser(session, sim.url)


async def test_the_state_names_the_bot_the_clock_and_every_phone(
    sim: Simulator, page: Browser, li: Phone
) -> None:
    sim.phone(103, "Wang", invite="code", hint="opens the invitation")
    state = await page.get("/sim/state")
    assert state["bot"] == {"username": "roundsman_bot", "name": "Roundsman"}
    assert (state["clock"], state["running"], state["zone"]) == (
        "2026-11-23T09:00:00+08:00",
        False,
        "Asia/Shanghai",
    )
    assert state["phones"] == [
        {
            "user_id": 101, "name": "李伟", "label": "RM", "username": "liwei",
            "language_code": "zh-hans", "phone": "+8613800000001", "blocked": False,
            "invite": None, "hint": None,
        },
        {
            "user_id": 103, "name": "Wang", "label": "", "username": None, "language_code": "en",
            "phone": None, "blocked": False, "invite": "code", "hint": "opens the invitation",
        },
    ]  # fmt: skip


async def test_a_phone_shows_messages_with_safe_html_and_buttons(
    bot: Bot, page: Browser, li: Phone
) -> None:
    await bot.set_my_commands([("today", "今日")])
    await li.says("<script>")
    await bot.send_message(
        101,
        "<b>华兴</b> &lt;i&gt;",
        parse_mode="HTML",
        protect_content=True,
        reply_to_message_id=li.last.message_id,
        reply_markup=InlineKeyboardMarkup([[
            InlineKeyboardButton("Go", callback_data="go"),
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("91")),
            InlineKeyboardButton("Find", switch_inline_query_current_chat="华"),
        ]]),
    )  # fmt: skip
    chat = await page.get("/sim/phones/101")
    person, message = chat["messages"][-2:]
    assert person["html"] == "&lt;script&gt;"
    assert (person["sender"], person["from_bot"]) == ("李伟", False)
    assert message == {
        "message_id": 3, "from_bot": True, "sender": "Roundsman",
        "date": "2026-11-23T09:00:00+08:00", "edited": False,
        "html": "<b>华兴</b> &lt;i&gt;", "text": "华兴 <i>", "via_bot": None, "protected": True,
        "reply_to": {"message_id": 2, "text": "<script>"}, "media": None,
        "buttons": [[
            {"text": "Go", "kind": "callback", "data": "go",
             "url": None, "copy": None, "query": None},
            {"text": "Copy", "kind": "copy", "data": None,
             "url": None, "copy": "91", "query": None},
            {"text": "Find", "kind": "switch_inline_current", "data": None,
             "url": None, "copy": None, "query": "华"},
        ]],
    }  # fmt: skip
    assert chat["commands"] == [{"command": "today", "description": "今日"}]
    assert (chat["reply_keyboard"], chat["typing"]) == (None, False)


async def test_a_phone_shows_the_reply_keyboard_and_that_the_bot_writes(
    bot: Bot, page: Browser, li: Phone
) -> None:
    keys = ReplyKeyboardMarkup(
        [[KeyboardButton("号码", request_contact=True), "Skip"]], one_time_keyboard=True
    )
    await bot.send_message(101, "x", reply_markup=keys)
    await bot.send_chat_action(101, "typing")
    chat = await page.get("/sim/phones/101")
    assert chat["reply_keyboard"] == {
        "rows": [[{"text": "号码", "request": "contact"}, {"text": "Skip", "request": None}]],
        "one_time": True,
        "placeholder": None,
    }
    assert chat["typing"]


async def test_all_that_a_person_does_on_the_page_reaches_the_bot(
    bot: Bot, page: Browser, li: Phone
) -> None:
    post = page.post
    await post("/sim/phones/101/text", {"text": "hello", "reply_to": 1})
    await post("/sim/phones/101/edit", {"message_id": 2, "text": "hello!"})
    await post("/sim/phones/101/location", {"latitude": 31.2, "longitude": 121.5})
    await post("/sim/phones/101/contact", {"own": True})
    await post("/sim/phones/101/contact", {"phone": "+86139", "name": "王"})
    await post("/sim/phones/101/block", {"blocked": True})
    await post("/sim/phones/101/block", {"blocked": False})
    await post("/sim/phones/101/text", {"text": "/start abc"})
    await post("/sim/phones/101/language", {"language_code": "en"})
    await post("/sim/phones/101/delete", {"message_id": 2})
    updates = await bot.get_updates()
    assert [
        u.to_dict().keys() - {"update_id"} for u in updates
    ] == [{"message"}, {"edited_message"}, *[{"message"}] * 3, *[{"my_chat_member"}] * 2,
          {"message"}]  # fmt: skip
    assert li.last.text == "/start abc"
    assert li.user.language_code == "en"
    assert not li.contains("hello")


async def test_a_press_on_the_page_brings_back_the_answer(
    bot: Bot, page: Browser, li: Phone
) -> None:
    async def answer() -> None:
        query = (await next_update(bot)).callback_query
        assert query is not None
        await query.answer("OK")

    pressed, _ = await both(
        page.post("/sim/phones/101/press", {"message_id": 1, "data": "go"}), answer()
    )
    assert pressed == {"answer": {"text": "OK", "alert": False}}


async def test_a_press_nobody_answers_brings_back_nothing(
    sim: Simulator, page: Browser, li: Phone
) -> None:
    sim.answer_wait = 0
    pressed = await page.post("/sim/phones/101/press", {"message_id": 1, "data": "go"})
    assert pressed == {"answer": None}


async def test_inline_results_are_offered_and_chosen(bot: Bot, page: Browser, li: Phone) -> None:
    async def answer() -> None:
        query = (await next_update(bot)).inline_query
        assert query is not None
        content = InputTextMessageContent("华兴机械")
        await query.answer(
            [InlineQueryResultArticle("7", "华兴", content, description="A")], next_offset="1"
        )

    offered, _ = await both(page.post("/sim/phones/101/inline", {"query": "华"}), answer())
    assert offered == {
        "results": [
            {"id": "7", "title": "华兴", "description": "A", "thumb": None, "text": "华兴机械"}
        ],
        "next_offset": "1",
        "button": None,
    }
    await page.post("/sim/phones/101/choose", {"result_id": "7", "query": "华"})
    chat = await page.get("/sim/phones/101")
    assert chat["messages"][-1]["via_bot"] == "roundsman_bot"
    await page.post("/sim/phones/101/choose", {"result_id": "8", "query": "华"}, 400)


@pytest.mark.parametrize("kind", ["photo", "document", "voice"])
async def test_files_go_up_and_come_back(page: Browser, li: Phone, png: bytes, kind: str) -> None:
    form = aiohttp.FormData({"kind": kind, "caption": "门头"})
    form.add_field("file", png, filename="a.png", content_type="image/png")
    async with page.session.post(f"{page.url}/sim/phones/101/file", data=form) as reply:
        assert reply.status == 200
    message = (await page.get("/sim/phones/101"))["messages"][-1]
    assert (message["media"]["kind"], message["text"]) == (kind, "门头")
    async with page.session.get(page.url + message["media"]["url"]) as reply:
        assert await reply.read() == png
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_uploaded_page_is_never_shown_as_one(page: Browser, li: Phone) -> None:
    await li.sends_document(b"<script>", "x.html", mime="text/html")
    url = (await page.get("/sim/phones/101"))["messages"][-1]["media"]["url"]
    async with page.session.get(page.url + url) as reply:
        assert reply.headers["Content-Disposition"] == "attachment"
        assert reply.headers["Content-Security-Policy"] == "sandbox"


async def test_places_contacts_and_strange_things_have_their_fields(
    bot: Bot, page: Browser, li: Phone
) -> None:
    await bot.send_venue(101, 31.2, 121.5, "华兴", "浦东")
    await bot.send_contact(101, "+86139", "王", last_name="总")
    await li.sends_unsupported("dice")
    venue, contact, dice = [
        m["media"] for m in (await page.get("/sim/phones/101"))["messages"][-3:]
    ]
    assert (venue["title"], venue["address"], venue["latitude"]) == ("华兴", "浦东", 31.2)
    assert (contact["name"], contact["phone"]) == ("王 总", "+86139")
    assert (dice["kind"], dice["name"]) == ("unsupported", "dice")


async def test_a_stranger_gets_a_phone(sim: Simulator, page: Browser, li: Phone) -> None:
    made = await page.post("/sim/phones", {"name": "Eve", "phone": "+1", "language_code": "en"})
    assert (made["name"], made["phone"], made["user_id"]) == ("Eve", "+1", 900001)
    await page.post(f"/sim/phones/{made['user_id']}/text", {"text": "/start"})
    assert len(sim.phones()) == 2
    await page.post("/sim/phones", {"name": " "}, 400)


async def test_the_clock_moves_forward_by_seconds_or_to_a_time(
    sim: Simulator, page: Browser
) -> None:
    moved: list[datetime] = []
    sim.clock_hooks.append(moved.append)
    assert await page.post("/sim/clock", {"seconds": 3600}) == {
        "clock": "2026-11-23T10:00:00+08:00"
    }
    assert await page.post("/sim/clock", {"to": "09:30"}) == {"clock": "2026-11-24T09:30:00+08:00"}
    assert await page.post("/sim/clock", {"to": "tomorrow 08:30"}) == {
        "clock": "2026-11-25T08:30:00+08:00"
    }
    assert moved[-1] == datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
    for wrong in ({"seconds": -1}, {"seconds": "x"}, {"to": "noon"}, {"to": "monday 08:30"}, {}):
        assert "error" in await page.post("/sim/clock", wrong, 400)


def test_a_time_of_day_is_always_in_the_future() -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert moment_after(now, "09:00").day == 24
    assert moment_after(now, "09:01").day == 23
    with pytest.raises(PageError):
        moment_after(now, "09:00+08:00")


async def test_the_real_clock_cannot_be_moved() -> None:
    async with Simulator(SystemClock()) as sim, aiohttp.ClientSession() as session:
        page = Browser(session, sim.url)
        answer = await page.post("/sim/clock", {"seconds": 1}, 400)
        assert answer == {"error": "this clock cannot be moved"}
        assert (await page.get("/sim/state"))["running"] is True


async def test_every_open_page_hears_what_changed(
    sim: Simulator, bot: Bot, page: Browser, li: Phone
) -> None:
    async with page.session.ws_connect(f"{page.url}/sim/events") as socket:
        await bot.send_chat_action(101, "typing")
        assert await socket.receive_json() == {"type": "typing", "user_id": 101}
        await bot.send_message(101, "x")
        assert await socket.receive_json() == {"type": "chat", "user_id": 101}
        await li.presses_raw(1, "go", wait=0)
        query = (await next_update(bot)).callback_query
        assert query is not None
        await query.answer("OK", show_alert=True)
        assert await socket.receive_json() == {
            "type": "callback_answer", "user_id": 101, "text": "OK", "alert": True,
        }  # fmt: skip
        await page.post("/sim/clock", {"seconds": 60})
        assert await socket.receive_json() == {
            "type": "clock",
            "clock": "2026-11-23T09:01:00+08:00",
        }
        sim.phone(105, "New")
        assert await socket.receive_json() == {"type": "phones"}
        sim.toast("Demo data is ready")
        assert await socket.receive_json() == {"type": "toast", "text": "Demo data is ready"}


async def test_stopping_says_goodbye_to_open_pages(clock: MovableClock) -> None:
    async with aiohttp.ClientSession() as session:
        sim = await Simulator(clock).start()
        async with session.ws_connect(f"{sim.url}/sim/events") as socket:
            await both(sim.stop(), socket.receive())
            assert socket.close_code == aiohttp.WSCloseCode.GOING_AWAY


async def test_other_sites_may_not_use_the_page(page: Browser, li: Phone) -> None:
    body = {"text": "x"}
    path = "/sim/phones/101/text"
    await page.post(path, body, 403, Origin="http://evil.example")
    await page.post(path, body, 403, Host="evil.example")
    await page.post(path, body, 403, **{"Sec-Fetch-Site": "cross-site"})
    await page.post(path, body, 403, Origin="null")
    await page.post(path, body, 200, Origin=page.url)
    await page.get("/sim/state", 403, Host="evil.example")
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await page.session.ws_connect(f"{page.url}/sim/events", origin="http://evil.example")


async def test_mistakes_are_told_in_one_sentence(page: Browser, li: Phone) -> None:
    for path, body, status in (
        ("/sim/phones/404/text", {"text": "x"}, 404),
        ("/sim/phones/101/dance", {}, 404),
        ("/sim/phones/101/text", {"text": " "}, 400),
        ("/sim/phones/101/text", {"text": "x" * 4097}, 400),
        ("/sim/phones/101/text", [], 400),
        ("/sim/phones/101/press", {"message_id": "x", "data": "y"}, 400),
        ("/sim/phones/101/edit", {"message_id": 99, "text": "y"}, 409),
        ("/sim/phones/101/file", {}, 400),
    ):
        answer = await page.post(path, body, status)
        assert list(answer) == ["error"]
    for path in ("/sim/phones/404", "/sim/files/404", "/web/..%2Fpage.py", "/web/nothing.js"):
        await page.get(path, 404)


async def test_an_upload_needs_a_file_and_a_known_kind(page: Browser, li: Phone) -> None:
    for form in ({"kind": "photo"}, {"kind": "song", "file": b"x"}):
        data = aiohttp.FormData({"kind": form["kind"]})
        data.add_field("file", form.get("file", b""), filename="a")
        async with page.session.post(f"{page.url}/sim/phones/101/file", data=data) as reply:
            assert reply.status == 400


async def test_the_pages_own_files_are_served_and_nothing_beside_them(
    page: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = tmp_path / "web"
    web.mkdir()
    (web / "index.html").write_text("<p>巡访</p>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("no", encoding="utf-8")
    monkeypatch.setattr("bot.simulator.page.WEB", web)
    for path in ("/", "/web/index.html"):
        async with page.session.get(page.url + path) as reply:
            assert await reply.text() == "<p>巡访</p>"
            assert reply.headers["Cache-Control"] == "no-cache"
    await page.get("/web/..%2Fsecret.txt", 404)
