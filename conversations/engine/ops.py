"""The operations that a flow can yield, and the one coroutine that yields them.

Everything a flow awaits ends in `suspended`, so the driver sees every wait of a flow; a wait on
anything else reaches it as a foreign object and is an error. That is how "flows do no I/O" is a
fact and not a rule.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from conversations.engine.questions import Question
    from core.screens import Screen


#: the engine's own buttons: choices that no question may use
BACK, CANCEL, KEEP, CHANGE = "<", "x", "^", "="
#: the choice of a button that leaves a question out
SKIP = "-"


@dataclass(frozen=True, slots=True)
class Op:
    """Something that a flow waits for; `key` names it in the journal."""

    key: str
    kind: ClassVar[str]

    @property
    def fingerprint(self) -> str:
        """What must be the same at a replay, beside kind and key."""
        return ""


@dataclass(frozen=True, slots=True)
class Ask(Op):
    """Put a question to the person."""

    question: Question[Any]
    kind: ClassVar[str] = "ask"

    @property
    def fingerprint(self) -> str:
        """The question's own."""
        return self.question.fingerprint()

    @property
    def prefix(self) -> str:
        """The path of the sub-dialogue that asks, with its slash."""
        head, slash, _ = self.key.rpartition("/")
        return head + slash


@dataclass(frozen=True, slots=True)
class Do(Op):
    """Run a command."""

    command: object
    kind: ClassVar[str] = "do"

    @property
    def fingerprint(self) -> str:
        """The command's name: what is in it may change with the code, what it is may not."""
        return type(self.command).__name__[:32]


@dataclass(frozen=True, slots=True)
class Read(Op):
    """Ask core something."""

    query: object
    kind: ClassVar[str] = "read"


@dataclass(frozen=True, slots=True)
class Now(Op):
    """Look at the clock."""

    kind: ClassVar[str] = "now"


@dataclass(frozen=True, slots=True)
class Say(Op):
    """Tell the person something."""

    screen: Callable[[Any], Screen] | Screen
    kind: ClassVar[str] = "say"


@dataclass(frozen=True, slots=True)
class Collected(Op):
    """Look at the files and places that came in so far."""

    kind: ClassVar[str] = "collect"


@dataclass(frozen=True, slots=True)
class Patched(Op):
    """Ask whether the journal is young enough for a changed piece of code."""

    kind: ClassVar[str] = "patched"


@dataclass(frozen=True, slots=True)
class Enter(Op):
    """Begin a sub-dialogue, or have its folded result; resumed with an `Entered`."""

    subflow: str
    kind: ClassVar[str] = "call"

    @property
    def fingerprint(self) -> str:
        """The sub-flow's name and version."""
        return self.subflow[:32]


@dataclass(frozen=True, slots=True)
class Leave(Op):
    """End a sub-dialogue: fold its entries into one with this result."""

    subflow: str
    result: Any
    kind: ClassVar[str] = "call"


@dataclass(frozen=True, slots=True)
class Entered:
    """How a sub-dialogue begins: its numbered key, and the result if it was finished before."""

    key: str
    finished: bool = False
    result: Any = None


@types.coroutine
def suspended(op: Op) -> Generator[Op, Any, Any]:
    """Hand an operation to the driver and wait for what it means."""
    return (yield op)
