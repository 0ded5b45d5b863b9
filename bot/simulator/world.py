"""The simulated Telegram itself: it holds the state and tells whoever listens what changed.

Methods of the Bot API, phones and the page all act through a `World`; it knows neither HTTP nor
the rules about requests. Times of messages come from the injected clock; real time is only the
pace's.
"""

from __future__ import annotations

import time
from collections import OrderedDict, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from .limits import Pace
from .profile import Profile
from .queries import Queries
from .signals import Signal
from .state import (
    Chat,
    FileStore,
    ForceReply,
    Json,
    Message,
    RemoveKeyboard,
    ReplyKeyboard,
    StoredFile,
    User,
)
from .updates import UpdateQueue
from .wire import chat_json, message_json, user_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.clock import Clock

    from .state import ChatType

TYPING_SECONDS = 5.0
_EPOCH_2020 = 1_577_836_800


class World:
    """People, chats and messages of one bot's Telegram."""

    def __init__(
        self,
        clock: Clock,
        token: str,
        bot_username: str,
        *,
        pace: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock = clock
        self.token = token
        self.monotonic = monotonic
        self.bot = User(
            int(token.partition(":")[0]), "Roundsman", username=bot_username, is_bot=True
        )
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.queries = Queries(clock)
        self.profile = Profile()
        self.pace = Pace(monotonic, on=pace)
        # Ids of updates must not come again after a restart: they go on from the clock's seconds.
        first = max(1, int(clock.now().timestamp()) - _EPOCH_2020)
        self.updates = UpdateQueue(clock, first)
        self.inline_messages: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self.listeners: list[Callable[[Json], None]] = []
        self.read_all_group_messages = False
        self._signals: dict[int, Signal] = defaultdict(Signal)
        self._message_ids: dict[int, int] = defaultdict(int)
        self._changes = 0

    # -- who and where ---------------------------------------------------------------------------

    def now(self) -> int:
        """The clock's present second, as dates of messages are written."""
        return int(self.clock.now().timestamp())

    def add_user(self, user: User) -> User:
        """Remember a person, or their new name, language or phone."""
        self.users[user.id] = user
        return user

    def add_chat(self, chat_id: int, kind: ChatType, title: str = "") -> Chat:
        """The chat with this id, made if it is new."""
        chat = self.chats.get(chat_id)
        if chat is None:
            chat = self.chats[chat_id] = Chat(chat_id, kind, title)
        return chat

    def signal(self, chat_id: int) -> Signal:
        """What fires whenever this chat changes."""
        return self._signals[chat_id]

    # -- messages --------------------------------------------------------------------------------

    def next_message_id(self, chat: Chat) -> int:
        """The id for the next message; all private chats share one row of numbers."""
        counter = 0 if chat.type == "private" else chat.id
        self._message_ids[counter] += 1
        return self._message_ids[counter]

    def knew(self, chat: Chat, message_id: int) -> bool:
        """Whether a message of this id ever stood in the chat, even if it is gone now."""
        return 0 < message_id <= chat.last_id

    def post(self, chat: Chat, message: Message) -> Message:
        """Put a new message into the chat and show its keyboard; returns it with its id."""
        message = replace(
            message, message_id=self.next_message_id(chat), changed=self._next_change()
        )
        chat.last_id = message.message_id
        chat.keep(message)
        if message.markup is not None:
            self._show_markup(chat, message)
        if message.sender is self.bot:
            chat.typing_until = 0.0
        if message.inline_id is not None:
            self.inline_messages[message.inline_id] = (chat.id, message.message_id)
            if len(self.inline_messages) > 10_000:
                self.inline_messages.popitem(last=False)
        self.changed(chat)
        return message

    def change(self, chat: Chat, message: Message) -> Message:
        """Put the new version of a message where the old one stands."""
        message = replace(message, changed=self._next_change())
        chat.messages[message.message_id] = message
        self.changed(chat)
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        """Take a message away, for everybody."""
        chat.messages.pop(message_id, None)
        if chat.keyboard_from == message_id:
            chat.reply_keyboard = chat.keyboard_from = None
        self._next_change()
        self.changed(chat)

    def change_number(self) -> int:
        """The number of the last change anywhere: later ones have greater numbers."""
        return self._changes

    def _next_change(self) -> int:
        self._changes += 1
        return self._changes

    @staticmethod
    def _show_markup(chat: Chat, message: Message) -> None:
        markup = message.markup
        chat.force_reply_to = message.message_id if isinstance(markup, ForceReply) else None
        if isinstance(markup, ReplyKeyboard):
            chat.reply_keyboard, chat.keyboard_from = markup, message.message_id
        elif isinstance(markup, RemoveKeyboard):
            chat.reply_keyboard = chat.keyboard_from = None

    # -- telling others --------------------------------------------------------------------------

    def changed(self, chat: Chat) -> None:
        """The chat looks different now: wake those who watch it."""
        chat.changes += 1
        self._signals[chat.id].fire()
        if self.listeners and chat.type == "private":
            self.tell({"type": "chat", "user_id": chat.id})

    def tell(self, event: Json) -> None:
        """Hand an event to every listener (the pages that are open)."""
        for listener in self.listeners:
            listener(event)

    def push_message(self, chat: Chat, message: Message, kind: str = "message") -> None:
        """Tell the bot about a message of a person, a channel or an edit."""
        if chat.type == "channel":
            kind = {"message": "channel_post", "edited_message": "edited_channel_post"}[kind]
        self.updates.push(kind, message_json(self, message), chat.id)

    def push_membership(self, chat: Chat, user: User, old: str, new: str) -> None:
        """Tell the bot that it was blocked, unblocked, added or removed."""
        self.updates.push(
            "my_chat_member",
            {
                "chat": chat_json(self, chat),
                "from": user_json(user),
                "date": self.now(),
                "old_chat_member": self._member(old),
                "new_chat_member": self._member(new),
            },
            chat.id,
        )

    def _member(self, status: str) -> Json:
        member: Json = {"user": user_json(self.bot), "status": status}
        if status == "kicked":
            member["until_date"] = 0
        return member

    # -- small things ----------------------------------------------------------------------------

    def typing(self, chat: Chat) -> bool:
        """Whether the chat shows that the bot is at work."""
        return chat.typing_until > self.monotonic()

    def store_file(
        self,
        kind: str,
        name: str,
        mime: str,
        data: bytes,
        *,
        size: tuple[int, int] = (0, 0),
        duration: int = 0,
    ) -> StoredFile:
        """Keep the bytes of a photo, document or voice message."""
        number = self.files.next_number()
        prefix = {"photo": "AgAC", "document": "BQAC", "voice": "AwAC"}.get(kind, "CAAC")
        file = StoredFile(
            file_id=f"{prefix}sim{number:08d}{kind}",
            unique_id=f"AQAD{number:08d}",
            number=number,
            kind=kind,
            name=name,
            mime=mime,
            data=data,
            width=size[0],
            height=size[1],
            duration=duration,
        )
        return self.files.keep(file)
