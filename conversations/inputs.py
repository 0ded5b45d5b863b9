"""What a person can do to a dialogue, whatever the chat platform is.

`bot/events.py` turns Telegram's updates into these; another platform would do the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A typed message; `at` is when the phone sent it."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of the pending question's own screen was tapped."""

    choice: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SentFile:
    """A photo, voice note or document; its bytes stay with the platform for now."""

    kind: Literal["photo", "voice", "document"]
    file_id: str
    file_unique_id: str
    at: datetime
    size: int | None = None
    mime: str = ""
    name: str = ""
    caption: str = ""
    #: files sent as one album share this
    album: str = ""


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """A location from the phone."""

    latitude: float
    longitude: float
    at: datetime


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A contact card; `own` tells whether the platform vouches that it is the sender's."""

    phone: str
    name: str
    own: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something that no dialogue can use: a sticker, a poll, a dice."""

    kind: str
    at: datetime


Input = Said | Pressed | SentFile | SharedPlace | SharedContact | Unsupported
