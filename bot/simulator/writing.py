"""What a person can send: texts, files, places, contact cards; now, or later when offline.

Every act changes the chat at once and becomes an update for the bot, or waits on the phone while
it is offline and goes out later in a burst with its own date.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .errors import NoSuchButton, PhoneError
from .media import picture_size
from .screens import Screen
from .state import Media, Message
from .texts import found_by_itself

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from .simulator import Simulator
    from .state import Chat

BLOCKED = "bot was blocked by the user"

_UNSUPPORTED: dict[str, dict[str, Any]] = {
    "dice": {"emoji": "🎲", "value": 4},
    "poll": {
        "id": "1", "question": "?", "total_voter_count": 0, "is_closed": False,
        "options": [{"text": "1", "voter_count": 0, "persistent_id": "1"},
                    {"text": "2", "voter_count": 0, "persistent_id": "2"}],
        "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
        "allows_revoting": False, "members_only": False,
    },
    "sticker": {
        "file_id": "CAACsim", "file_unique_id": "AgADsim", "type": "regular", "width": 512,
        "height": 512, "is_animated": False, "is_video": False, "emoji": "👍",
    },
}  # fmt: skip


class Writer(Screen):
    """A screen with a keyboard below it and a camera behind it."""

    def __init__(self, sim: Simulator, user_id: int) -> None:
        super().__init__(sim, user_id)
        self.is_offline = False
        self._held: list[Callable[[], object]] = []

    def offline(self) -> None:
        """Lose the network: what the person does from now on waits on the phone."""
        self.is_offline = True

    def online(self) -> None:
        """Find the network again: everything that waited goes out at once, in order."""
        self.is_offline = False
        held, self._held = self._held, []
        for send in held:
            send()

    def _send(self, push: Callable[[], object]) -> None:
        if self.is_offline:
            self._held.append(push)
        else:
            push()

    async def unblocks(self) -> None:
        """Unblock the bot."""
        chat = self.chat
        if chat.closed_because == BLOCKED:
            chat.closed_because = None
            self._send(lambda: self._world.push_membership(chat, self.user, "kicked", "member"))
            self._world.changed(chat)
            self._world.tell({"type": "phones"})

    # -- writing ---------------------------------------------------------------------------------

    async def says(
        self,
        text: str,
        date: datetime | None = None,
        reply_to: int | None = None,
        *,
        chat: int | None = None,
    ) -> int:
        """Send a text, to the bot or to a group, and return its message id."""
        if text.split(" ", 1)[0] == "/start" and chat is None:
            await self.unblocks()
        return self._write(chat, date, reply_to, text=text.strip())

    def _write(
        self,
        chat_id: int | None,
        date: datetime | None = None,
        reply_to: int | None = None,
        **content: Any,
    ) -> int:
        chat = self._here(chat_id)
        if reply_to is None and chat.force_reply_to in chat.messages:
            reply_to = chat.force_reply_to
        chat.force_reply_to = None
        text = content.pop("text", "")
        self._acted_at = self._world.change_number()
        message = self._world.post(
            chat,
            Message(
                message_id=0,
                chat_id=chat.id,
                sender=self.user,
                date=self._world.now() if date is None else int(date.timestamp()),
                text=text,
                entities=found_by_itself(text),
                reply_to=reply_to,
                **content,
            ),
        )
        self._acted_at = self._world.change_number()
        if self._sim.bot_hears(chat, message):
            self._send(lambda: self._world.push_message(chat, message))
        return message.message_id

    def _here(self, chat_id: int | None) -> Chat:
        """The chat that the person writes in; the private one opens by writing."""
        if chat_id is None or chat_id == self.user_id:
            chat = self.chat
            if chat.closed_because is not None:
                raise PhoneError(f"{self.name} cannot write here: {chat.closed_because}")
            chat.open = True
            return chat
        group = self._world.chats.get(chat_id)
        if group is None or self.user_id not in group.members:
            raise PhoneError(f"{self.name} is not in chat {chat_id}")
        return group

    async def edits(self, message_id: int, text: str) -> None:
        """Change a text or caption that this person sent."""
        chat, old = self._own(message_id)
        self._acted_at = self._world.change_number()
        text = text.strip()
        message = self._world.change(
            chat,
            replace(old, text=text, entities=found_by_itself(text), edit_date=self._world.now()),
        )
        self._acted_at = self._world.change_number()
        self._send(lambda: self._world.push_message(chat, message, "edited_message"))

    def _own(self, message_id: int) -> tuple[Chat, Message]:
        message = self.chat.messages.get(message_id)
        if message is None or message.sender is None or message.sender.id != self.user_id:
            raise PhoneError(f"{self.name} has no message {message_id}:\n{self.transcript()}")
        return self.chat, message

    async def deletes(self, message_id: int) -> None:
        """Delete any message of the chat for both sides; Telegram does not tell the bot."""
        self.message(message_id)
        self._world.remove(self.chat, message_id)

    # -- files, places, contacts -----------------------------------------------------------------

    async def sends_photo(
        self, data: bytes, caption: str | None = None, *, date: datetime | None = None
    ) -> int:
        """Send a photo."""
        return self._write(None, date, text=caption or "", media=self._photo(data))

    async def sends_document(
        self,
        data: bytes,
        name: str = "file.bin",
        caption: str | None = None,
        *,
        mime: str = "application/octet-stream",
        date: datetime | None = None,
    ) -> int:
        """Send a file of any kind."""
        return self._write(None, date, text=caption or "", media=self._document(data, name, mime))

    async def sends_voice(
        self,
        data: bytes,
        duration: int = 3,
        caption: str | None = None,
        *,
        date: datetime | None = None,
    ) -> int:
        """Send a voice message."""
        file = self._world.store_file("voice", "voice.oga", "audio/ogg", data, duration=duration)
        return self._write(None, date, text=caption or "", media=Media("voice", file))

    def _photo(self, data: bytes) -> Media:
        size = picture_size(data) or (800, 600)
        return Media(
            "photo", self._world.store_file("photo", "photo.jpg", "image/jpeg", data, size=size)
        )

    def _document(self, data: bytes, name: str, mime: str) -> Media:
        return Media("document", self._world.store_file("document", name, mime, data))

    async def sends_album(
        self, items: Sequence[bytes | tuple[str, bytes]], caption: str | None = None
    ) -> list[int]:
        """Send several files at once: bytes are photos, (name, bytes) are documents."""
        group = str(self._world.files.next_number())
        ids = []
        for number, item in enumerate(items):
            media = (
                self._photo(item)
                if isinstance(item, bytes)
                else self._document(item[1], item[0], "application/octet-stream")
            )
            words = caption or "" if number == 0 else ""
            ids.append(self._write(None, text=words, media=media, media_group=group))
        return ids

    async def sends_location(
        self, latitude: float, longitude: float, *, date: datetime | None = None
    ) -> int:
        """Share a place on the map."""
        self._hide_one_time()
        fields = {"latitude": latitude, "longitude": longitude}
        return self._write(None, date, media=Media("location", fields=fields))

    async def shares_contact(self, *, unasked: bool = False) -> int:
        """Share the own phone number with the keyboard's contact button.

        `unasked` does it from the attachment menu instead, without any button.

        Raises:
            NoSuchButton: no keyboard asks for it.
        """
        chat, user = self.chat, self.user
        if user.phone is None:
            raise PhoneError(f"{self.name} has no phone number")
        asked = chat.reply_keyboard is not None and any(
            key.request == "contact" for row in chat.reply_keyboard.rows for key in row
        )
        if not asked and not unasked:
            raise NoSuchButton(f"nothing asks for a contact:\n{self.transcript()}")
        reply_to = chat.keyboard_from if asked else None
        self._hide_one_time()
        # Telegram fills in the own number itself and writes it without the plus sign.
        return await self.sends_contact(
            user.phone.lstrip("+"), user.first_name, user.id, reply_to=reply_to
        )

    async def sends_contact(
        self, phone: str, name: str, user_id: int | None = None, *, reply_to: int | None = None
    ) -> int:
        """Send somebody's contact card."""
        fields: dict[str, Any] = {"phone_number": phone, "first_name": name}
        if user_id is not None:
            fields["user_id"] = user_id
        return self._write(None, reply_to=reply_to, media=Media("contact", fields=fields))

    async def sends_unsupported(self, kind: str) -> int:
        """Send what the bot has no use for: a poll, a sticker or a dice."""
        return self._write(None, media=Media(kind, fields=_UNSUPPORTED[kind]))

    def _hide_one_time(self) -> None:
        keyboard = self.chat.reply_keyboard
        if keyboard is not None and keyboard.one_time:
            self.chat.reply_keyboard = self.chat.keyboard_from = None
