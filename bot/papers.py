"""Sends files of ours: each made anew with the rights that the receiver has at that moment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot import rendering, request
from core.acting import Acting
from core.document_bytes import kept_file
from core.errors import NotFound, Refused
from core.exports.papers import Made, made
from core.i18n import texts
from core.people import person_by_chat
from core.screens import Screen

if TYPE_CHECKING:
    from telegram import Bot

    from core.clock import Clock
    from core.screens import Paper
    from storage.files import FileStore


#: a paper of a customer whose bytes are in the store; `customer_id` is the document's
DOCUMENT = "document"


async def send_paper(
    bot: Bot,
    clock: Clock,
    paper: Paper,
    chat_id: int,
    cause: str,
    *,
    protect: bool,
    files: FileStore | None = None,
) -> Any:
    """Send it as a new message; who may not see it any more is told so. Returns the message.

    Raises:
        TelegramError: as a call does.
    """
    now = clock.now()
    person = await person_by_chat(chat_id, now)
    try:
        if person is None:
            raise NotFound
        acting = Acting(person, now, cause)
        if paper.what == DOCUMENT and files is not None:
            kept = await kept_file(acting, files, paper.customer_id)
            file = Made(kept.name, await asyncio.to_thread(kept.path.read_bytes))
        else:
            file = await made(acting, paper.what, paper.form, paper.customer_id)
    except Refused as refused:
        sentence = texts(person.locale if person else None).of(refused.text)
        call = rendering.post(Screen(sentence), chat_id, protect=protect)
        return await request.call(bot, call.method, call.arguments)
    arguments = {
        "chat_id": chat_id,
        "caption": paper.caption,
        "parse_mode": "HTML",
        "protect_content": protect,
    }
    return await request.upload(
        bot, "sendDocument", arguments, field="document", name=file.name, file=file.content
    )
