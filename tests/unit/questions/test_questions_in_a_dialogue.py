"""The real questions in the real engine: one visit from the first question to the deed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from question_support import CHAT_FILE, NOW, acting

from conversations.engine import dialogue as engine
from conversations.engine import registry
from conversations.engine.registry import flow
from conversations.inputs import Input, Pressed, Said
from conversations.questions.choice import Choice
from conversations.questions.money import Money
from conversations.questions.or_skip import OrSkip
from conversations.questions.presumed import Presumed
from conversations.questions.review import Line, Review
from conversations.questions.text import Note
from conversations.questions.when import HOURS, When
from core.i18n import Text
from core.screens import Screen
from core.vocabulary import KINDS

if TYPE_CHECKING:
    from conversations.engine.dialogue import Step
    from conversations.engine.talk import Talk
    from core.acting import Acting


@dataclass
class Host:
    ctx: Acting = field(default_factory=acting)
    performed: list[object] = field(default_factory=list)

    async def perform(self, key: str, command: object) -> Any:
        self.performed.append((key, command))

    async def read(self, query: object) -> Any:
        return query


@pytest.fixture(autouse=True)
def visit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "FLOWS", {})
    monkeypatch.setattr(registry, "latest", {})

    @flow("visit", version=1, collect="files")
    async def visit(talk: Talk) -> None:
        kind = await talk.ask(Choice.of("kind", Text("How did you meet?"), KINDS))
        amount = await talk.ask(
            Presumed(Money("amount", Text("How much?"), skip=Text("No")), None)
        )
        note = await talk.ask(Note("note", Text("What was said?"), captions=True))
        due = await talk.ask(OrSkip(When("next", Text("When again?"), times=HOURS)))
        lines = [Line(key, Text(key), "") for key in ("kind", "amount", "note", "next")]
        await talk.ask(Review("review", Text("Please check"), tuple(lines)))
        files = await talk.collected()
        when = None if due is None else due.at.isoformat()
        await talk.do("save", [kind, amount, note, when, len(files)])
        await talk.say(lambda ctx: Screen(ctx.texts("✓ Done")))


async def played(host: Host, *moves: str | Input) -> Step:
    """The last step; words in brackets are taps."""
    step = await engine.begin("visit", {}, host)
    for move in moves:
        event: Input
        if not isinstance(move, str):
            event = move
        elif move.startswith("["):
            event = Pressed(move.strip("[]"), NOW)
        else:
            event = Said(move, NOW)
        kept = replace(step.dialogue, journal=[])
        stored = replace(
            engine.Dialogue(**json.loads(json.dumps(vars(kept)))), journal=step.dialogue.journal
        )
        step = await engine.feed(stored, event, host)
    return step


async def test_a_visit_from_the_first_question_to_the_deed() -> None:
    host = Host()
    photo = replace(CHAT_FILE, caption="wants to renew")
    step = await played(
        host,
        "拜访", photo, "[+1]", "3pm",
        "[=amount]", "500", f"[{500 * 10_000 * 100}]",
        replace(CHAT_FILE, file_unique_id="g"), "[ok]",
    )  # fmt: skip
    assert step.status == "done"
    assert host.performed == [
        ("save", ["visit", 500 * 10_000 * 100, "wants to renew", "2026-11-24T07:00:00+00:00", 2])
    ]


async def test_it_is_short_for_those_who_say_little() -> None:
    host = Host(acting("zh"))
    step = await played(host, "[call]", "没空", "跳过", "好")
    assert (step.status, step.screen) == ("done", Screen("✓ 完成"))
    assert host.performed == [("save", ["call", None, "没空", None, 0])]


async def test_every_screen_has_few_rows() -> None:
    for moves in (
        (),
        ("[call]",),
        ("[call]", "hi"),
        ("[call]", "hi", "[+1]"),
        ("[call]", "hi", "-"),
    ):
        step = await played(Host(), *moves)
        assert step.screen is not None
        assert len(step.screen.rows) <= 4  # three of its own, and the navigation


async def test_skip_stands_beside_cancel_where_there_is_no_other_room() -> None:
    step = await played(Host(), "[call]", "hi", "[+1]")
    assert step.screen is not None
    assert [button.args for button in step.screen.rows[-1]] == [("<",), ("-",), ("x",)]
    step = await played(Host(), "[call]", "hi")
    assert step.screen is not None
    assert [[button.args for button in row] for row in step.screen.rows[-2:]] == [
        [("-",)], [("<",), ("x",)],
    ]  # fmt: skip
