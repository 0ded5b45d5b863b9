"""Short stable names for "what is asked here", compared at every replay.

A fingerprint covers the type and the configuration of a question, and leaves out its words: a
better sentence must not throw anybody out of a form that is half filled in.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from core.i18n import Text

_LENGTH = 12
_SPELLED_OUT = (dt.date, dt.time, dt.timedelta, ZoneInfo, Enum)


def fingerprint(thing: object) -> str:
    """Twelve hex digits that change when the configuration of `thing` does."""
    canonical = json.dumps(thing, default=_described, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:_LENGTH]


def _described(thing: object) -> Any:
    """What JSON does not know by itself."""
    if isinstance(thing, Text) or callable(thing):
        return None  # words, and functions that make them
    if isinstance(thing, set | frozenset):
        return sorted(thing, key=repr)
    return str(thing) if isinstance(thing, _SPELLED_OUT) else _with_name(thing)


def _with_name(thing: object) -> Any:
    name = type(thing).__qualname__
    if is_dataclass(thing):
        return [name, {part.name: getattr(thing, part.name) for part in fields(thing)}]
    return [name]
