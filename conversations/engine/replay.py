"""The driver: runs a flow from the top and answers its operations from the journal.

Past the journal's end it performs what can be performed and stops at the first question without
an answer. It touches the outside through the host only, and never for what is recorded already.
"""

from __future__ import annotations

import json
import logging
from abc import abstractmethod
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from conversations.engine.errors import Diverged, ForeignAwait, TooLong
from conversations.engine.journal import (
    GIVEN,
    OWN,
    PREFILLED,
    PRESUMED,
    Entry,
    folded,
    own,
    withdraw,
)
from conversations.engine.ops import (
    Ask,
    Collected,
    Do,
    Enter,
    Entered,
    Leave,
    Now,
    Op,
    Patched,
    Read,
    Say,
)
from conversations.engine.questions import MISSING, Ctx, Json
from conversations.engine.talk import Talk
from core.errors import Refused
from core.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.engine.registry import Flow
    from conversations.engine.state import Dialogue
    from core.screens import Screen

CAP = 200
LONG = 60
_LONGEST_KEY = 60

#: hold whatever question stands at the journal's end
ANY_KEY = "*"

_log = logging.getLogger(__name__)


class Host(Protocol):
    """What the engine may ask of the outside; the worker implements it."""

    @property
    @abstractmethod
    def ctx(self) -> Ctx:
        """Who is asked, when, in which language; handed to the questions."""

    @abstractmethod
    async def perform(self, key: str, command: object) -> Json:
        """Run a command in a savepoint.

        Raises:
            Refused: what the rules said no to.
        """

    @abstractmethod
    async def read(self, query: object) -> Json:
        """Ask core.

        Raises:
            Refused: what the rules said no to.
        """


@dataclass(frozen=True, slots=True)
class Pending:
    """The flow waits for the person."""

    ask: Ask


@dataclass(frozen=True, slots=True)
class Finished:
    """The flow has returned."""

    result: Json


@dataclass(frozen=True, slots=True)
class Rejected:
    """The flow let a refusal through."""

    refusal: Refused


Outcome = Pending | Finished | Rejected


async def drive(
    flow: Flow, dialogue: Dialogue, host: Host, says: list[Screen], *, hold: str | None = None
) -> Outcome:
    """Run the flow as far as it goes; the dialogue's journal and prefill grow and shrink.

    `hold` is the key of the question that the person has before him: it stays pending, even if
    an old or presumed answer would fit by now. What is said on the way is added to `says`.

    Raises:
        Diverged: if the code does not fit the journal.
        ForeignAwait: if the flow awaits anything else than its talk.
        TooLong: if the journal reaches its cap.
    """
    return await _Drive(flow, dialogue, host, says, hold).run()


