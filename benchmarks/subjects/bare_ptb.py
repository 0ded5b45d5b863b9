"""The same library's own `Application` with a handler that only replies: nothing is kept.

Usage: python -m benchmarks.subjects.bare_ptb API_BASE default|aiohttp
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.request import AiohttpRequest

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("again", callback_data="again")]])


async def reply(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Send one message back."""
    assert update.message is not None
    await update.message.reply_text("got it", reply_markup=KEYBOARD)


async def press(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Change the message that was pressed, and stop the spinner."""
    query = update.callback_query
    assert query is not None
    await query.edit_message_text(f"got {query.id}", reply_markup=KEYBOARD)
    await query.answer()


async def main() -> None:
    """Serve until the benchmark ends this process."""
    api_base, back_end = sys.argv[1:3]
    logging.basicConfig(level=logging.ERROR)
    builder: Any = Application.builder().token("1:TEST").base_url(api_base)
    builder = builder.concurrent_updates(256)
    if back_end == "aiohttp":
        builder = builder.request(AiohttpRequest(connections=64))
        builder = builder.get_updates_request(AiohttpRequest(connections=2))
    else:
        builder = builder.connection_pool_size(64)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, reply))
    application.add_handler(CallbackQueryHandler(press))
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=25)
        print("ready", flush=True)
        await asyncio.Event().wait()


asyncio.run(main())
