"""The phone's side of inline mode: asking, what a chosen result becomes, and telling the bot.

An answer that Telegram would take from its cache is taken from ours, so the bot is not asked
again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import InlineQueryLimit

from .errors import NotSeen
from .signals import Signal, until
from .state import Media, Message
from .texts import message_text
from .wire import user_json

if TYPE_CHECKING:
    from .queries import InlineAnswer, InlineResult
    from .simulator import Simulator
    from .state import Chat, Entity, Json, User
    from .world import World


async def ask(sim: Simulator, user: User, text: str, offset: str) -> InlineAnswer:
    """Ask the bot, or the cache, what it offers for `text`.

    Raises:
        NotSeen: the bot did not answer in time.
    """
    world = sim.world
    text = text[: InlineQueryLimit.MAX_QUERY_LENGTH]
    cached = world.queries.remembered(user.id, text, offset)
    if cached is not None:
        return cached
    query = world.queries.new_inline(user.id, text, offset)
    world.updates.push(
        "inline_query",
        {
            "id": query.id,
            "from": user_json(user),
            "query": text,
            "offset": offset,
            "chat_type": "sender",
        },
        user.id,
    )
    answered = Signal()
    query.answer.add_done_callback(lambda _: answered.fire())
    if not await until(answered, query.answer.done, sim.inline_wait):
        raise NotSeen(f"the bot did not answer the inline query {text!r} of {user.name}")
    return query.answer.result()


def chosen_message(world: World, user: User, chat: Chat, result: InlineResult) -> Message:
    """The message that a chosen result puts into the chat."""
    content = result.content
    media: Media | None = None
    text = ""
    entities: tuple[Entity, ...] = ()
    if "message_text" in content:
        text, entities = message_text(
            content["message_text"], content.get("parse_mode"), content.get("entities")
        )
    elif "phone_number" in content:
        names = ("phone_number", "first_name", "last_name", "vcard")
        media = Media("contact", fields={n: content[n] for n in names if content.get(n)})
    else:
        place = {"latitude": content["latitude"], "longitude": content["longitude"]}
        media = Media("location", fields=place)
        if "address" in content:
            fields = {"location": place, "title": content["title"], "address": content["address"]}
            media = Media("venue", fields=fields)
    inline_id = None
    if result.keyboard:
        inline_id = f"BAAC{world.files.next_number():08d}"
    return Message(
        message_id=0,
        chat_id=chat.id,
        sender=user,
        date=world.now(),
        text=text,
        entities=entities,
        media=media,
        keyboard=result.keyboard,
        via_bot=True,
        inline_id=inline_id,
    )


def push_chosen(
    sim: Simulator, user: User, chat: Chat, message: Message, result: InlineResult
) -> None:
    """Tell the bot that a result was chosen, and show it the message where it is in the chat."""
    if sim.inline_feedback:
        payload: Json = {"result_id": result.id, "from": user_json(user), "query": result.query}
        if message.inline_id is not None:
            payload["inline_message_id"] = message.inline_id
        sim.world.updates.push("chosen_inline_result", payload, user.id)
    if sim.bot_hears(chat, message):
        sim.world.push_message(chat, message)
