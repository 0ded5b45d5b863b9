"""One update being handled: who acts, and what is put into the outbox on the way.

Everything here happens inside the worker's transaction. What must happen after the commit (the
toast of a tapped button) is only noted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from core.bus import perform
from core.screens import gone_after
from notifications import outbox
from notifications.tellings import subject_showing
from storage import deliveries
from storage.queues import millis

if TYPE_CHECKING:
    from typing import Any

    from bot.events import Incoming
    from core.acting import Acting
    from core.screens import Content, Screen

#: Telegram lets a bot delete its messages for 48 hours
DELETABLE_FOR = timedelta(hours=47)


@dataclass
class Turn:
    """The handling of one update."""

    acting: Acting
    incoming: Incoming
    lane: str
    #: shown as a toast (or pop-up) on the tapped button after the commit
    toast: str = ""
    toast_alert: bool = False
    _said: int = field(default=0)
    _done: int = field(default=0)

    @property
    def chat_id(self) -> int:
        """The chat that is answered."""
        return self.incoming.chat_id

    @property
    def now_ms(self) -> int:
        """The moment of this turn as the machinery keeps it."""
        return millis(self.acting.now)

    async def perform(self, command: object) -> Any:
        """Run a command of core once for this update."""
        self._done += 1
        return await perform(self.acting, command, f"{self.acting.cause}!{self._done}")

    async def post(self, content: Content, subject: str = "") -> int:
        """Send a new message; returns the card that it will be."""
        card_id = await deliveries.new_card(
            self.chat_id, subject, self.now_ms, gone_after(content)
        )
        await self._put("post", content, card_id)
        return card_id

    async def edit(self, card_id: int, screen: Screen) -> None:
        """Change a card's message in place.

        What has to be deleted in time is sent anew where the message is too old for that.
        """
        if screen.gone_after and await self._outlives(card_id, screen):
            await self.strip(card_id)
            await self.post(screen)
            return
        await self._put("edit", screen, card_id)

    async def remove(self, card_id: int) -> None:
        """Take a card's message away."""
        await self._take_away("remove", card_id)

    async def strip(self, card_id: int) -> None:
        """Take the buttons off a card's message."""
        await self._take_away("strip", card_id)

    async def tapped_card(self) -> int | None:
        """The card whose button was tapped."""
        card, _ = await self.tapped()
        return card

    async def tapped(self) -> tuple[int | None, str]:
        """The card whose button was tapped, and what it is about."""
        if self.incoming.message_id is None:
            return None, ""
        return await deliveries.card_on(self.chat_id, self.incoming.message_id)

    async def turns(self, card: int, subject: str, name: str, args: tuple[str, ...]) -> None:
        """A page is shown on a card from now on, in place of what it showed."""
        now_about = subject_showing(subject, name, args)
        if now_about != subject:
            await deliveries.name_card(card, now_about)

    async def _outlives(self, card_id: int, screen: Screen) -> bool:
        """Whether a card's message would have to be deleted when the platform won't any more."""
        gone_at = self.now_ms + gone_after(screen)
        made_at = await deliveries.card_made_at(card_id)
        return gone_at - made_at > DELETABLE_FOR // timedelta(milliseconds=1)

    async def _put(self, op: deliveries.Op, content: Content, card_id: int) -> None:
        self._said += 1
        await outbox.reply(
            self.acting, self.chat_id, content, number=self._said, card_id=card_id, op=op
        )

    async def _take_away(self, op: deliveries.Op, card_id: int) -> None:
        self._said += 1
        await deliveries.put_outbox(
            cause=f"{self.acting.cause}#{self._said}",
            chat_id=self.chat_id,
            op=op,
            content="",
            card_id=card_id,
            now=self.now_ms,
        )
