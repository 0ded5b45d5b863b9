"""Small questions and a host without a database; a chat that checks every step it makes.

After each step the chat stores what the step says has changed, as the worker would, and compares
that with the dialogue; then it replays the stored dialogue twice, without the outside, and
compares what is pending.
"""

# ruff: noqa: ARG002 - the questions and hosts here have the signatures of their protocols
from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from conversations.engine import dialogue as engine
from conversations.engine.journal import Entry
from conversations.engine.questions import (
    MISSING,
    Change,
    Json,
    Missing,
    NotMine,
    Question,
    Redraw,
    Refuse,
    Taken,
)
from conversations.engine.registry import exactly
from conversations.engine.replay import ANY_KEY, Finished, Pending, drive
from conversations.inputs import Pressed, Said, SentFile
from core.acting import Acting, Person
from core.errors import Invalid, Refused
from core.i18n import Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from conversations.engine.dialogue import Dialogue, Step
    from conversations.engine.questions import Ctx, Reply, View
    from conversations.inputs import Input

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def person(locale: str = "en") -> Person:
    return Person(7, "A007", "安", "Ann", "rm", 1, "/1/", locale=locale)


@dataclass
class FakeHost:
    """Performs what it is told, refuses what begins with "no", and keeps a list."""

    ctx: Acting = field(default_factory=lambda: Acting(person(), NOW, "u:1"))
    performed: list[tuple[str, Any]] = field(default_factory=list)
    reads: list[Any] = field(default_factory=list)

    async def perform(self, key: str, command: Any) -> Json:
        if str(command).startswith("no"):
            raise Invalid("No {thing} today.", thing=command)
        self.performed.append((key, command))
        return {"saved": command}

    async def read(self, query: Any) -> Json:
        if isinstance(query, Refused):
            raise query
        self.reads.append(query)
        return [query, len(self.reads)]

    def later(self, **ahead: int) -> None:
        self.ctx.now += timedelta(**ahead)


class NoHost:
    """A replay needs nothing of the outside."""

    ctx = None

    async def perform(self, key: str, command: object) -> Json:
        raise AssertionError(f"a replay performed {key}")

    async def read(self, query: object) -> Json:
        raise AssertionError(f"a replay read {query}")


@dataclass(frozen=True)
class Typed(Question[str]):
    """Any typed text; "no …" is refused, "scroll" only changes the view."""

    key: str
    size: int = 1
    presumes: Any = MISSING
    stale: tuple[str, ...] = ()

    async def show(self, ctx: Ctx, view: View) -> Screen:
        scrolled = f" +{view['scrolled']}" if view else ""
        return Screen(f"{self.key}?{scrolled}", ((Button.answer("go", "go"),),))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:
        match event:
            case Said("scroll") | Pressed("scroll"):
                view["scrolled"] = view.get("scrolled", 0) + 1
                return Redraw()
            case Said("forbidden"):
                raise Invalid("Not {what}.", what=Text("Home"))
            case Said(text) if text.startswith("no"):
                return Refuse(Text("Not {text}.", {"text": text}), alert=True)
            case Said(text) | Pressed(text) if text != "stray":
                return Taken(text)
            case SentFile(caption=caption) if caption:
                return Taken(caption, attach=True)
        return NotMine()

    def value(self, stored: Json) -> str:
        return str(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:
        return stored not in self.stale

    async def presume(self, ctx: Ctx) -> Json | Missing:
        return self.presumes


@dataclass(frozen=True)
class Check(Typed):
    """A review."""

    lines: tuple[str, ...] = ()
    always_asked: ClassVar[bool] = True

    @property
    def changes(self) -> tuple[str, ...]:
        return self.lines

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:
        match event:
            case Pressed("ok"):
                return Taken("ok")
            case Said(text) if text.startswith("change "):
                return Change(text.removeprefix("change "))
        return NotMine()


@dataclass
class Chat:
    """A person talking to one dialogue."""

    host: FakeHost = field(default_factory=FakeHost)
    step: Step = None  # type: ignore[assignment]
    rows: list[Entry] = field(default_factory=list)

    async def begins(self, flow: str, args: dict[str, Json] | None = None, **more: Any) -> Step:
        return await self._made(engine.begin(flow, args or {}, self.host, **more))

    async def says(self, text: str) -> Step:
        return await self.does(Said(text, self.host.ctx.now))

    async def taps(self, choice: str) -> Step:
        return await self.does(Pressed(choice, self.host.ctx.now))

    async def sends(self, name: str = "f1", **more: Any) -> Step:
        return await self.does(SentFile("photo", name, name, self.host.ctx.now, **more))

    async def does(self, event: Input) -> Step:
        return await self._made(engine.feed(self.stored(), event, self.host))

    async def looks(self) -> Step:
        return await self._made(engine.redraw(self.stored(), self.host))

    @property
    def pending(self) -> str | None:
        return self.step.dialogue.pending_key

    @property
    def answers(self) -> dict[str, Json]:
        return {row.key: row.value["v"] for row in self.rows if row.kind == "ask"}

    @property
    def text(self) -> str:
        assert self.step.screen is not None
        return self.step.screen.text

    @property
    def buttons(self) -> list[str]:
        assert self.step.screen is not None
        return [button.args[0] for row in self.step.screen.rows for button in row]

    def stored(self) -> Dialogue:
        """The dialogue as it comes back from the database."""
        bare = replace(self.step.dialogue, journal=[])
        assert json.loads(json.dumps(vars(bare))) == vars(bare)
        return replace(copy.deepcopy(bare), journal=copy.deepcopy(self.rows))

    async def _made(self, making: Coroutine[Any, Any, Step]) -> Step:
        given = copy.deepcopy(self.step)
        step = await making
        assert self.step == given, "a step changed the dialogue that it was given"
        self._store(step)
        self.step = step
        if step.status in {"pending", "already_done"}:
            await self._replays()
        return step

    def _store(self, step: Step) -> None:
        """What the worker does with the journal's rows."""
        if step.cut_to is not None:
            assert step.cut_to < len(self.rows)
            del self.rows[step.cut_to :]
        assert len(self.rows) == len(step.dialogue.journal) - len(step.added)
        for entry in step.added:
            value = json.loads(json.dumps(entry.value))
            self.rows.append(Entry(entry.kind, entry.key, entry.fingerprint, value))
        assert self.rows == step.dialogue.journal
        assert len({row.key for row in self.rows}) == len(self.rows)

    async def _replays(self) -> None:
        """The stored journal leads to the same question, again and again."""
        seen = []
        for _ in range(2):
            dialogue = self.stored()
            flow = exactly(dialogue.flow, dialogue.version)
            outcome = await drive(flow, dialogue, NoHost(), [], hold=ANY_KEY)  # type: ignore[arg-type]
            assert isinstance(outcome, Pending), outcome
            assert dialogue.journal == self.rows
            seen.append((outcome.ask.key, outcome.ask.fingerprint))
        assert seen[0] == seen[1]
        assert seen[0][0] == self.pending


async def replayed(chat: Chat) -> Json:
    """What the finished dialogue returns when it is run from its journal alone."""
    dialogue = chat.stored()
    flow = exactly(dialogue.flow, dialogue.version)
    outcome = await drive(flow, dialogue, NoHost(), [])  # type: ignore[arg-type]
    assert isinstance(outcome, Finished)
    return outcome.result


def immediate(coro: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine that never waits for anything; the engine's own ones do not."""
    try:
        coro.send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("it waited for something")