class _Drive:
    def __init__(
        self, flow: Flow, dialogue: Dialogue, host: Host, says: list[Screen], hold: str | None
    ) -> None:
        self._flow = flow
        self._dialogue = dialogue
        self._journal = dialogue.journal
        self._host = host
        self._says = says
        self._hold = hold
        self._position = 0
        self._seen: Counter[str] = Counter()
        self._entered: dict[str, int] = {}

    async def run(self) -> Outcome:
        coro = self._flow.run(Talk(own(self._dialogue.args)))
        resume: Callable[[], Any] = partial(coro.send, None)
        try:
            while True:
                try:
                    op = resume()
                except StopIteration as stop:
                    self._at_end("the end")
                    return Finished(plain(stop.value))
                except Refused as refusal:
                    self._at_end("the end")
                    return Rejected(refusal)
                if not isinstance(op, Op):
                    raise ForeignAwait(self._flow.label, op)
                following = await self._settled(self._numbered(op))
                if isinstance(following, Ask):
                    return Pending(following)
                resume = partial(
                    coro.throw if isinstance(following, Refused) else coro.send, following
                )
        finally:
            # A flow that is left in the middle sees GeneratorExit, which `except Exception`
            # cannot swallow.
            coro.close()

    def _numbered(self, op: Op) -> Op:
        """The second operation of one key is called key#2, and so on."""
        if isinstance(op, Leave):
            return op
        self._seen[op.key] += 1
        number = self._seen[op.key]
        numbered = op if number == 1 else replace(op, key=f"{op.key}#{number}")
        if len(numbered.key) > _LONGEST_KEY:
            raise ValueError(f"the key {numbered.key} has over {_LONGEST_KEY} characters")
        return numbered

    async def _settled(self, op: Op) -> Any:
        """What the flow is resumed with: a value, a refusal; or the question that is pending."""
        recorded = self._recorded()
        match op:
            case Leave():
                return self._leave(op, recorded)
            case Enter() if not (recorded is not None and _fits(op, recorded)):
                self._entered[op.key] = self._position
                return Entered(op.key)
            case Patched() if recorded is not None and not _fits(op, recorded):
                return False
        if recorded is None:
            recorded = await self._answered(op) if isinstance(op, Ask) else await self._done(op)
            if recorded is None:
                return op
            self._append(recorded)
        elif not _fits(op, recorded):
            raise self._diverged(op, recorded)
        self._position += 1
        return _meaning(op, recorded)

    def _recorded(self) -> Entry | None:
        return self._journal[self._position] if self._position < len(self._journal) else None

    async def _answered(self, ask: Ask) -> Entry | None:
        """An answer that saves asking; None if the person must give it."""
        question, prefill, ctx = ask.question, self._dialogue.prefill, self._host.ctx
        held = self._hold in (ANY_KEY, ask.key)
        if held or question.always_asked or ask.key == self._dialogue.insist:
            return None
        if ask.key in prefill and await question.revive(ctx, own(prefill[ask.key])):
            by = GIVEN if ask.key in prefill.get(OWN, ()) else PREFILLED
            entry = answer(ask, prefill[ask.key], by)
            withdraw(prefill, ask.key)
            return entry
        presumed = await question.presume(ctx)
        return None if presumed is MISSING else answer(ask, presumed, PRESUMED)

    async def _done(self, op: Op) -> Entry:
        """Perform an operation for the first and only time."""
        if isinstance(op, Do) and self._hold is not None:
            # The question that the person has before him is gone from the code: his answer to it
            # must not set off a command.
            raise Diverged(self._flow.label, self._position, "the pending question", op.key)
        try:
            value = {"v": plain(await self._performed(op))}
        except Refused as refusal:
            value = {"refused": self._kept(refusal)}
        return Entry(op.kind, op.key, op.fingerprint, value)

    async def _performed(self, op: Op) -> Json:
        match op:
            case Do():
                return await self._host.perform(op.key, op.command)
            case Read():
                return await self._host.read(op.query)
            case Now():
                return self._host.ctx.now.isoformat()
            case Say():
                screen = op.screen(self._host.ctx) if callable(op.screen) else op.screen
                self._says.append(screen)
                return None
            case Collected():
                return self._dialogue.collected
            case _:
                return True

    def _kept(self, refusal: Refused) -> Json:
        """The refusal as JSON; texts among its fields become words of the person's language."""

        def worded(value: object) -> str:
            return self._host.ctx.texts.of(value) if isinstance(value, Text) else str(value)

        return json.loads(json.dumps(refusal.to_json(), default=worded))

    def _leave(self, op: Leave, recorded: Entry | None) -> Json:
        if recorded is not None:
            raise self._diverged(op, recorded)
        start = self._entered.pop(op.key)
        entry = folded(op.key, op.subflow[:32], plain(op.result), self._journal[start:])
        del self._journal[start:]
        self._append(entry)
        self._position = start + 1
        return _meaning(op, entry)

    def _append(self, entry: Entry) -> None:
        append(self._flow, self._journal, entry)

    def _at_end(self, wanted: str) -> None:
        recorded = self._recorded()
        if recorded is not None:
            raise Diverged(self._flow.label, self._position, _named(recorded), wanted)

    def _diverged(self, op: Op, recorded: Entry) -> Diverged:
        wanted = f"{op.kind} {op.key} {op.fingerprint}".strip()
        return Diverged(self._flow.label, self._position, _named(recorded), wanted)


def answer(ask: Ask, stored: Json, by: str) -> Entry:
    """The journal's entry for an answer."""
    return Entry(ask.kind, ask.key, ask.fingerprint, {"v": plain(stored), "by": by})


def append(flow: Flow, journal: list[Entry], entry: Entry) -> None:
    """Add an entry.

    Raises:
        TooLong: if the journal is at its cap.
    """
    if len(journal) >= CAP:
        raise TooLong(flow.label, CAP)
    journal.append(entry)
    if len(journal) == LONG:
        _log.warning("the journal of flow %s has reached %d entries", flow.label, LONG)


def plain(value: Any) -> Json:
    """The value as it comes back from the journal, so that live run and replay see the same.

    Raises:
        TypeError: if it cannot be kept as JSON.
    """
    if value is None or isinstance(value, bool):
        return value
    return json.loads(json.dumps(value))


def _fits(op: Op, entry: Entry) -> bool:
    return (op.kind, op.key, op.fingerprint) == (entry.kind, entry.key, entry.fingerprint)


def _meaning(op: Op, entry: Entry) -> Any:
    """What the flow sees of an entry."""
    if "refused" in entry.value:
        return Refused.from_json(own(entry.value["refused"]))
    stored = own(entry.value["v"])
    if isinstance(op, Ask):
        return op.question.value(stored)
    return Entered(op.key, finished=True, result=stored) if isinstance(op, Enter) else stored


def _named(entry: Entry) -> str:
    return f"{entry.kind} {entry.key} {entry.fingerprint}".strip()
