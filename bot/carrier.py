"""One row of the outbox becomes one call of Telegram: a message, an edit, a picture, a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest

from bot import rendering, request
from bot.papers import send_paper
from core.screens import Paper, Picture, Screen, content_from_json

if TYPE_CHECKING:
    from telegram import Bot

    from bot.pictures import Pictures
    from core.clock import Clock
    from storage.deliveries import OutboxRow
    from storage.files import FileStore

_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_HARMLESS = ("message is not modified", "message to delete not found",
             "message can't be deleted")  # fmt: skip


class Carrier:
    """Makes the call that a row stands for."""

    def __init__(
        self, bot: Bot, clock: Clock, *, protect: bool, pictures: Pictures | None,
        files: FileStore | None,
    ) -> None:  # fmt: skip
        self._bot, self._clock, self._protect = bot, clock, protect
        self._pictures, self._files = pictures, files

    async def send(self, row: OutboxRow) -> int | None:
        """Make the call; returns the id of a new message.

        What is gone already is posted anew, and what is as it should be stays.

        Raises:
            TelegramError: what Telegram says against it.
        """
        if row.op in {"remove", "strip"}:
            if row.message_id is not None:
                await self._take_away(row.op, row.chat_id, row.message_id)
            return None
        content = content_from_json(row.content)
        if row.op == "edit" and row.message_id is not None and isinstance(content, Screen):
            try:
                await self._call(rendering.edit(content, row.chat_id, row.message_id))
            except BadRequest as error:
                if _says(error, _HARMLESS):
                    return None
                if not _says(error, _GONE):
                    raise
            else:
                return None
        if isinstance(content, Picture) and self._pictures is not None:
            sent = await self._pictures.send(content, row.chat_id, protect=self._protect)
            return int(sent["message_id"])
        if isinstance(content, Paper):
            sent = await send_paper(
                self._bot,
                self._clock,
                content,
                row.chat_id,
                row.cause,
                protect=self._protect,
                files=self._files,
            )
            return int(sent["message_id"])
        return await self._call(rendering.post(content, row.chat_id, protect=self._protect))

    async def _take_away(self, op: str, chat_id: int, message_id: int) -> None:
        try:
            await request.call(
                self._bot,
                "deleteMessage" if op == "remove" else "editMessageReplyMarkup",
                {"chat_id": chat_id, "message_id": message_id},
            )
        except BadRequest as error:
            if not _says(error, _HARMLESS + _GONE):
                raise

    async def _call(self, call: rendering.Call) -> int | None:
        """The id of the new message, where the answer is one."""
        answer = await request.call(self._bot, call.method, call.arguments)
        return int(answer["message_id"]) if isinstance(answer, dict) else None


def _says(error: BadRequest, known: tuple[str, ...]) -> bool:
    return any(text in error.message.lower() for text in known)
