"""A person with a phone: starting and blocking the bot, pressing buttons, the inline mode.

What can be written and sent is in `writing`, what can be seen in `screens`. Two devices of one
person are two phones that share the chat.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from . import inlines
from .errors import NoSuchButton, PhoneError
from .signals import Signal, until
from .state import Button, KeyboardKey, Message
from .wire import chat_json, message_json, user_json
from .writing import BLOCKED, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from .queries import CallbackAnswer, InlineAnswer, InlineResult
    from .simulator import Simulator
    from .state import Chat

_PAYLOAD = re.compile(r"^[A-Za-z0-9_-]{1,64}$")


class Phone(Writer):
    """One device of one person."""

    def __init__(self, sim: Simulator, user_id: int, label: str) -> None:
        super().__init__(sim, user_id)
        self.label = label
        self.invite: str | None = None
        self.hint: str | None = None
        self.clipboard: str | None = None
        self.opened: list[str] = []
        self.last_inline: InlineAnswer | None = None

    # -- being there -----------------------------------------------------------------------------

    async def start(self, payload: str | None = None) -> int:
        """Press START, or open the deep link with this payload; unblocks the bot where needed."""
        if payload is not None and not _PAYLOAD.match(payload):
            raise PhoneError("a deep link takes 1-64 of A-Z, a-z, 0-9, _ and -")
        if payload is not None and payload == self.invite:
            self.invite = None
        return await self.says("/start" if payload is None else f"/start {payload}")

    async def blocks(self) -> None:
        """Block the bot."""
        chat = self.chat
        if chat.open and chat.closed_because is None:
            chat.closed_because = BLOCKED
            self._send(lambda: self._world.push_membership(chat, self.user, "member", "kicked"))
            self._world.changed(chat)
            self._world.tell({"type": "phones"})

    async def deactivates(self) -> None:
        """Delete the Telegram account; the bot is told nothing until it writes."""
        self.chat.closed_because = "user is deactivated"

    async def speaks(self, language_code: str) -> None:
        """Change the language of the Telegram app."""
        self._world.add_user(replace(self.user, language_code=language_code))
        self._world.changed(self.chat)
        self._world.tell({"type": "phones"})

    # -- pressing --------------------------------------------------------------------------------

    async def presses(
        self,
        button: str,
        message_id: int | None = None,
        *,
        wait: float | None = None,
        chat: int | None = None,
    ) -> CallbackAnswer | None:
        """Tap a button, named by its label, its data or a part of its label.

        The newest message with such a button counts; a key of the reply keyboard comes after
        those. Returns what the bot answered, or None if it did not within a short wait.

        Raises:
            NoSuchButton: the screen has none; the message lists what is there.
        """
        found = self._button(button, message_id, self._here(chat))
        if isinstance(found, KeyboardKey):
            await self._uses(found)
            return None
        message, tapped = found
        if tapped.data is not None:
            return await self.presses_raw(message.message_id, tapped.data, wait=wait, chat=chat)
        if tapped.copy_text is not None:
            self.clipboard = tapped.copy_text
        elif tapped.url is not None:
            await self._opens(tapped.url)
        else:
            await self.inline(tapped.query or "")
        return None

    def _button(
        self, wanted: str, message_id: int | None, chat: Chat
    ) -> KeyboardKey | tuple[Message, Button]:
        messages = [
            m
            for m in reversed(chat.messages.values())
            if message_id is None or m.message_id == message_id
        ]
        keyboard = chat.reply_keyboard if message_id is None else None
        keys = [key for row in keyboard.rows for key in row] if keyboard is not None else []
        tests: tuple[Callable[[Button | KeyboardKey], bool], ...] = (
            lambda b: wanted == b.text or (isinstance(b, Button) and wanted == b.data),
            lambda b: wanted in b.text,
        )
        for fits in tests:
            for message in messages:
                for row in message.keyboard:
                    for button in row:
                        if fits(button):
                            return message, button
            for key in keys:
                if fits(key):
                    return key
        raise NoSuchButton(
            f"no button {wanted!r} on the phone of {self.name}:\n{self.transcript()}"
        )

    async def _uses(self, key: KeyboardKey) -> None:
        if key.request == "contact":
            await self.shares_contact()
        elif key.request == "location":
            await self.sends_location(31.2304, 121.4737)
        else:
            self._hide_one_time()
            await self.says(key.text)

    async def _opens(self, url: str) -> None:
        self.opened.append(url)
        link = re.match(rf"https://t\.me/{self._world.bot.username}\?start=([\w-]+)$", url)
        if link is not None:
            await self.start(link[1])

    async def presses_raw(
        self,
        message_id: int,
        data: str,
        *,
        wait: float | None = None,
        chat: int | None = None,
    ) -> CallbackAnswer | None:
        """Send a press with any data at all, as a tampered app could."""
        where = self._here(chat)
        message = where.messages.get(message_id)
        query = self._world.queries.new_callback(self.user_id, where.id)
        payload: dict[str, Any] = {
            "id": query.id,
            "from": user_json(self.user),
            "chat_instance": str(-where.id),
            "data": data,
        }
        if message is not None and message.inline_id is not None:
            payload["inline_message_id"] = message.inline_id
        elif message is not None:
            payload["message"] = message_json(self._world, message)
        else:
            gone = {
                "chat": chat_json(self._world, where),
                "message_id": message_id,
                "date": 0,
            }
            payload["message"] = gone
        self._acted_at = self._world.change_number()
        self._send(lambda: self._world.updates.push("callback_query", payload, where.id))
        if self.is_offline:
            return None
        answered = Signal()
        query.answer.add_done_callback(lambda _: answered.fire())
        seconds = self._sim.answer_wait if wait is None else wait
        if not await until(answered, query.answer.done, seconds):
            return None
        answer = query.answer.result()
        if answer.text:
            self.notices.append(answer)
        if answer.url is not None:
            await self._opens(answer.url)
        return answer

    # -- inline mode -----------------------------------------------------------------------------

    async def inline(self, query: str, offset: str = "") -> InlineAnswer:
        """Type `@bot query` in any chat and wait for what the bot offers."""
        self.last_inline = await inlines.ask(self._sim, self.user, query, offset)
        return self.last_inline

    async def chooses(self, result: InlineResult, chat: int | None = None) -> int:
        """Send one of the results of `inline` into this chat, or into a group."""
        where = self._here(chat)
        message = inlines.chosen_message(self._world, self.user, where, result)
        self._acted_at = self._world.change_number()
        message = self._world.post(where, message)
        self._send(lambda: inlines.push_chosen(self._sim, self.user, where, message, result))
        return message.message_id
