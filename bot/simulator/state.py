"""What the simulated Telegram remembers: people, chats, messages, files, and nothing else.

Everything that is handed around is frozen; a chat keeps its messages in an ordered, bounded map
and replaces a message when it changes. No rule of the Bot API lives here: see the `methods_*`
modules.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]
ChatType = Literal["private", "group", "supergroup", "channel"]

KEPT_MESSAGES = 500
KEPT_FILE_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class User:
    """A person (or a bot) as Telegram knows them."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    phone: str | None = None
    is_bot: bool = False

    @property
    def name(self) -> str:
        """First and last name, as a chat shows them."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass(frozen=True, slots=True)
class Entity:
    """One stretch of formatted text; offset and length count UTF-16 units, as Telegram does."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user_id: int | None = None

    @property
    def end(self) -> int:
        """The offset behind the last unit."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message; exactly one of the fields after `text` is set."""

    text: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    switch_inline: str | None = None
    switch_inline_current: str | None = None

    @property
    def kind(self) -> str:
        """What a tap does, in the words of the page's API."""
        if self.data is not None:
            return "callback"
        if self.url is not None:
            return "url"
        if self.copy_text is not None:
            return "copy"
        return "switch_inline" if self.switch_inline is not None else "switch_inline_current"

    @property
    def query(self) -> str | None:
        """The inline query that the button starts, if it is of that kind."""
        return self.switch_inline if self.switch_inline is not None else self.switch_inline_current


InlineKeyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class KeyboardKey:
    """One key of the keyboard that replaces the person's own."""

    text: str
    request: Literal["contact", "location"] | None = None


@dataclass(frozen=True, slots=True)
class ReplyKeyboard:
    """The keyboard in place of the person's own, until it is removed or (one time) used."""

    rows: tuple[tuple[KeyboardKey, ...], ...]
    one_time: bool = False
    resize: bool = False
    persistent: bool = False
    placeholder: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveKeyboard:
    """The order to take the reply keyboard away."""


@dataclass(frozen=True, slots=True)
class ForceReply:
    """The order to open a reply to this message on the person's phone."""

    placeholder: str | None = None


Markup = ReplyKeyboard | RemoveKeyboard | ForceReply


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that Telegram keeps; the bot knows it by `file_id`."""

    file_id: str
    unique_id: str
    number: int
    kind: str
    name: str
    mime: str
    data: bytes = field(repr=False)
    width: int = 0
    height: int = 0
    duration: int = 0

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)

    @property
    def path(self) -> str:
        """Where `getFile` says it can be downloaded."""
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        return f"{self.kind}s/file_{self.number}.{suffix}"


@dataclass(frozen=True, slots=True)
class Media:
    """What a message holds besides text: a file, or the fields of a contact, place or sticker."""

    kind: str
    file: StoredFile | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one chat. For media, `text` and `entities` are the caption's."""

    message_id: int
    chat_id: int
    sender: User | None
    date: int
    text: str = ""
    entities: tuple[Entity, ...] = ()
    media: Media | None = None
    keyboard: InlineKeyboard = ()
    markup: Markup | None = None
    edit_date: int | None = None
    protected: bool = False
    reply_to: int | None = None
    via_bot: bool = False
    inline_id: str | None = None
    media_group: str | None = None
    silent: bool = False
    changed: int = 0


@dataclass(slots=True)
class Chat:
    """A chat, its newest messages and what its screen shows besides them."""

    id: int
    type: ChatType
    title: str = ""
    username: str | None = None
    members: list[int] = field(default_factory=list)
    open: bool = False
    closed_because: str | None = None
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)
    reply_keyboard: ReplyKeyboard | None = None
    keyboard_from: int | None = None
    force_reply_to: int | None = None
    typing_until: float = 0.0
    typing_action: str = ""
    changes: int = 0
    last_id: int = 0

    def keep(self, message: Message) -> None:
        """Add a message, or put its new version where the old one was; forget the oldest."""
        self.messages[message.message_id] = message
        if len(self.messages) > KEPT_MESSAGES:
            self.messages.popitem(last=False)

    @property
    def last(self) -> Message | None:
        """The newest message."""
        return next(reversed(self.messages.values()), None)


class FileStore:
    """All files ever sent, the oldest forgotten once they weigh too much together."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._by_number: dict[int, StoredFile] = {}
        self._bytes = 0
        self._numbers = 0

    def next_number(self) -> int:
        """A number no file had before."""
        self._numbers += 1
        return self._numbers

    def keep(self, file: StoredFile) -> StoredFile:
        """Remember `file` and return it."""
        self._files[file.file_id] = file
        self._by_number[file.number] = file
        self._bytes += file.size
        while self._bytes > KEPT_FILE_BYTES and len(self._files) > 1:
            _, oldest = self._files.popitem(last=False)
            del self._by_number[oldest.number]
            self._bytes -= oldest.size
        return file

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file with this id, if it is still kept."""
        return self._files.get(file_id)

    def by_number(self, number: int) -> StoredFile | None:
        """The file with this number, if it is still kept."""
        return self._by_number.get(number)

    def by_path(self, path: str) -> StoredFile | None:
        """The file that `getFile` announced under `path`."""
        digits = path.rpartition("file_")[2].partition(".")[0]
        file = self._by_number.get(int(digits)) if digits.isdecimal() else None
        return file if file is not None and file.path == path else None
