"""From what somebody wrote to a checked text with entities, and from there to safe HTML.

Owns the lengths (4096 and 1024 characters after entities), trimming, the entities that Telegram
finds by itself (commands, links, mentions, e-mail addresses, hashtags) and the `entities`
parameter.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from telegram.constants import MessageLimit

from .errors import bad_request
from .markup import normal_url, ordered, parse_html, utf16_length
from .state import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_SOURCE_BYTES = 1 << 15
_HINT = re.compile(r"[/@#.]")
_AUTOMATIC = re.compile(
    r"(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,})"
    r"|(?P<url>https?://[^\s<>\"']+|\b(?:[a-zA-Z0-9-]+\.)+(?:com|cn|org|net|io|me|ru)\b(?:/[^\s<>\"']*)?)"
    r"|(?<![\w/@])(?P<bot_command>/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@/])(?P<mention>@[a-zA-Z0-9_]{3,32})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#(?=\w*[^\W\d_])\w{1,256})"
)
_URL_END = re.compile(r"[.,;:!?)\]}、。,]+$")
_GIVEN_TYPES = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold",
    "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
    "code", "pre", "text_link", "text_mention", "custom_emoji",
}  # fmt: skip
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def message_text(
    source: str, parse_mode: str | None, given: object = None
) -> tuple[str, tuple[Entity, ...]]:
    """The text of a message, parsed, trimmed and measured.

    Raises:
        ApiError: empty, too long, or not parseable.
    """
    if not source:
        raise bad_request("message text is empty")
    text, entities = _formatted(source, parse_mode, given)
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > MessageLimit.MAX_TEXT_LENGTH:
        raise bad_request("message is too long")
    return text, entities


def caption_text(
    source: str, parse_mode: str | None, given: object = None
) -> tuple[str, tuple[Entity, ...]]:
    """The caption of a file; it may be empty.

    Raises:
        ApiError: too long, or not parseable.
    """
    if not source:
        return "", ()
    text, entities = _formatted(source, parse_mode, given)
    if len(text) > MessageLimit.CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    return text, entities


def found_by_itself(text: str) -> tuple[Entity, ...]:
    """The entities that Telegram finds in a text without being told."""
    if not _HINT.search(text):
        return ()
    found = []
    for match in _AUTOMATIC.finditer(text):
        piece = match[0]
        if match.lastgroup == "url":
            piece = _URL_END.sub("", piece)
        offset = utf16_length(text[: match.start()])
        found.append(Entity(match.lastgroup or "", offset, utf16_length(piece)))
    return tuple(found)


def _formatted(
    source: str, parse_mode: str | None, given: object
) -> tuple[str, tuple[Entity, ...]]:
    if len(source) > MAX_SOURCE_BYTES // 4 and len(source.encode()) > MAX_SOURCE_BYTES:
        raise bad_request("Text is too long")
    mode = (parse_mode or "").lower()
    if mode == "html":
        text, entities = parse_html(source)
    elif mode in ("", "none"):
        text, entities = source, _given_entities(source, given) if given else ()
    else:
        # Markdown is not simulated; what Telegram says of an unknown mode is the honest answer.
        raise bad_request("unsupported parse_mode")
    text, entities = _trimmed(text, entities)
    return text, _with_automatic(text, entities)


def _with_automatic(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    automatic = found_by_itself(text)
    if not automatic:
        return entities
    taken = [
        e
        for e in entities
        if e.type in ("code", "pre", "text_link", "text_mention") or e.type not in _TAGS
    ]
    free = [a for a in automatic if not any(a.offset < t.end and t.offset < a.end for t in taken)]
    return ordered([*entities, *free])


def _trimmed(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    shorter = text.strip()
    if len(shorter) == len(text):
        return text, entities
    if not entities:
        return shorter, ()
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(shorter)
    kept = []
    for entity in entities:
        start = max(entity.offset - lead, 0)
        stop = min(entity.end - lead, end)
        if stop > start:
            kept.append(replace(entity, offset=start, length=stop - start))
    return shorter, tuple(kept)


def _given_entities(text: str, given: object) -> tuple[Entity, ...]:
    if not isinstance(given, list):
        raise bad_request("Expected an Array of MessageEntity")
    end = utf16_length(text)
    return ordered([_given_entity(item, end) for item in given])


def _given_entity(item: Any, end: int) -> Entity:
    if not isinstance(item, dict) or item.get("type") not in _GIVEN_TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    kind, offset, length = item["type"], int(item.get("offset", 0)), int(item.get("length", 0))
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if offset > end:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > end:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset}"
            f" ends after the end of the text at UTF-16 offset {offset + length}"
        )
    needed = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
    if kind in needed and needed[kind] not in item:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{needed[kind]}\"")
    url = None
    if kind == "text_link":
        url = normal_url(str(item["url"]))
        if url is None:
            raise bad_request(f"entity URL '{item['url']}' is invalid: Wrong HTTP URL")
    return Entity(
        kind,
        offset,
        length,
        url=url,
        language=item.get("language"),
        custom_emoji_id=item.get("custom_emoji_id"),
        user_id=item["user"].get("id") if kind == "text_mention" else None,
    )


def safe_html(text: str, entities: Sequence[Entity]) -> str:
    """`text` as HTML that a page can show: only known tags, everything a person wrote escaped."""
    if not entities:
        return html.escape(text)
    raw = text.encode("utf-16-le")

    def cut(start: int, stop: int) -> str:
        return raw[2 * start : 2 * stop].decode("utf-16-le", "replace")

    bounds = sorted({0, len(raw) // 2, *(e.offset for e in entities), *(e.end for e in entities)})
    out: list[str] = []
    stack: list[tuple[Entity, str]] = []
    for start, stop in zip(bounds, bounds[1:] or bounds, strict=False):
        # An entity that ends here closes; one that overlaps it is closed and opened anew inside.
        while stack and any(e.end <= start for e, _ in stack):
            out.append(f"</{stack.pop()[1]}>")
        for entity in _covering(entities, start, {e for e, _ in stack}):
            tag, opening = _tag(entity, cut(entity.offset, entity.end))
            if tag:
                out.append(opening)
                stack.append((entity, tag))
        out.append(html.escape(cut(start, stop)))
    out.extend(f"</{tag}>" for _, tag in reversed(stack))
    return "".join(out)


def _covering(entities: Iterable[Entity], at: int, opened: set[Entity]) -> list[Entity]:
    return [e for e in entities if e.offset <= at < e.end and e not in opened]


def _tag(entity: Entity, words: str) -> tuple[str, str]:
    """The tag for an entity and how it opens; no tag for what a page shows as plain text."""
    tag = _TAGS.get(entity.type)
    if tag is not None:
        return tag, f"<{tag}>"
    link = None
    if entity.type == "text_link":
        link = entity.url
    elif entity.type == "url":
        link = normal_url(words)
    elif entity.type == "email":
        link = f"mailto:{words}"
    elif entity.type == "text_mention":
        link = f"tg://user?id={entity.user_id}"
    if link is None:
        return "", ""
    return "a", f'<a href="{html.escape(link)}" rel="noopener noreferrer" target="_blank">'
