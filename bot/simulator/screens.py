"""Looking at a phone: what it shows now, and waiting until it shows something.

`Screen` is the reading half of a phone; `phones.Phone` adds what a person can do. Waiting is
always for a change of the chat, never for a moment to pass.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .errors import NotSeen
from .shown import ShownMessage, Wanted, transcript
from .signals import until

if TYPE_CHECKING:
    from .queries import CallbackAnswer
    from .simulator import Simulator
    from .state import Chat, Message, ReplyKeyboard, User

LIKELY_DONE_SECONDS = 10.0


class Screen:
    """What one person sees of one chat with the bot."""

    def __init__(self, sim: Simulator, user_id: int) -> None:
        self._sim = sim
        self._world = sim.world
        self.user_id = user_id
        self.notices: list[CallbackAnswer] = []
        self._acted_at = 0

    @property
    def user(self) -> User:
        """The person."""
        return self._world.users[self.user_id]

    @property
    def name(self) -> str:
        """The person's name."""
        return self.user.name

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self._world.chats[self.user_id]

    def _shown(self, message: Message) -> ShownMessage:
        return ShownMessage(message, message.sender is self._world.bot)

    @property
    def messages(self) -> list[ShownMessage]:
        """All that stands in the chat now, oldest first."""
        return [self._shown(message) for message in self.chat.messages.values()]

    @property
    def last(self) -> ShownMessage:
        """The newest message.

        Raises:
            NotSeen: the chat is empty.
        """
        message = self.chat.last
        if message is None:
            raise NotSeen("the chat is empty")
        return self._shown(message)

    @property
    def reply_keyboard(self) -> ReplyKeyboard | None:
        """The keyboard in place of the person's own."""
        return self.chat.reply_keyboard

    @property
    def typing(self) -> bool:
        """Whether the chat says that the bot is writing."""
        return self._world.typing(self.chat)

    @property
    def commands(self) -> dict[str, str]:
        """The command menu of this chat in this person's language."""
        found = self._world.profile.commands_for(self.user_id, self.user.language_code)
        return {command.command: command.description for command in found}

    def message(self, message_id: int) -> ShownMessage:
        """The message with this id.

        Raises:
            NotSeen: it is not (any more) in the chat.
        """
        found = self.chat.messages.get(message_id)
        if found is None:
            raise NotSeen(f"no message {message_id} in this chat:\n{self.transcript()}")
        return self._shown(found)

    def buttons(self) -> list[str]:
        """The labels of the buttons under the newest message that has any."""
        for message in reversed(self.chat.messages.values()):
            if message.keyboard:
                return self._shown(message).labels()
        return []

    def find(self, wanted: Wanted, *, fresh: bool = False) -> ShownMessage | None:
        """The newest message of somebody else that shows these words.

        With `fresh`, only one that was written or edited since this person last did something.
        """
        for message in reversed(self.chat.messages.values()):
            if message.sender is not None and message.sender.id == self.user_id:
                continue
            if fresh and message.changed <= self._acted_at:
                continue
            shown = self._shown(message)
            if shown.shows(wanted):
                return shown
        return None

    def contains(self, wanted: Wanted) -> bool:
        """Whether any message, of whomever, shows these words now."""
        return any(message.shows(wanted) for message in self.messages)

    async def sees(
        self,
        wanted: Wanted,
        timeout: float = 5.0,  # noqa: ASYNC109 - the name that tests read best
        *,
        fresh: bool = False,
    ) -> ShownMessage:
        """Wait until some message of the bot shows these words, and return it.

        Raises:
            NotSeen: it did not happen in time; the message is the transcript of the chat.
        """
        found: list[ShownMessage] = []

        def look() -> bool:
            hit = self.find(wanted, fresh=fresh)
            if hit is not None:
                found.append(hit)
            return hit is not None

        if await until(self._world.signal(self.user_id), look, timeout):
            return found[0]
        words = wanted.pattern if isinstance(wanted, re.Pattern) else wanted
        raise NotSeen(
            f"{self.name} did not see {words!r} within {timeout} s. The chat:\n{self.transcript()}"
        )

    async def sees_no_more(
        self,
        wanted: Wanted,
        timeout: float = 5.0,  # noqa: ASYNC109 - as above
    ) -> None:
        """Wait until no message of the bot shows these words any more.

        Raises:
            NotSeen: it still stands there.
        """
        if not await until(
            self._world.signal(self.user_id), lambda: self.find(wanted) is None, timeout
        ):
            raise NotSeen(f"{self.name} still sees {wanted!r}:\n{self.transcript()}")

    async def settles(self, timeout: float = LIKELY_DONE_SECONDS) -> None:  # noqa: ASYNC109 - as above
        """Wait until the bot has taken all that this person did, and the app says it is idle.

        The simulator itself knows only that every update of the chat was confirmed; whether
        the bot is still at work on it, `sim.idle_hook` has to tell.

        Raises:
            NotSeen: updates still wait after `timeout` seconds.
        """
        updates = self._world.updates
        while True:
            taken = await until(
                updates.confirmed, lambda: not updates.holds(self.user_id), timeout
            )
            if not taken:
                raise NotSeen(
                    f"the bot did not take the updates of {self.name} within {timeout} s."
                    f" The chat:\n{self.transcript()}"
                )
            if self._sim.idle_hook is not None:
                await self._sim.idle_hook()
            if not updates.holds(self.user_id):
                return

    def transcript(self) -> str:
        """The chat as readable text."""
        return transcript(
            self.messages, self._world.bot.first_name, self._sim.zone, self.chat.reply_keyboard
        )
