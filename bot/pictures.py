"""Sends drawings: uploads each once, and passes the platform's own copy on from then.

Where one can't be drawn the person gets its figures instead.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import BadRequest

from bot import rendering, request
from core.pictures.studio import NotDrawnError, key_of

if TYPE_CHECKING:
    from telegram import Bot

    from core.pictures.studio import Studio
    from core.screens import Picture

log = structlog.get_logger(__name__)
#: of so many pictures it is remembered what the platform calls them
_REMEMBERED = 2_000


class Pictures:
    """The pictures of one bot."""

    def __init__(self, bot: Bot, studio: Studio) -> None:
        self._bot, self._studio = bot, studio
        self._known: OrderedDict[str, str] = OrderedDict()

    async def send(self, picture: Picture, chat_id: int, *, protect: bool) -> Any:
        """Send it as a new message; returns the message.

        Raises:
            TelegramError: as a call does.
        """
        key = key_of(picture.drawing)
        arguments = {
            "chat_id": chat_id,
            "caption": picture.caption,
            "parse_mode": "HTML",
            "protect_content": protect,
        }
        if key in self._known:
            known = {**arguments, "photo": self._known[key]}
            try:
                return await request.call(self._bot, "sendPhoto", known)
            except BadRequest:
                self._known.pop(key, None)  # the platform has forgotten it
        try:
            png = await self._studio.png(picture.drawing)
        except NotDrawnError as error:
            log.warning("not_drawn", error=type(error.__cause__).__name__)
            return await self._figures(picture, chat_id, protect=protect)
        try:
            message = await request.upload(
                self._bot, "sendPhoto", arguments, field="photo", name=f"{key}.png", file=png
            )
        except BadRequest as error:
            log.warning("picture_refused", reason=error.message)
            return await self._figures(picture, chat_id, protect=protect)
        self._known[key] = message["photo"][-1]["file_id"]
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return message

    async def _figures(self, picture: Picture, chat_id: int, *, protect: bool) -> Any:
        call = rendering.post(picture, chat_id, protect=protect)
        return await request.call(self._bot, call.method, call.arguments)
