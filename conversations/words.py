"""The words of a button: taken apart with care, because a tampered app can send anything."""

from __future__ import annotations

import inspect
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from core.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

#: what the database can hold as a whole number
LARGEST = 2**63 - 1


def whole(word: str) -> int:
    """A row's id or an offset.

    Raises:
        NotFound: for anything else: there is no such row.
    """
    if not (word.isascii() and word.isdigit()) or int(word[:20]) > LARGEST or len(word) > 19:
        raise NotFound
    return int(word)


def day_of(word: str) -> date:
    """A day from its ordinal.

    Raises:
        NotFound: for anything else.
    """
    try:
        return date.fromordinal(whole(word))
    except (ValueError, OverflowError):
        raise NotFound from None


def takes(function: Callable[..., Any], before: int, words: tuple[str, ...]) -> bool:
    """Whether a function takes this many words after its first `before` arguments."""
    least, most = _arity(function)
    return least <= before + len(words) <= most


@lru_cache(maxsize=256)
def _arity(function: Callable[..., Any]) -> tuple[int, int]:
    parameters = inspect.signature(function).parameters.values()
    required = [p for p in parameters if p.default is inspect.Parameter.empty]
    return len(required), len(parameters)
