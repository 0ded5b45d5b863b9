"""Talk: all that a flow can do.

A flow is a plain async function of a `Talk`. It reads like a conversation, and it is run again
from the top at every step with the journal's answers, so between two awaits it must only compute.
House rule: ask as often as needed, review, then do, once, last.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from conversations.engine.ops import (
    Ask,
    Collected,
    Do,
    Enter,
    Entered,
    Leave,
    Now,
    Patched,
    Read,
    Say,
    suspended,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from conversations.engine.questions import Question
    from core.screens import Screen

T = TypeVar("T")

_KEY = re.compile(r"[a-z][a-z0-9_.-]{0,29}")


class Subflow(Protocol):
    """What a flow must know of another one to call it."""

    @property
    @abstractmethod
    def label(self) -> str:
        """Its name and version."""

    @property
    @abstractmethod
    def run(self) -> Callable[[Talk], Coroutine[Any, Any, Any]]:
        """Its function."""


class Talk:
    """What a flow sees of its dialogue."""

    __slots__ = ("_prefix", "args")

    #: the JSON values that the flow was started with
    args: Mapping[str, Any]

    def __init__(self, args: Mapping[str, Any], prefix: str = "") -> None:
        self.args = MappingProxyType(dict(args))
        self._prefix = prefix

    async def ask(self, question: Question[T]) -> T:
        """The person's answer."""
        answer: T = await suspended(Ask(self._named(question.key), question))
        return answer

    async def do(self, key: str, command: object) -> Any:
        """Run a command of core, once; its result as JSON.

        Raises:
            Refused: what the rules said no to; also at every replay. A flow that does not catch
                it is brought back to its last answer, with the refusal's sentence above.
        """
        return await suspended(Do(self._named(key), command))

    async def read(self, key: str, query: object) -> Any:
        """The answer of core to a query, as JSON, as it was when first asked.

        Raises:
            Refused: what the rules said no to; also at every replay.
        """
        return await suspended(Read(self._named(key), query))

    async def now(self, key: str = "now") -> datetime:
        """The moment at which the flow came here first."""
        return datetime.fromisoformat(await suspended(Now(self._named(key))))

    async def say(self, say: Callable[[Any], Screen] | Screen) -> None:
        """Tell the person something, once; a function of ctx speaks the person's language."""
        await suspended(Say(self._named("say"), say))

    async def collected(self) -> list[dict[str, Any]]:
        """The files and places that came in so far, whatever was being asked."""
        files: list[dict[str, Any]] = await suspended(Collected(self._named("collected")))
        return files

    async def call(self, key: str, subflow: Subflow, **args: Any) -> Any:
        """The result of a sub-dialogue; its keys stand below `key/`."""
        entered: Entered = await suspended(Enter(self._named(key), subflow.label))
        if entered.finished:
            return entered.result
        result = await subflow.run(Talk(args, f"{entered.key}/"))
        return await suspended(Leave(entered.key, subflow.label, result))

    async def patched(self, key: str) -> bool:
        """Whether new code may run here: false in a dialogue that went past it before."""
        new: bool = await suspended(Patched(self._named(key)))
        return new

    def _named(self, key: str) -> str:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key: at most 30 of a-z, 0-9, _ . - after a letter")
        return self._prefix + key
