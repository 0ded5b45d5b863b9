"""FLOWS: every dialogue that there is, by name and version.

A flow is registered by its decorator. An old version may stay beside the newest one: dialogues
that have already done something must be finished by the code that began them.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from conversations.engine.errors import UnknownFlow

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from conversations.engine.talk import Talk

    Run = Callable[[Talk], Coroutine[Any, Any, Any]]

_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Flow:
    """A dialogue: an async function with a name and a version."""

    name: str
    version: int
    run: Callable[[Talk], Coroutine[Any, Any, Any]]
    #: after how long an untouched one is closed
    expires: timedelta = _LIFETIME
    #: whether files and places that no question takes are kept for `talk.collected()`
    collect: Literal["files"] | None = None

    @property
    def label(self) -> str:
        """log_visit:3."""
        return f"{self.name}:{self.version}"


FLOWS: dict[tuple[str, int], Flow] = {}
latest: dict[str, Flow] = {}


def flow(
    name: str,
    *,
    version: int,
    expires: timedelta = _LIFETIME,
    collect: Literal["files"] | None = None,
) -> Callable[[Run], Flow]:
    """Register the decorated function as this version of the flow."""

    def register(run: Run) -> Flow:
        if not inspect.iscoroutinefunction(run):
            raise TypeError(f"flow {name}: {run!r} is no async function")
        known = FLOWS.get((name, version))
        if known is not None and known.run.__qualname__ != run.__qualname__:
            raise ValueError(f"flow {name} version {version} is registered already")
        registered = Flow(name, version, run, expires, collect)
        FLOWS[name, version] = registered
        if name not in latest or latest[name].version <= version:
            latest[name] = registered
        return registered

    return register


def newest(name: str) -> Flow:
    """The newest version of a flow.

    Raises:
        UnknownFlow: if there is none of this name.
    """
    try:
        return latest[name]
    except KeyError:
        raise UnknownFlow(name) from None


def exactly(name: str, version: int) -> Flow:
    """That version of a flow.

    Raises:
        UnknownFlow: if it is not registered.
    """
    try:
        return FLOWS[name, version]
    except KeyError:
        raise UnknownFlow(name, version) from None


def latest_version(name: str) -> int:
    """The number of the newest version of a flow.

    Raises:
        UnknownFlow: if there is none of this name.
    """
    return newest(name).version


def missing_flows(dialogues: Iterable[tuple[str, int, bool]]) -> list[tuple[str, int]]:
    """The flows that open dialogues need and that are not registered; the start asks for them.

    Each dialogue is its flow's name and version, and whether it has done something already: if
    not, any version of the flow will do, because the form can start again.
    """
    needed = {
        (name, version)
        for name, version, has_done in dialogues
        if name not in latest or (has_done and (name, version) not in FLOWS)
    }
    return sorted(needed)
