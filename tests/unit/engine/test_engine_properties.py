"""T4: whatever a person does, replay equals the live run, and the same answer changes nothing.

Each step made by `Chat` already proves that the stored rows are the journal, and that they lead
to the pending question again and again without the outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine_support import Chat, Check, Typed, immediate, replayed
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.engine.dialogue import prefill_of
from conversations.engine.journal import OWN, flat
from conversations.engine.registry import flow
from core.errors import Refused
from core.screens import Screen

if TYPE_CHECKING:
    from conversations.engine.talk import Talk

LINES = ("a", "b", "c", "item", "item#2", "sub", "usual")


def register() -> None:
    """A flow with branches, a loop, a sub-dialogue, reads, a presumed answer and a refusal."""

    @flow("sub", version=1, collect="files")
    async def sub(talk: Talk) -> list[str]:
        first = await talk.ask(Typed("first"))
        await talk.read("look", first)
        return [first, await talk.ask(Typed("second")) if first == "s" else ""]

    @flow("main", version=1, collect="files")
    async def main(talk: Talk) -> list[Any]:
        answers: list[Any] = [(await talk.now()).isoformat(), await talk.ask(Typed("a"))]
        await talk.say(Screen(f"so {answers[-1]}"))
        answers.append(await talk.ask(Typed("usual", presumes=f"u{answers[-1]}")))
        if answers[1] == "s":
            answers.append(await talk.call("sub", sub))
        if await talk.patched("newer"):
            answers.append(await talk.ask(Typed("b")))
        answers += [await talk.ask(Typed("item")) for _ in range(len(answers[-1]) % 3)]
        answers.append(await talk.read("again", answers[1]))
        answers.append(await talk.ask(Typed("c")))
        await talk.ask(Check("review", lines=LINES))
        try:
            answers.append(await talk.do("early", f"no{answers[1]}"))
        except Refused as refusal:
            answers.append(refusal.fields["thing"])
        answers.append(len(await talk.collected()))
        answers.append(await talk.do("save", answers[-1]))
        await talk.say(Screen("saved"))
        return answers


words = st.sampled_from(("s", "t", "uu", "vvv"))
events = st.one_of(
    st.tuples(st.just("say"), words),
    st.tuples(st.just("say"), st.sampled_from(("scroll", "no", "stray", "forbidden"))),
    st.tuples(st.just("tap"), st.sampled_from(("<", "^", "stray", *(f"={k}" for k in LINES)))),
    st.tuples(st.just("send"), st.sampled_from(("f1", "f2"))),
    st.just(("look", "")),
    st.just(("wait", "")),
)


async def play(chat: Chat, moves: list[tuple[str, str]]) -> None:
    await chat.begins("main")
    for verb, word in moves:
        match verb:
            case "say":
                await chat.says(word)
            case "tap":
                await chat.taps(word)
            case "send":
                await chat.sends(word)
            case "look":
                await chat.looks()
            case _:
                chat.host.later(minutes=1)


async def to_the_review(chat: Chat) -> None:
    while chat.pending != "review":
        await chat.says("t")


@settings(max_examples=60, deadline=None)
@given(st.lists(events, max_size=25))
def test_replay_is_the_live_run(moves: list[tuple[str, str]]) -> None:
    register()

    async def story() -> None:
        chat = Chat()
        await play(chat, moves)
        await to_the_review(chat)
        step = await chat.taps("ok")
        assert step.status == "done"
        assert await replayed(chat) == step.result
        assert [key for key, _ in chat.host.performed] == ["save"]

    immediate(story())


@settings(max_examples=60, deadline=None)
@given(st.lists(events, max_size=25))
def test_only_the_answers_matter_not_the_way_to_them(moves: list[tuple[str, str]]) -> None:
    register()

    async def story() -> None:
        chat, straight = Chat(), Chat()
        await play(chat, moves)
        await to_the_review(chat)
        given = {row.key: row.value["v"] for row in flat(chat.rows) if row.kind == "ask"}
        await straight.begins("main", insist="usual")
        while straight.pending != "review":
            await straight.says(str(given[straight.pending or ""]))
        assert {
            row.key: row.value["v"] for row in flat(straight.rows) if row.kind == "ask"
        } == given

    immediate(story())


@settings(max_examples=60, deadline=None)
@given(moves=st.lists(events, max_size=15), line=st.sampled_from(LINES), keep=st.booleans())
def test_the_same_answer_again_changes_nothing(
    moves: list[tuple[str, str]], line: str, *, keep: bool
) -> None:
    register()

    async def story() -> None:
        chat = Chat()
        await play(chat, moves)
        await to_the_review(chat)
        before = list(chat.rows)
        await chat.taps(f"={line}")
        asked = chat.pending or ""
        if asked == "review":
            assert chat.rows == before
            return
        old = next(row for row in flat(before) if row.key == asked)
        if keep:
            await chat.taps("^")
        else:
            await chat.says(old.value["v"])
        assert chat.pending == "review"
        if line == "usual":  # it was presumed, now it is the person's own
            same = [row.value["v"] for row in flat(before) if row.kind == "ask"]
            assert [row.value["v"] for row in flat(chat.rows) if row.kind == "ask"] == same
        else:
            assert [(row.key, row.value) for row in flat(chat.rows) if row.kind == "ask"] == [
                (row.key, row.value) for row in flat(before) if row.kind == "ask"
            ]

    immediate(story())


@settings(max_examples=60, deadline=None)
@given(st.lists(events, max_size=20))
def test_back_leads_to_the_beginning(moves: list[tuple[str, str]]) -> None:
    register()

    async def story() -> None:
        chat = Chat()
        await play(chat, moves)
        for _ in range(len(chat.rows) + 10):
            if "<" not in chat.buttons:
                break
            await chat.taps("<")
        assert not [row for row in flat(chat.rows) if row.kind == "ask" and row.given]
        assert chat.pending == "a"

    immediate(story())


@settings(max_examples=60, deadline=None)
@given(st.lists(events, max_size=20))
def test_the_answers_carry_over_to_another_dialogue(moves: list[tuple[str, str]]) -> None:
    register()

    async def story() -> None:
        chat, other = Chat(), Chat()
        await play(chat, moves)
        await to_the_review(chat)
        await other.begins("main", prefill=prefill_of(chat.step.dialogue))
        assert other.pending == "review"
        assert [row.value["v"] for row in flat(other.rows) if row.kind == "ask"] == [
            row.value["v"] for row in flat(chat.rows) if row.kind == "ask"
        ]
        left = other.step.dialogue.prefill
        assert set(left.get(OWN, ())) <= set(left)

    immediate(story())
