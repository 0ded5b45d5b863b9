"""aiogram's dispatcher with a handler that only replies: nothing is kept.

Usage: python -m benchmarks.subjects.bare_aiogram API_BASE
"""

from __future__ import annotations

import asyncio
import logging
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="again", callback_data="again")]]
)
dispatcher = Dispatcher()


@dispatcher.message()
async def reply(message: Message) -> None:
    """Send one message back."""
    await message.answer("got it", reply_markup=KEYBOARD)


@dispatcher.callback_query()
async def press(query: CallbackQuery) -> None:
    """Change the message that was pressed, and stop the spinner."""
    assert isinstance(query.message, Message)
    await query.message.edit_text(f"got {query.id}", reply_markup=KEYBOARD)
    await query.answer()


@dispatcher.startup()
async def ready() -> None:
    """Tell the benchmark that polling begins."""
    print("ready", flush=True)


async def main() -> None:
    """Serve until the benchmark ends this process."""
    logging.basicConfig(level=logging.ERROR)
    server = TelegramAPIServer.from_base(sys.argv[1].removesuffix("/bot"))
    bot = Bot("1:TEST", session=AiohttpSession(api=server, limit=64))
    await dispatcher.start_polling(bot, handle_signals=False, polling_timeout=25)


asyncio.run(main())
