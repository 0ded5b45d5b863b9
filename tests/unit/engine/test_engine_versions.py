"""New code under open dialogues: restart with the old answers, or finish by the old version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_support import Chat, Check, Typed

from conversations.engine import registry
from conversations.engine.dialogue import latest_version, missing_flows
from conversations.engine.errors import Diverged, UnknownFlow
from conversations.engine.registry import FLOWS, flow
from core.screens import Screen

if TYPE_CHECKING:
    from conversations.engine.talk import Talk

UPDATED = "This form was updated. Your answers are kept; please check."


def code(version: int, *keys: str, save: bool = True, **options: object) -> None:
    """Register a flow that asks these keys."""

    @flow("form", version=version)
    async def form(talk: Talk) -> dict[str, str]:
        answers = {key: await talk.ask(Typed(key, **options)) for key in keys}  # type: ignore[arg-type]
        await talk.ask(Check("review", lines=keys))
        if save:
            await talk.do("save", "it")
            await talk.ask(Typed("after"))
        await talk.say(Screen("saved"))
        return answers


def forget(*versions: int) -> None:
    for version in versions:
        del registry.FLOWS["form", version]


async def test_a_new_version_keeps_the_answers_and_asks_what_is_new(chat: Chat) -> None:
    code(1, "a", "b")
    await chat.begins("form")
    await chat.says("1")
    await chat.says("2")
    code(2, "a", "new", "b")
    step = await chat.looks()
    assert (chat.pending, step.notice, step.dialogue.version) == ("new", UPDATED, 2)
    assert (step.cut_to, step.added) == (1, ())  # "a" stays as it was; "b" waits
    await chat.says("3")
    assert chat.pending == "review"
    assert chat.answers == {"a": "1", "new": "3", "b": "2"}
    await chat.taps("<")
    assert chat.pending == "b"


async def test_words_meant_for_the_same_question_count(chat: Chat) -> None:
    code(1, "a", "b")
    await chat.begins("form")
    await chat.says("1")
    code(2, "a", "b", "c")
    step = await chat.says("2")
    assert (chat.pending, chat.answers, step.notice) == ("c", {"a": "1", "b": "2"}, UPDATED)


async def test_words_meant_for_another_question_do_not(chat: Chat) -> None:
    code(1, "a", "b")
    await chat.begins("form")
    await chat.says("1")
    code(2, "new", "a", "b")
    step = await chat.says("2")
    assert (chat.pending, chat.answers, step.notice) == ("new", {}, UPDATED)


async def test_a_press_on_the_old_card_only_shows_the_new_one(chat: Chat) -> None:
    code(1, "a")
    await chat.begins("form")
    await chat.says("1")
    code(2, "a")
    step = await chat.taps("ok")
    assert (chat.pending, step.notice, chat.host.performed) == ("review", UPDATED, [])
    await chat.taps("ok")
    assert chat.host.performed == [("save", "it")]


async def test_what_was_done_is_finished_by_its_own_version(chat: Chat) -> None:
    code(1, "a")
    await chat.begins("form")
    await chat.says("1")
    await chat.taps("ok")
    code(2, "b")
    assert (await chat.looks()).notice is None
    step = await chat.says("x")
    assert (step.status, step.dialogue.version, step.result) == ("done", 1, {"a": "1"})


async def test_what_was_done_cannot_be_finished_without_its_version(chat: Chat) -> None:
    code(1, "a")
    await chat.begins("form")
    await chat.says("1")
    await chat.taps("ok")
    code(2, "b")
    forget(1)
    with pytest.raises(UnknownFlow, match="form version 1"):
        await chat.looks()


async def test_a_change_without_a_new_version_is_noticed(chat: Chat) -> None:
    code(1, "a", "b")
    await chat.begins("form")
    await chat.says("1")
    await chat.says("2")
    code(1, "b", "a")
    step = await chat.looks()
    assert (chat.pending, step.notice) == ("review", UPDATED)
    assert step.cut_to == 0
    assert list(chat.answers) == ["b", "a"]


async def test_another_configuration_is_noticed(chat: Chat) -> None:
    code(1, "a", "b")
    await chat.begins("form")
    await chat.says("1")
    code(1, "a", "b", size=2, stale=("1",))
    step = await chat.looks()
    assert (chat.pending, step.notice, chat.rows) == ("a", UPDATED, [])


async def test_a_change_after_a_deed_is_our_error(chat: Chat) -> None:
    code(1, "a")
    await chat.begins("form")
    await chat.says("1")
    await chat.taps("ok")
    code(1, "b")
    with pytest.raises(Diverged, match=r"wants ask b .* where entry 0 of its journal holds ask a"):
        await chat.says("x")
    assert (await chat.taps("x")).status == "cancelled"


async def test_code_that_ends_too_early_is_noticed(chat: Chat) -> None:
    @flow("form", version=1)
    async def before(talk: Talk) -> None:
        await talk.ask(Typed("a"))
        await talk.ask(Typed("b"))
        await talk.ask(Typed("c"))

    await chat.begins("form")
    await chat.says("1")
    await chat.says("2")
    registry.FLOWS.clear()

    @flow("form", version=1)
    async def after(talk: Talk) -> str:
        return await talk.ask(Typed("a"))

    step = await chat.looks()
    assert (step.status, step.result, step.notice) == ("done", "1", UPDATED)


async def test_a_press_never_sets_off_a_deed_that_it_was_not_meant_for(chat: Chat) -> None:
    """The pending question is gone from the code and a command is next."""

    @flow("form", version=1)
    async def before(talk: Talk) -> None:
        await talk.ask(Typed("a"))
        await talk.ask(Typed("b"))

    await chat.begins("form")
    await chat.says("1")
    registry.FLOWS.clear()

    @flow("form", version=1)
    async def after(talk: Talk) -> None:
        await talk.ask(Check("a"))
        await talk.do("save", "it")

    step = await chat.says("2")
    assert (chat.pending, step.notice) == ("a", UPDATED)
    registry.FLOWS.clear()

    @flow("form", version=1)
    async def last(talk: Talk) -> None:
        await talk.do("save", "it")

    step = await chat.looks()
    assert (step.status, step.notice) == ("done", UPDATED)


async def test_a_failed_replay_uses_no_old_answer_up(chat: Chat) -> None:
    @flow("form", version=1)
    async def before(talk: Talk) -> None:
        await talk.ask(Typed("a"))
        await talk.ask(Typed("b"))

    await chat.begins("form", prefill={"c": "3"})
    await chat.says("1")
    registry.FLOWS.clear()

    @flow("form", version=1)
    async def after(talk: Talk) -> str:
        answers = await talk.ask(Typed("a")) + await talk.ask(Typed("c"))
        await talk.do("save", answers)
        return answers

    assert (await chat.says("2")).result == "13"


async def test_a_sub_dialogue_of_another_version_is_noticed(chat: Chat) -> None:
    def inner(version: int) -> registry.Flow:
        @flow("inner", version=version)
        async def inner(talk: Talk) -> str:
            return await talk.ask(Typed("a")) + str(version)

        return inner

    def outer(version: int) -> None:
        sub = inner(version)

        @flow("outer", version=1)
        async def outer(talk: Talk) -> str:
            first: str = await talk.call("sub", sub)
            return first + await talk.ask(Typed("b"))

    outer(1)
    await chat.begins("outer")
    await chat.says("x")
    outer(2)
    step = await chat.looks()
    assert (chat.pending, step.notice) == ("b", UPDATED)
    assert (await chat.says("y")).result == "x2y"


async def test_a_sub_dialogue_that_ends_too_early_is_noticed(chat: Chat) -> None:
    def outer(*keys: str) -> None:
        @flow("inner", version=1)
        async def inner(talk: Talk) -> list[str]:
            return [await talk.ask(Typed(key)) for key in keys]

        @flow("outer", version=1)
        async def outer(talk: Talk) -> list[str]:
            first: list[str] = await talk.call("sub", inner)
            return [*first, await talk.ask(Typed("z"))]

    outer("a", "b", "c")
    await chat.begins("outer")
    await chat.says("1")
    await chat.says("2")
    outer("a")
    step = await chat.looks()
    assert (chat.pending, step.notice) == ("z", UPDATED)
    assert [row.key for row in chat.rows] == ["sub"]


async def test_a_patch_is_for_those_who_have_not_been_there(chat: Chat) -> None:
    def code(*, patched: bool) -> None:
        @flow("form", version=1)
        async def form(talk: Talk) -> list[str]:
            answers = [await talk.ask(Typed("a"))]
            if patched and await talk.patched("ask-mood"):
                answers.append(await talk.ask(Typed("mood")))
            answers.append(await talk.ask(Typed("b")))
            return [*answers, await talk.ask(Typed("c"))]

    code(patched=False)
    old, young = Chat(), Chat()
    for one in (old, young):
        await one.begins("form")
        await one.says("1")
    await old.says("2")
    code(patched=True)
    assert (await old.says("3")).result == ["1", "2", "3"]
    step = await young.says("2")  # meant for "b", which is not what is asked now
    assert (young.pending, step.notice) == ("mood", UPDATED)
    for text in ("fine", "2"):
        await young.says(text)
    assert (await young.says("3")).result == ["1", "fine", "2", "3"]
    await chat.begins("form")
    assert (await chat.says("1")).dialogue.journal[1].value == {"v": True}


async def test_an_unknown_flow(chat: Chat) -> None:
    with pytest.raises(UnknownFlow, match="no flow nothing is registered"):
        await chat.begins("nothing")


async def test_a_dialogue_begun_later_is_filled_in_when_it_is_drawn(chat: Chat) -> None:
    """The worker may keep a further dialogue for afterwards; nothing was shown of it yet."""
    code(1, "a", "b")
    await chat.begins("form")
    waiting = Chat(chat.host)
    waiting.step = chat.step
    waiting.step.dialogue.pending_key = None
    waiting.step.dialogue.prefill = {"a": "1"}
    await waiting.looks()
    assert waiting.pending == "b"


def test_missing_flows() -> None:
    code(2, "a")
    assert latest_version("form") == 2
    dialogues = [("form", 1, False), ("form", 2, True), ("form", 1, True), ("gone", 3, False)]
    assert missing_flows(dialogues) == [("form", 1), ("gone", 3)]


def test_the_newest_version_counts_in_whatever_order_they_come() -> None:
    code(2, "a")
    code(1, "a")
    assert latest_version("form") == 2
    assert sorted(registry.FLOWS) == [("form", 1), ("form", 2)]
    assert FLOWS is not registry.FLOWS  # this test has a registry of its own


def test_two_flows_of_one_name_are_refused() -> None:
    code(1, "a")
    with pytest.raises(ValueError, match="registered already"):

        @flow("form", version=1)
        async def other(talk: Talk) -> None:
            """Another one."""


def test_a_flow_must_be_async() -> None:
    with pytest.raises(TypeError, match="no async function"):

        @flow("form", version=1)  # type: ignore[arg-type]
        def other(talk: Talk) -> None:
            """A plain function."""
