"""What is on a phone's screen: messages with their buttons, and a readable transcript.

A `ShownMessage` is a view of one message as it is now; nothing here changes anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .state import ReplyKeyboard
from .texts import safe_html

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from .state import Button, Entity, InlineKeyboard, Media, Message, User

Wanted = str | re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One message as its reader sees it."""

    raw: Message = field(repr=False)
    from_bot: bool

    def __repr__(self) -> str:
        who = "bot" if self.from_bot else "person"
        return f"<{who} {self.message_id}: {self.words!r}>"

    @property
    def message_id(self) -> int:
        """Its number in the chat."""
        return self.raw.message_id

    @property
    def sender(self) -> User | None:
        """Who wrote it; nobody in a channel."""
        return self.raw.sender

    @property
    def text(self) -> str:
        """The text, or the caption of a file."""
        return self.raw.text

    @property
    def html(self) -> str:
        """The text with its formatting, safe to show on a page."""
        return safe_html(self.raw.text, self.raw.entities)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The formatting of the text, in UTF-16 offsets."""
        return self.raw.entities

    @property
    def buttons(self) -> InlineKeyboard:
        """The rows of buttons under it."""
        return self.raw.keyboard

    @property
    def reply_keyboard(self) -> ReplyKeyboard | None:
        """The keyboard that it brought along."""
        markup = self.raw.markup
        return markup if isinstance(markup, ReplyKeyboard) else None

    @property
    def media(self) -> Media | None:
        """The file or place in it."""
        return self.raw.media

    @property
    def media_kind(self) -> str | None:
        """photo, document, voice, contact, venue, location, or whatever else it is."""
        return None if self.raw.media is None else self.raw.media.kind

    @property
    def data(self) -> bytes | None:
        """The bytes of its file."""
        media = self.raw.media
        return None if media is None or media.file is None else media.file.data

    @property
    def date(self) -> datetime:
        """When it was sent."""
        return datetime.fromtimestamp(self.raw.date, UTC)

    @property
    def edited(self) -> bool:
        """Whether its words were changed."""
        return self.raw.edit_date is not None

    @property
    def protected(self) -> bool:
        """Whether it can neither be forwarded nor saved."""
        return self.raw.protected

    @property
    def reply_to(self) -> int | None:
        """The message it answers."""
        return self.raw.reply_to

    @property
    def words(self) -> str:
        """All that can be read in it: the text, and what a contact, place or file is called."""
        parts = [self.raw.text, *_media_words(self.raw.media)]
        return "\n".join(part for part in parts if part)

    def shows(self, wanted: Wanted) -> bool:
        """Whether these words (or a match of this pattern) can be read in it."""
        if isinstance(wanted, str):
            return wanted in self.words
        return wanted.search(self.words) is not None

    def button(self, wanted: str) -> Button | None:
        """The button with exactly this label or data."""
        for row in self.raw.keyboard:
            for button in row:
                if wanted in (button.text, button.data):
                    return button
        return None

    def labels(self) -> list[str]:
        """The labels of its buttons, row by row."""
        return [button.text for row in self.raw.keyboard for button in row]


def _media_words(media: Media | None) -> list[str]:
    if media is None:
        return []
    if media.file is not None:
        return [media.file.name] if media.kind == "document" else []
    if media.kind == "contact":
        fields = media.fields
        return [f"{fields['first_name']} {fields.get('last_name', '')}".strip(),
                fields["phone_number"]]  # fmt: skip
    if media.kind == "venue":
        return [media.fields["title"], media.fields["address"]]
    return []


def transcript(
    messages: Iterable[ShownMessage], bot_name: str, zone: ZoneInfo, keyboard: ReplyKeyboard | None
) -> str:
    """A chat as text: who said what and when, and the buttons under it."""
    lines = []
    for message in messages:
        who = (
            bot_name if message.from_bot else message.sender.name if message.sender else "channel"
        )
        time = message.date.astimezone(zone).strftime("%H:%M")
        media = f"({message.media_kind}) " if message.media_kind else ""
        edited = " (edited)" if message.edited else ""
        words = message.words.replace("\n", "\n        ")
        lines.append(f"{time}  {who}: {media}{words}{edited}")
        lines.extend(
            "        " + " ".join(f"[{button.text}]" for button in row) for row in message.buttons
        )
    if keyboard is not None:
        lines.append("-- keyboard --")
        lines.extend(" ".join(f"[{key.text}]" for key in row) for row in keyboard.rows)
    return "\n".join(lines) or "(an empty chat)"
