"""What can go wrong in the engine itself: errors of ours, never of the person.

    EngineError
    ├── UnknownFlow    a dialogue names a flow (or a version of it) that is not registered
    ├── ForeignAwait   a flow awaited something that is no operation of its Talk
    ├── Diverged       the code no longer asks what the journal has answers for
    └── TooLong        the journal has reached its cap: a loop where a multi-pick belongs

They roll the whole update back and are counted there; `Diverged` alone is handled by the engine
as long as nothing was done yet: the form starts again with the old answers filled in.
"""

from __future__ import annotations


class EngineError(Exception):
    """The root: the dialogue cannot go on."""


class UnknownFlow(EngineError):  # noqa: N818 - the name says what is wrong
    """A dialogue names a flow (or a version of it) that is not registered."""

    def __init__(self, name: str, version: int | None = None) -> None:
        which = name if version is None else f"{name} version {version}"
        super().__init__(f"no flow {which} is registered: is its module imported?")


class ForeignAwait(EngineError):  # noqa: N818 - the name says what is wrong
    """A flow awaited something that is no operation of its Talk."""

    def __init__(self, flow: str, found: object) -> None:
        super().__init__(
            f"flow {flow} awaited a foreign {type(found).__name__}: "
            "a flow does no I/O, use talk.read or talk.do"
        )


class Diverged(EngineError):  # noqa: N818 - the name says what is wrong
    """The code no longer asks what the journal has answers for."""

    def __init__(self, flow: str, seq: int, recorded: str, wanted: str) -> None:
        super().__init__(
            f"flow {flow} wants {wanted} where entry {seq} of its journal holds {recorded}: "
            "raise the flow's version, or guard the change with talk.patched"
        )


class TooLong(EngineError):  # noqa: N818 - the name says what is wrong
    """The journal has reached its cap: a loop where a multi-pick belongs."""

    def __init__(self, flow: str, cap: int) -> None:
        super().__init__(
            f"the journal of flow {flow} has reached {cap} entries: "
            "use a question that takes many, or fold the loop into talk.call"
        )
