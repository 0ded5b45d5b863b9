"""Groups and channels: chats with several people, where the bot may be a member.

The bot is added, made to leave, and thrown out with the updates that Telegram sends for it. A
channel has no senders: its posts come as `channel_post`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .shown import ShownMessage, transcript
from .state import Message
from .texts import found_by_itself

if TYPE_CHECKING:
    from .simulator import Simulator
    from .state import Chat


class Place:
    """A group or a channel, seen from outside."""

    def __init__(self, sim: Simulator, chat: Chat) -> None:
        self._sim = sim
        self._world = sim.world
        self.chat = chat

    @property
    def id(self) -> int:
        """The chat's id, below zero."""
        return self.chat.id

    @property
    def messages(self) -> list[ShownMessage]:
        """All that stands in the chat now."""
        return [ShownMessage(m, m.sender is self._world.bot) for m in self.chat.messages.values()]

    def adds_bot(self, by: int) -> None:
        """Somebody puts the bot into the chat."""
        before = "kicked" if self.chat.closed_because else "left"
        self.chat.open, self.chat.closed_because = True, None
        status = "administrator" if self.chat.type == "channel" else "member"
        self._world.push_membership(self.chat, self._world.users[by], before, status)

    def removes_bot(self, by: int) -> None:
        """Somebody throws the bot out."""
        kind = {"supergroup": "supergroup chat", "channel": "channel chat"}.get(
            self.chat.type, "group chat"
        )
        self.chat.closed_because = f"bot was kicked from the {kind}"
        self._world.push_membership(self.chat, self._world.users[by], "member", "kicked")

    def posts(self, text: str) -> int:
        """Post to a channel."""
        message = self._world.post(
            self.chat,
            Message(
                message_id=0,
                chat_id=self.chat.id,
                sender=None,
                date=self._world.now(),
                text=text,
                entities=found_by_itself(text),
            ),
        )
        if self.chat.open and self.chat.closed_because is None:
            self._world.push_message(self.chat, message)
        return message.message_id

    def transcript(self) -> str:
        """The chat as readable text."""
        return transcript(self.messages, self._world.bot.first_name, self._sim.zone, None)
