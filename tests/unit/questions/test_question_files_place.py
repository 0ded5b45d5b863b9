"""Files in any order, and places."""

from __future__ import annotations

import pytest
from question_support import NOW, REDRAWN, Put, acting

from conversations.engine.questions import NotMine
from conversations.inputs import Unsupported
from conversations.questions.files import Files
from conversations.questions.place import Place, Point
from core.i18n import Text

SEND = Files("files", Text("Anything to attach?"))
WHERE = Place("place", Text("Where are you?"))


async def test_files_come_in_any_order_until_done() -> None:
    put = Put(SEND, acting("zh"))
    assert await put.choices() == [["ok"]]
    assert "发照片" in await put.text()
    assert await put.sends("f1", album="al", caption="the yard") == REDRAWN
    await put.sends("f2", album="al")
    await put.sends("f1", album="al")
    await put.shares()
    assert "📎 已收到3个" in await put.text()
    assert await put.labels() == [["✓ 完成", "删掉最后一个"]]
    await put.taps("r")
    done = await put.taps("ok")
    assert [(file["kind"], file["caption"]) for file in done] == [
        ("photo", "the yard"),
        ("photo", ""),
    ]


@pytest.mark.parametrize("word", ["Done", "完成", "ok", "好了"])
async def test_done_may_be_said(word: str) -> None:
    assert await Put(SEND).says(word) == []


async def test_what_does_not_fit() -> None:
    put = Put(Files("files", Text("Files?"), most=1, least=1))
    assert await put.taps("ok") == "Please send at least 1 before Done."
    assert "over 20 MB" in await put.sends("f1", size=25_000_000)
    await put.sends("f1")
    assert "1 files are the most" in await put.sends("f2")
    assert "tap Done" in await put.says("hello")
    assert await put.does(Unsupported("poll", NOW)) == NotMine()
    assert await put.taps("nonsense") == REDRAWN
    assert len(await put.taps("ok")) == 1


async def test_old_files() -> None:
    assert await Put(SEND).revives([])
    assert not await Put(Files("f", Text("Files?"), least=1)).revives([])
    assert not await Put(SEND).revives(None)


async def test_a_place_is_shared_or_skipped() -> None:
    put = Put(WHERE)
    assert await put.choices() == [["-"]]
    assert "📎 → Location" in await put.text()
    assert await put.shares(31.2, 121.5) == Point(31.2, 121.5)
    assert await put.taps("-") is None
    assert await put.says("跳过") is None
    assert "Please send your place" in await put.says("at the gate")
    assert await put.sends() == NotMine()


async def test_the_phones_own_button() -> None:
    put = Put(Place("place", Text("Where are you?"), tap=True), acting("zh"))
    screen = await put.screen()
    assert (screen.request, screen.request_label) == ("location", "📍 发送我的位置")
    assert screen.rows == ()
    assert await put.says("skip") is None


async def test_old_places() -> None:
    here = {"latitude": 1.0, "longitude": 2.0}
    assert await Put(WHERE).revives(here)
    assert await Put(WHERE).revives(None)
    assert not await Put(Place("p", Text("Where?"), skip=None)).revives(None)
    assert not await Put(WHERE).revives([1.0, 2.0])
