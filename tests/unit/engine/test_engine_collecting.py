"""Files and places that come in while something else is being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_support import NOW, Chat, Typed

from conversations.engine.collecting import LARGEST, added, described
from conversations.engine.registry import flow
from conversations.inputs import SentFile, SharedContact, SharedPlace, Unsupported
from core.i18n import Text

if TYPE_CHECKING:
    from conversations.engine.talk import Talk

PLACE = SharedPlace(31.2, 121.5, NOW)


@pytest.fixture
def collector() -> None:
    @flow("collector", version=1, collect="files")
    async def collector(talk: Talk) -> list[object]:
        await talk.ask(Typed("a"))
        first = await talk.collected()
        await talk.ask(Typed("b"))
        return [len(first), [file["kind"] for file in await talk.collected()]]


async def test_files_and_places_are_kept_whatever_is_asked(chat: Chat, collector: None) -> None:
    await chat.begins("collector")
    step = await chat.sends("f1")
    assert (chat.pending, chat.text, step.notice) == ("a", "a?\n\n📎 1", None)
    await chat.says("1")
    await chat.does(PLACE)
    await chat.sends("f2")
    assert chat.text == "b?\n\n📎 3"
    assert (await chat.says("2")).result == [1, ["photo", "place", "photo"]]


async def test_the_same_file_or_place_counts_once(chat: Chat, collector: None) -> None:
    await chat.begins("collector")
    for _ in range(2):
        await chat.sends("f1", album="al")
        await chat.sends("f2", album="al")
        await chat.does(PLACE)
    assert chat.text == "a?\n\n📎 3"


async def test_what_cannot_be_kept_is_refused_in_words(chat: Chat, collector: None) -> None:
    await chat.begins("collector")
    step = await chat.sends("big", size=LARGEST + 1)
    assert "over 20 MB" in str(step.notice)
    for number in range(11):
        step = await chat.sends(f"f{number}", size=LARGEST)
    assert step.notice == "10 files are the most I can keep here. This one was not added."
    assert len(chat.step.dialogue.collected) == 10


async def test_a_caption_can_answer_and_the_file_is_kept(chat: Chat, collector: None) -> None:
    await chat.begins("collector")
    await chat.sends("f1", caption="hello")
    assert (chat.answers, chat.text) == ({"a": "hello"}, "b?\n\n📎 1")


async def test_a_dialogue_can_begin_with_files(chat: Chat, collector: None) -> None:
    files = [described(PLACE)]
    await chat.begins("collector", collected=files)
    assert chat.text == "a?\n\n📎 1"
    await chat.sends("f1")
    assert files == [described(PLACE)]


async def test_a_flow_that_does_not_collect_has_no_use_for_them(chat: Chat) -> None:
    @flow("plain", version=1)
    async def plain(talk: Talk) -> None:
        await talk.ask(Typed("a"))

    await chat.begins("plain")
    for event in (PLACE, SentFile("voice", "f", "f", NOW), Unsupported("sticker", NOW)):
        step = await chat.does(event)
        assert "I can't use that here" in str(step.notice)
    step = await chat.does(SharedContact("1", "Ann", own=True, at=NOW))
    assert (chat.text, step.dialogue.collected) == ("a?", [])


async def test_a_file_is_not_lost_when_the_form_was_updated(chat: Chat, collector: None) -> None:
    await chat.begins("collector")

    @flow("collector", version=2, collect="files")
    async def collector(talk: Talk) -> None:
        await talk.ask(Typed("new"))

    step = await chat.sends("f1")
    assert (chat.pending, len(step.dialogue.collected)) == ("new", 1)
    assert step.notice is not None


def test_a_limit_may_be_lower() -> None:
    one = added([], PLACE, 1)
    assert isinstance(one, list)
    assert added(one, PLACE, 1) == one
    refusal = added(one, SharedPlace(0, 0, NOW), 1)
    assert isinstance(refusal, Text)
    assert refusal.params == {"most": 1}
