"""What a person is shown, as plain data that no chat platform owns.

Core, dialogues and notices describe screens in these words; `bot/` turns them into Bot API calls
and a second platform would turn them into its own. Texts are markup whose user parts are escaped
already. Everything here survives a trip through JSON, because the outbox keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pydantic import TypeAdapter

from core.drawings import Drawing  # noqa: TC001 - the adapters need it

Action = Literal["answer", "open", "start", "run", "copy", "link", "inline", "inline_here"]


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap: a label, what it does, and on what."""

    label: str
    action: Action
    args: tuple[str, ...] = ()

    @classmethod
    def answer(cls, label: str, choice: str | int) -> Button:
        """Answer the pending question of the dialogue whose card this is."""
        return cls(label, "answer", (str(choice),))

    @classmethod
    def open(cls, label: str, page: str, *args: str | int) -> Button:
        """Show a page in place of this screen."""
        return cls(label, "open", (page, *map(str, args)))

    @classmethod
    def start(cls, label: str, flow: str, *args: str | int) -> Button:
        """Begin a dialogue."""
        return cls(label, "start", (flow, *map(str, args)))

    @classmethod
    def run(cls, label: str, deed: str, *args: str | int) -> Button:
        """Do a one-tap deed."""
        return cls(label, "run", (deed, *map(str, args)))

    @classmethod
    def copy(cls, label: str, text: str) -> Button:
        """Put a text on the clipboard."""
        return cls(label, "copy", (text,))


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message with its buttons: the answer first, one screen, at most a few rows."""

    text: str
    rows: tuple[Row, ...] = ()
    #: ask the phone for its own number or place with the platform's own button
    request: Literal["contact", "location"] | None = None
    request_label: str = ""
    #: take such a button away again
    clear_request: bool = False
    #: must not be forwarded or saved: all but what is made to be passed on, because a message that
    #: was sent without it can't be protected when it becomes a profile later
    protected: bool = True
    #: seconds until it is taken out of the chat; 0 where it may stay
    gone_after: int = 0

    def under(self, *rows: Row) -> Screen:
        """The same screen with more rows of buttons below."""
        return replace(self, rows=(*self.rows, *(row for row in rows if row)))


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A person's number, to call by a tap."""

    name: str
    phone: str
    company: str = ""
    #: seconds until it is taken out of the chat; 0 where it may stay
    gone_after: int = 0


@dataclass(frozen=True, slots=True)
class Venue:
    """A place, to navigate to by a tap."""

    title: str
    address: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A photo, voice note or document that the platform already holds."""

    kind: Literal["photo", "voice", "document"]
    file_id: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing that is made when it is delivered."""

    drawing: Drawing
    #: markup
    caption: str
    #: markup: what is told instead where it can't be drawn
    figures: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of ours (core/exports/papers.py) that is made when it is delivered."""

    what: str
    form: str
    caption: str
    customer_id: int = 0


@dataclass(frozen=True, slots=True)
class Commands:
    """The command menu of this person's chat: names and what they do."""

    commands: tuple[tuple[str, str], ...]


Content = Screen | ContactCard | Venue | StoredFile | Picture | Paper | Commands


def gone_after(content: Content) -> int:
    """Milliseconds until a content is to be taken out of the chat; 0 where it may stay."""
    return 1000 * content.gone_after if isinstance(content, Screen | ContactCard) else 0


_CONTENTS: dict[str, TypeAdapter[Content]] = {
    kind.__name__: TypeAdapter(kind)
    for kind in (Screen, ContactCard, Venue, StoredFile, Picture, Paper, Commands)
}


def content_to_json(content: Content) -> str:
    """A content as one JSON text, tagged with its kind."""
    body = _CONTENTS[type(content).__name__].dump_json(content).decode()
    return f'{{"{type(content).__name__}":{body}}}'


def content_from_json(text: str) -> Content:
    """The content that `content_to_json` wrote."""
    kind, _, body = text[2:-1].partition('":')
    return _CONTENTS[kind].validate_json(body)
