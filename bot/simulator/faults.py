"""Troubles on demand: refusals, nonsense, time-outs, lost connections, slowness.

A fault hits the next calls that match its method and chat, a number of times or with a
probability. Without a method it hits everything but `getUpdates`, whose polls come by themselves.
What a fault causes is never counted as a violation of the bot's.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .call import Call


class FaultKind(StrEnum):
    """What goes wrong."""

    SERVER_ERROR = "server error"
    TOO_MANY = "too many requests"
    FORBIDDEN = "forbidden"
    NONSENSE = "nonsense"
    TIME_OUT = "time-out"
    DROP = "dropped connection"
    SLOW = "slow"


@dataclass(slots=True)
class Fault:
    """One trouble: what, for which calls, how often; `hits` counts how often it struck."""

    kind: FaultKind
    times: int | None = 1
    probability: float = 1.0
    method: str | None = None
    chat_id: int | None = None
    seconds: float = 0.0
    executed: bool = False
    hits: int = 0

    def matches(self, call: Call) -> bool:
        """Whether the fault is meant for this call, chance aside."""
        if self.times is not None and self.hits >= self.times:
            return False
        name = call.method.lower()
        if self.method is None:
            if name == "getupdates":
                return False
        elif self.method.lower() != name:
            return False
        return self.chat_id is None or self.chat_id == call.chat_id


class Faults:
    """The troubles that are asked for now; the first that matches a call strikes."""

    def __init__(self, seed: int = 1) -> None:
        self._faults: list[Fault] = []
        self._random = random.Random(seed)  # noqa: S311 - chance in tests, repeatable on purpose
        self._released = asyncio.Event()

    def add(self, fault: Fault) -> Fault:
        """Ask for a fault; the returned object tells how often it struck."""
        self._faults.append(fault)
        return fault

    def server_error(
        self,
        times: int | None = 1,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        probability: float = 1.0,
        executed: bool = False,
    ) -> Fault:
        """Answer HTTP 500, before or (if `executed`) after carrying the call out."""
        return self.add(
            Fault(FaultKind.SERVER_ERROR, times, probability, method, chat_id, executed=executed)
        )

    def too_many(
        self,
        retry_after: int,
        times: int | None = 1,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        probability: float = 1.0,
    ) -> Fault:
        """Answer 429 and ask to wait `retry_after` seconds."""
        return self.add(
            Fault(FaultKind.TOO_MANY, times, probability, method, chat_id, retry_after)
        )

    def forbidden(
        self,
        times: int | None = 1,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        probability: float = 1.0,
    ) -> Fault:
        """Answer 403, as if the person had blocked the bot."""
        return self.add(Fault(FaultKind.FORBIDDEN, times, probability, method, chat_id))

    def nonsense(
        self,
        times: int | None = 1,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        probability: float = 1.0,
        executed: bool = False,
    ) -> Fault:
        """Answer 200 with something that is no JSON, as a broken proxy would."""
        return self.add(
            Fault(FaultKind.NONSENSE, times, probability, method, chat_id, executed=executed)
        )

    def time_out(
        self,
        times: int | None = 1,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        probability: float = 1.0,
        executed: bool = False,
    ) -> Fault:
        """Never answer; the bot has to give up by itself."""
        return self.add(
            Fault(FaultKind.TIME_OUT, times, probability, method, chat_id, executed=executed)
        )

    def drop(
        self,
        times: int | None = 1,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        probability: float = 1.0,
        executed: bool = False,
    ) -> Fault:
        """Cut the connection, before or (if `executed`) after carrying the call out."""
        return self.add(
            Fault(FaultKind.DROP, times, probability, method, chat_id, executed=executed)
        )

    def slow(
        self,
        seconds: float,
        times: int | None = 1,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        probability: float = 1.0,
    ) -> Fault:
        """Carry the call out only after `seconds` of real time."""
        return self.add(
            Fault(FaultKind.SLOW, times, probability, method, chat_id, seconds, executed=True)
        )

    def clear(self) -> None:
        """No more troubles; calls that hang are let go."""
        self._faults.clear()
        self.release()

    def take(self, call: Call) -> Fault | None:
        """The fault that strikes this call, if any."""
        for fault in self._faults:
            if not fault.matches(call):
                continue
            if fault.probability < 1.0 and self._random.random() >= fault.probability:
                continue
            fault.hits += 1
            return fault
        return None

    async def hang(self) -> None:
        """Wait until the bot gives up or the troubles are cleared."""
        await self._released.wait()

    def release(self) -> None:
        """Let go of every call that hangs now."""
        self._released.set()
        self._released = asyncio.Event()
