"""What a flow can do, that it is done once, and that nothing else is possible."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from engine_support import NOW, Chat, Typed, replayed

from conversations.engine import replay
from conversations.engine.errors import ForeignAwait, TooLong
from conversations.engine.registry import flow
from core.errors import Conflict, Invalid, Refused
from core.i18n import Text
from core.screens import Screen

if TYPE_CHECKING:
    from conversations.engine.talk import Talk


async def test_questions_are_asked_in_order_and_answers_kept(chat: Chat) -> None:
    @flow("two", version=1)
    async def two(talk: Talk) -> str:
        return await talk.ask(Typed("a")) + await talk.ask(Typed("b"))

    await chat.begins("two")
    assert (chat.pending, chat.text, chat.buttons) == ("a", "a?", ["go", "x"])
    await chat.says("1")
    assert (chat.pending, chat.buttons) == ("b", ["go", "<", "x"])
    step = await chat.says("2")
    assert (step.status, step.result, step.screen) == ("done", "12", None)
    assert [row.value for row in chat.rows] == [
        {"v": "1", "by": "given"},
        {"v": "2", "by": "given"},
    ]
    assert await replayed(chat) == "12"


async def test_the_args_are_json_and_cannot_be_changed(chat: Chat) -> None:
    @flow("args", version=1)
    async def with_args(talk: Talk) -> object:
        with pytest.raises(TypeError):
            talk.args["n"] = 2  # type: ignore[index]
        talk.args["list"].append(3)
        return [await talk.ask(Typed("a")), talk.args["n"], talk.args["list"]]

    await chat.begins("args", {"n": 1, "list": (1, 2)})
    assert (await chat.says("x")).result == ["x", 1, [1, 2, 3]]
    assert chat.step.dialogue.args == {"n": 1, "list": [1, 2]}


async def test_a_repeated_key_is_numbered(chat: Chat) -> None:
    @flow("loop", version=1)
    async def loop(talk: Talk) -> list[str]:
        return [await talk.ask(Typed("item")) for _ in range(3)]

    await chat.begins("loop")
    for text in "xyz":
        await chat.says(text)
    assert chat.answers == {"item": "x", "item#2": "y", "item#3": "z"}


@pytest.mark.parametrize("key", ["", "A", "1a", "a#2", "a/b", "=a", "ä", "a" * 31])
async def test_a_key_that_could_be_mistaken_is_refused(chat: Chat, key: str) -> None:
    @flow("bad", version=1)
    async def bad(talk: Talk) -> None:
        await talk.ask(Typed(key))

    with pytest.raises(ValueError, match="is no key"):
        await chat.begins("bad")


async def test_a_key_too_deep_to_be_stored_is_refused(chat: Chat) -> None:
    @flow("deep", version=1)
    async def deep(talk: Talk) -> None:
        await talk.call("c" * 30, deep)

    with pytest.raises(ValueError, match="over 60 characters"):
        await chat.begins("deep")


async def test_commands_reads_and_the_clock_happen_once(chat: Chat) -> None:
    @flow("once", version=1)
    async def once(talk: Talk) -> list[object]:
        started = await talk.now()
        first = await talk.read("first", "q")
        await talk.ask(Typed("a"))
        done = await talk.do("save", "it")
        await talk.ask(Typed("b"))
        return [started == NOW, (await talk.now() - started).seconds, first, done]

    await chat.begins("once")
    chat.host.later(seconds=5)
    await chat.says("1")
    await chat.looks()
    step = await chat.says("2")
    assert step.result == [True, 5, ["q", 1], {"saved": "it"}]
    assert chat.host.performed == [("save", "it")]
    assert chat.host.reads == ["q"]
    assert await replayed(chat) == step.result


async def test_what_a_flow_does_to_a_result_does_not_reach_the_journal(chat: Chat) -> None:
    @flow("greedy", version=1)
    async def greedy(talk: Talk) -> int:
        found = await talk.read("list", "q")
        found.append("mine")
        await talk.ask(Typed("a"))
        return len(found)

    await chat.begins("greedy")
    assert (await chat.says("1")).result == 3
    assert chat.rows[0].value == {"v": ["q", 1]}


async def test_a_caught_refusal_is_thrown_again_at_every_replay(chat: Chat) -> None:
    @flow("refused", version=1)
    async def refused(talk: Talk) -> list[object]:
        try:
            await talk.do("save", "nothing")
        except Invalid as no:
            await talk.ask(Typed("after"))
            return [no.code, no.fields]
        return []

    await chat.begins("refused")
    assert chat.pending == "after"
    assert chat.rows[0].value == {
        "refused": {
            "code": "invalid",
            "msgid": "No {thing} today.",
            "fields": {"thing": "nothing"},
        }
    }
    step = await chat.says("1")
    assert step.result == ["invalid", {"thing": "nothing"}]
    assert chat.host.performed == []


async def test_fields_of_a_refusal_become_words(chat: Chat) -> None:
    no = Conflict("{page} since {day}", page=Text("Home"), day=NOW.date())

    @flow("worded", version=1)
    async def worded(talk: Talk) -> str:
        try:
            await talk.read("look", no)
        except Refused as refusal:
            return f"{refusal.fields['page']} {refusal.fields['day']}"
        return ""

    assert (await chat.begins("worded")).result == "Home 2026-11-23"


async def test_a_result_that_is_no_json_is_our_error(chat: Chat) -> None:
    @flow("odd", version=1)
    async def odd(talk: Talk) -> None:
        await talk.read("odd", object())

    with pytest.raises(TypeError, match="not JSON serializable"):
        await chat.begins("odd")


@pytest.mark.parametrize("seconds", [0, 0.01])
async def test_a_foreign_await_is_caught(chat: Chat, seconds: float) -> None:
    @flow("sleepy", version=1)
    async def sleepy(talk: Talk) -> None:
        try:
            await asyncio.sleep(seconds)
        except Exception:  # noqa: BLE001 - the point: this must not swallow it
            await talk.ask(Typed("a"))

    with pytest.raises(ForeignAwait, match="sleepy:1 awaited a foreign"):
        await chat.begins("sleepy")


async def test_a_suspension_cannot_be_swallowed(chat: Chat) -> None:
    caught = []

    @flow("greedy", version=1)
    async def greedy(talk: Talk) -> None:
        try:
            await talk.ask(Typed("a"))
        except Exception as error:  # noqa: BLE001 - the point: nothing arrives here
            caught.append(error)

    await chat.begins("greedy")
    assert chat.pending == "a"
    assert caught == []


async def test_a_question_in_finally_is_our_error(chat: Chat) -> None:
    @flow("clingy", version=1)
    async def clingy(talk: Talk) -> None:
        try:
            await talk.ask(Typed("a"))
        finally:
            await talk.ask(Typed("b"))

    with pytest.raises(RuntimeError, match="ignored GeneratorExit"):
        await chat.begins("clingy")


async def test_an_unexpected_error_goes_through(chat: Chat) -> None:
    @flow("broken", version=1)
    async def broken(talk: Talk) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await chat.begins("broken")


async def test_things_are_said_once_and_in_the_persons_language(chat: Chat) -> None:
    @flow("speaker", version=1)
    async def speaker(talk: Talk) -> None:
        await talk.say(Screen("hello"))
        await talk.say(lambda ctx: Screen(ctx.locale))
        await talk.ask(Typed("a"))
        await talk.say(Screen("between"))
        await talk.say(Screen("bye"))

    step = await chat.begins("speaker")
    assert [said.text for said in step.says] == ["hello", "en"]
    assert chat.text == "a?"
    assert (await chat.looks()).says == ()
    step = await chat.says("1")
    assert [said.text for said in step.says] == ["between"]
    assert chat.text == "bye"
    assert await replayed(chat) is None


async def test_a_sub_dialogue_is_folded_into_one_row(chat: Chat) -> None:
    @flow("address", version=2)
    async def address(talk: Talk) -> dict[str, str]:
        city = await talk.ask(Typed("city"))
        return {"city": city, "street": await talk.ask(Typed("street")), **talk.args}

    @flow("order", version=1)
    async def order(talk: Talk) -> list[object]:
        first = await talk.call("home", address, kind="h")
        await talk.ask(Typed("city"))
        return [first, await talk.call("home", address, kind="w")]

    await chat.begins("order")
    assert chat.pending == "home/city"
    await chat.says("SH")
    assert [row.key for row in chat.rows] == ["home/city"]
    step = await chat.says("Nanjing Rd")
    assert [(row.kind, row.key, row.fingerprint) for row in chat.rows] == [
        ("call", "home", "address:2")
    ]
    assert step.cut_to == 0
    await chat.says("BJ")
    assert chat.pending == "home#2/city"
    await chat.says("GZ")
    step = await chat.says("Main St")
    assert step.result == [
        {"city": "SH", "street": "Nanjing Rd", "kind": "h"},
        {"city": "GZ", "street": "Main St", "kind": "w"},
    ]
    assert [row.key for row in chat.rows] == ["home", "city", "home#2"]
    assert await replayed(chat) == step.result


async def test_a_refusal_passes_through_a_sub_dialogue(chat: Chat) -> None:
    @flow("inner", version=1)
    async def inner(talk: Talk) -> None:
        await talk.ask(Typed("a"))
        await talk.do("save", "nothing")

    @flow("outer", version=1)
    async def outer(talk: Talk) -> str:
        try:
            await talk.call("in", inner)
        except Refused:
            return await talk.ask(Typed("b"))
        return ""

    await chat.begins("outer")
    await chat.says("1")
    assert chat.pending == "b"
    assert [row.key for row in chat.rows] == ["in/a", "in/save"]
    assert (await chat.says("2")).result == "2"


async def test_a_long_journal_is_warned_of_and_then_refused(
    chat: Chat, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    @flow("endless", version=1)
    async def endless(talk: Talk) -> None:
        while True:
            await talk.read("again", "q")
            await talk.ask(Typed("a", presumes="1"))

    assert (replay.LONG, replay.CAP) == (60, 200)
    with caplog.at_level(logging.WARNING), pytest.raises(TooLong, match="200 entries"):
        await chat.begins("endless")
    assert caplog.messages == ["the journal of flow endless:1 has reached 60 entries"]


async def test_a_given_answer_counts_too(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    @flow("two", version=1)
    async def two(talk: Talk) -> None:
        await talk.ask(Typed("a"))
        await talk.ask(Typed("b"))

    monkeypatch.setattr(replay, "CAP", 1)
    await chat.begins("two")
    await chat.says("1")
    with pytest.raises(TooLong):
        await chat.says("2")


async def test_lifetime_is_the_flows_own() -> None:
    @flow("short", version=1, expires=timedelta(hours=1))
    async def short(talk: Talk) -> None:
        """Nothing to do."""

    assert short.expires == timedelta(hours=1)
    assert short.label == "short:1"
