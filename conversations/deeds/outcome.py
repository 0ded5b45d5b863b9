"""What a one-tap deed answers with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.screens import Content, Screen

#: runs a command of core once; given by whoever handles the tap
Perform = Callable[[object], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The tapped message's new face, further messages, and the toast."""

    screen: Screen | None = None
    posts: tuple[Content, ...] = ()
    toast: str = ""
    #: the person's language changed: menus and an open dialogue are drawn again
    language_changed: bool = False
