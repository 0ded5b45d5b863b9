"""Methods that answer what a person is waiting for: a press of a button, an inline query."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from telegram.constants import (
    CallbackQueryLimit,
    InlineQueryLimit,
    InlineQueryResultLimit,
    InlineQueryResultsButtonLimit,
)

from .errors import bad_request
from .keyboards import inline_only
from .queries import CallbackAnswer, InlineAnswer, InlineResult
from .texts import caption_text, message_text

if TYPE_CHECKING:
    from .call import Call
    from .state import Json
    from .world import World

DEFAULT_CACHE_SECONDS = 300
_START_PARAMETER = re.compile(r"^[A-Za-z0-9_-]+$")


def answer_callback_query(world: World, call: Call) -> bool:
    """`answerCallbackQuery`: the button stops spinning, and a notice may appear."""
    query_id = call.text("callback_query_id")
    if not query_id:
        raise bad_request("query ID is empty")
    text, url = call.text("text"), call.text("url")
    if len(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not url.startswith((f"https://t.me/{world.bot.username}?", "tg://")):
        raise bad_request("URL_INVALID")
    query = world.queries.callback(query_id)
    if query.answered:
        call.remarks.append("the press was answered before")
        return True
    query.answered = True
    answer = CallbackAnswer(text, call.flag("show_alert"), url or None)
    if not query.answer.done():
        query.answer.set_result(answer)
    world.tell(
        {
            "type": "callback_answer",
            "user_id": query.user_id,
            "text": answer.text,
            "alert": answer.alert,
        }
    )
    return True


def answer_inline_query(world: World, call: Call) -> bool:
    """`answerInlineQuery`."""
    wanted = call.json("results", "inline query results")
    if not isinstance(wanted, list):
        raise bad_request("expected an Array of InlineQueryResult")
    if len(wanted) > InlineQueryLimit.RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = tuple(_result(item, call.remarks) for item in wanted)
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = call.text("next_offset")
    if len(next_offset.encode()) > InlineQueryLimit.MAX_OFFSET_LENGTH:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = _results_button(call.json("button"))
    query = world.queries.inline(call.text("inline_query_id"))
    results = tuple(replace(result, query=query.text) for result in results)
    answer = InlineAnswer(results, next_offset, button)
    seconds = max(0, min(call.integer("cache_time", DEFAULT_CACHE_SECONDS), 86400))
    world.queries.remember(query, answer, seconds, personal=call.flag("is_personal"))
    query.answered = True
    if not query.answer.done():
        query.answer.set_result(answer)
    return True


def _wrong_result(sentence: str) -> Exception:
    return bad_request(f"can't parse inline query result: {sentence}")


def _result(item: Any, remarks: list[str]) -> InlineResult:
    if not isinstance(item, dict):
        raise _wrong_result("InlineQueryResult must be an Object")
    kind = item.get("type")
    if kind not in ("article", "contact", "venue", "location"):
        raise _wrong_result(f'type "{kind}" is unsupported for the inline query result')
    result_id = item.get("id")
    if not isinstance(result_id, str) or not result_id:
        raise bad_request("RESULT_ID_EMPTY")
    if len(result_id.encode()) > InlineQueryResultLimit.MAX_ID_LENGTH:
        raise bad_request("RESULT_ID_INVALID")
    content = item.get("input_message_content")
    title = str(item.get("title") or item.get("first_name") or "")
    if not title and kind != "location":
        raise bad_request("article title is empty" if kind == "article" else "title is empty")
    if kind == "article" and content is None:
        raise _wrong_result("input message content is not specified")
    if content is None:
        content = {key: value for key, value in item.items() if key not in ("type", "id")}
    return InlineResult(
        id=result_id,
        type=kind,
        title=title,
        description=str(item.get("description") or item.get("address") or ""),
        thumb=item.get("thumbnail_url"),
        text=_checked_content(content),
        content=content,
        keyboard=inline_only(item.get("reply_markup"), remarks),
    )


def _checked_content(content: Any) -> str:
    if not isinstance(content, dict):
        raise _wrong_result("InputMessageContent must be an Object")
    if "message_text" in content:
        text, _ = message_text(
            content["message_text"] or "", content.get("parse_mode"), content.get("entities")
        )
        return text
    if "phone_number" in content and content.get("first_name"):
        return f"{content['first_name']} {content['phone_number']}"
    if "latitude" in content and "longitude" in content:
        text, _ = caption_text(str(content.get("title") or ""), None)
        return text
    raise _wrong_result("input message content is not specified")


def _results_button(button: Any) -> Json | None:
    if not button:
        return None
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request('can\'t parse inline query results button: field "text" is required')
    if "start_parameter" in button:
        parameter = str(button["start_parameter"])
        most = InlineQueryResultsButtonLimit.MAX_START_PARAMETER_LENGTH
        if not 1 <= len(parameter) <= most or not _START_PARAMETER.match(parameter):
            raise bad_request("START_PARAM_INVALID")
        return {"text": str(button["text"]), "start_parameter": parameter}
    raise bad_request("can't parse inline query results button: exactly one field must be used")
