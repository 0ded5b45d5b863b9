"""What a flow starts with: its arguments, and answers that are known already."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Start:
    """Arguments, and prefilled answers by question key."""

    args: dict[str, Any] = field(default_factory=dict)
    prefill: dict[str, Any] = field(default_factory=dict)


#: takes the acting person and the words of a button
Starter = Callable[..., Awaitable[Start]]
