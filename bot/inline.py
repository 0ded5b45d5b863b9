"""Inline look-ups: `@bot 华兴` in any chat shows what this person may see, and nothing else.

A read without lane and inbox. The list with the names is shown to who asks and to nobody else.
What is put into the chat may be read by anybody there: a code and a band, never a name or number
(core/sensitive.py). The profile opens in the private chat, where rights are checked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.error import TelegramError

from core import customers, sensitive
from core.acting import Acting
from core.i18n import texts
from core.people import person_by_chat

if TYPE_CHECKING:
    from telegram import Bot

    from core.clock import Clock

log = structlog.get_logger(__name__)
PAGE = 10
QUERY_LENGTH = 100


class InlineSearch:
    """Answers inline queries."""

    def __init__(self, bot: Bot, clock: Clock, username: str) -> None:
        self._bot, self._clock, self._username = bot, clock, username

    async def answer(self, update: dict[str, Any]) -> None:
        """Answer one query; a stranger sees an empty list."""
        query = update["inline_query"]
        now = self._clock.now()
        person = await person_by_chat(int(query["from"]["id"]), now)
        results: list[InlineQueryResultArticle] = []
        next_offset, button = "", None
        if person is not None:
            acting = Acting(person, now, f"inline:{query['id']}")
            offset = int(query["offset"]) if str(query.get("offset", "")).isdigit() else 0
            text = str(query.get("query", ""))[:QUERY_LENGTH].strip()
            page = (
                await customers.find(acting, text, limit=PAGE, offset=offset)
                if text
                else await customers.recent(acting, limit=PAGE, offset=offset)
            )
            results = [self.article(acting, found) for found in page.items]
            next_offset = str(offset + PAGE) if page.more else ""
            if not results:
                label = texts(person.locale)("Nothing found. Open the chat")
                button = InlineQueryResultsButton(str(label), start_parameter="home")
        try:
            await self._bot.answer_inline_query(
                query["id"], results, cache_time=0, is_personal=True, next_offset=next_offset,
                button=button,
            )  # fmt: skip
        except TelegramError as error:
            log.info("inline_answer_failed", error=type(error).__name__)

    def article(self, acting: Acting, found: customers.Found) -> InlineQueryResultArticle:
        """A line of the list, and the message that it puts into the chat when it is chosen."""
        t = acting.texts
        link = f"https://t.me/{self._username}?start=c_{found.id}"
        return InlineQueryResultArticle(
            id=str(found.id),
            title=found.name,
            description=" · ".join(
                part for part in (found.grade, found.city, found.owner) if part
            ),
            input_message_content=InputTextMessageContent(
                sensitive.in_group(found.customer, acting.locale)
            ),
            reply_markup=InlineKeyboardMarkup(
                [[InlineKeyboardButton(str(t("👤 Profile")), url=link)]]
            ),
        )
