"""Telegram's HTML subset: text with tags in, text and entities out, or Telegram's own refusal.

The grammar, its tolerance (unquoted attributes, `</>`) and the error sentences with their UTF-8
byte offsets follow the open-source server. Nothing here knows of messages or lengths; `texts.py`
does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .errors import ApiError, bad_request
from .state import Entity

_SPECIAL = re.compile(r"[<&]")
_SPACES = " \t\r\n\0\v"
_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_URL = re.compile(r"^(?:(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://)?(?P<rest>[^\s]+)$")
_USER_LINK = re.compile(r"^tg://user\?id=(\d+)$")
_WEB_SCHEMES = ("http", "https", "ton", "tg", "tonsite")
_ORDER = {"blockquote": 0, "expandable_blockquote": 0, "text_link": 1, "pre": 2, "code": 3}


def utf16_length(text: str) -> int:
    """How many UTF-16 units `text` takes: the measure of all offsets in the Bot API."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """The text and entities that `source` stands for.

    Raises:
        ApiError: 400 "can't parse entities: ..." as Telegram words it.
    """
    if "<" not in source and "&" not in source:
        return source, ()
    return _Parser(source).run()


def normal_url(url: str) -> str | None:
    """`url` as Telegram writes it into an entity, or None where it would drop the link."""
    match = _URL.match(url.strip())
    if match is None:
        return None
    scheme, rest = match["scheme"], match["rest"]
    if scheme is None:
        scheme = "http"
    elif scheme.lower() not in _WEB_SCHEMES:
        return None
    if scheme.lower() == "tg":
        return f"tg://{rest}"
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2].partition(":")[0]
    if "." not in host and host != "localhost":
        return None
    tail = rest[len(re.split(r"[/?#]", rest, maxsplit=1)[0]) :]
    if not tail.startswith("/"):
        rest = f"{rest[: len(rest) - len(tail)]}/{tail}"
    return f"{scheme}://{rest}"


def ordered(entities: list[Entity]) -> tuple[Entity, ...]:
    """Entities in Telegram's order, without what may not stand inside code or a quote."""
    entities.sort(key=lambda e: (e.offset, -e.length, _ORDER.get(e.type, 9)))
    solid = [e for e in entities if e.type in ("code", "pre")]
    quotes = [e for e in entities if e.type.endswith("blockquote")]
    if not solid and len(quotes) < 2:
        return tuple(entities)
    kept: list[Entity] = []
    for entity in entities:
        if entity.type.endswith("blockquote"):
            if not any(_inside(entity, k) for k in kept if k.type.endswith("blockquote")):
                kept.append(entity)
        elif not any(
            s is not entity and _overlap(entity, s) and (entity not in solid or s in kept)
            for s in solid
        ):
            kept.append(entity)
    return tuple(kept)


def _inside(inner: Entity, outer: Entity) -> bool:
    return outer.offset <= inner.offset and inner.end <= outer.end


def _overlap(a: Entity, b: Entity) -> bool:
    return a.offset < b.end and b.offset < a.end


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    at: int
    units: int
    pieces: int


class _Parser:
    """One run over one source; positions are code points, reported as UTF-8 bytes."""

    def __init__(self, source: str) -> None:
        self._s = source
        self._n = len(source)
        self._out: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._found: list[Entity] = []

    def run(self) -> tuple[str, tuple[Entity, ...]]:
        s, at = self._s, 0
        while True:
            hit = _SPECIAL.search(s, at)
            if hit is None:
                self._emit(s[at:])
                break
            if hit.start() > at:
                self._emit(s[at : hit.start()])
            at = hit.start()
            if s[at] == "&":
                char, at = self._reference(at)
                self._emit(char)
            elif s.startswith("</", at):
                at = self._end_tag(at)
            else:
                at = self._start_tag(at)
        if self._open:
            tag = self._open[-1].tag
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self._out), ordered(_joined_code(self._found))

    def _emit(self, piece: str) -> None:
        if piece:
            self._out.append(piece)
            self._units += utf16_length(piece)

    def _byte(self, at: int) -> int:
        return len(self._s[:at].encode())

    def _char(self, at: int) -> str:
        # Behind the end stands a zero, which counts as a space, just as in the server's source.
        return self._s[at] if at < self._n else "\0"

    def _skip_spaces(self, at: int) -> int:
        while at < self._n and self._s[at] in _SPACES:
            at += 1
        return at

    def _reference(self, at: int) -> tuple[str, int]:
        """The character that `&...` stands for, and where the text goes on."""
        s = self._s
        if self._char(at + 1) == "#":
            digits = re.compile(r"[xX]([0-9a-fA-F]*)|(\d*)").match(s, at + 2)
            assert digits is not None
            hexadecimal = digits[1] is not None
            body = digits[1] if hexadecimal else digits[2]
            code = int(body, 16 if hexadecimal else 10) if body else 0
            if not 0 < code < 0x10FFFF:
                return "&", at + 1
            if 0xD800 <= code < 0xE000:
                raise _refusal(
                    "Text contains invalid Unicode characters after decoding HTML entities,"
                    " check for unmatched surrogate code units"
                )
            end = digits.end()
            return chr(code), end + (self._char(end) == ";")
        end = at + 1
        while self._char(end).isascii() and self._char(end).isalpha():
            end += 1
        known = _NAMED.get(s[at + 1 : end])
        if known is None:
            return "&", at + 1
        return known, end + (self._char(end) == ";")

    def _start_tag(self, begin: int) -> int:
        s, offset = self._s, self._byte(begin)
        at = begin + 1
        while at < self._n and s[at] not in _SPACES and s[at] != ">":
            at += 1
        if at >= self._n:
            raise _refusal(f"Unclosed start tag at byte offset {offset}")
        tag = s[begin + 1 : at].lower()
        if tag not in _TYPES:
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {offset}')
        argument = ""
        while self._char(at) != ">":
            at = self._skip_spaces(at)
            if self._char(at) == ">":
                break
            name, value, at = self._attribute(tag, at, offset)
            argument = _argument(tag, name, value) or argument
        if tag == "span" and argument != "spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
        self._open.append(_Open(tag, argument, begin, self._units, len(self._out)))
        return at + 1

    def _attribute(self, tag: str, at: int, offset: int) -> tuple[str, str | None, int]:
        s, begin = self._s, at
        while at < self._n and s[at] not in _SPACES and s[at] not in "=>/\"'":
            at += 1
        name = s[begin:at]
        if not name:
            raise _refusal(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
        at = self._skip_spaces(at)
        if self._char(at) != "=":
            if at >= self._n:
                raise _refusal(f'Unclosed start tag "{tag}" at byte offset {offset}')
            return name, None, at
        at = self._skip_spaces(at + 1)
        if at >= self._n:
            raise _refusal(f'Unclosed start tag "{tag}" at byte offset {offset}')
        value, at = self._value(at)
        if at >= self._n:
            raise _refusal(f"Unclosed start tag at byte offset {offset}")
        return name, value, at

    def _value(self, at: int) -> tuple[str, int]:
        s, quote = self._s, self._s[at]
        if quote not in "\"'":
            begin = at
            while self._char(at).isascii() and (
                self._char(at).isalnum() or self._char(at) in ".-"
            ):
                at += 1
            if self._char(at) not in _SPACES and self._char(at) != ">":
                raise _refusal(f"Unexpected end of name token at byte offset {self._byte(begin)}")
            return s[begin:at].lower(), at
        at += 1
        value: list[str] = []
        while at < self._n and s[at] != quote:
            if s[at] == "&":
                char, at = self._reference(at)
                value.append(char)
            else:
                value.append(s[at])
                at += 1
        return "".join(value), at + 1

    def _end_tag(self, begin: int) -> int:
        s, offset = self._s, self._byte(begin)
        if not self._open:
            raise _refusal(f"Unexpected end tag at byte offset {offset}")
        at = begin + 2
        while at < self._n and s[at] not in _SPACES and s[at] != ">":
            at += 1
        name = s[begin + 2 : at].lower()
        at = self._skip_spaces(at)
        if self._char(at) != ">":
            raise _refusal(f"Unclosed end tag at byte offset {offset}")
        opened = self._open.pop()
        if name and name != opened.tag:
            raise _refusal(
                f"Unmatched end tag at byte offset {offset},"
                f' expected "</{opened.tag}>", found "</{name}>"'
            )
        if self._units > opened.units:
            entity = self._entity(opened)
            if entity is not None:
                self._found.append(entity)
        return at + 1

    def _entity(self, opened: _Open) -> Entity | None:
        base = Entity(_TYPES[opened.tag], opened.units, self._units - opened.units)
        if opened.tag == "a":
            url = opened.argument or "".join(self._out[opened.pieces :])
            user = _USER_LINK.match(url)
            if user is not None:
                return replace(base, type="text_mention", user_id=int(user[1]))
            normal = normal_url(url)
            return None if normal is None else replace(base, url=normal)
        if opened.tag == "code" and opened.argument:
            return replace(base, language=opened.argument)
        if opened.tag == "blockquote" and opened.argument:
            return replace(base, type="expandable_blockquote")
        if opened.tag == "tg-emoji":
            number = opened.argument
            if not number.isdecimal() or not 0 < int(number) < 2**63 or number[0] == "0":
                raise _refusal("Invalid custom emoji identifier specified")
            return replace(base, custom_emoji_id=number)
        return base


def _argument(tag: str, name: str, value: str | None) -> str:
    """What an attribute means to its tag; nothing for those Telegram reads over."""
    if (tag, name) == ("blockquote", "expandable"):
        return "expandable"
    if value is None:
        return ""
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    prefix = {("code", "class"): "language-", ("span", "class"): "tg-"}.get((tag, name))
    return value[len(prefix) :] if prefix is not None and value.startswith(prefix) else ""


def _joined_code(entities: list[Entity]) -> list[Entity]:
    """A `code` with a language that fills a `pre` makes it one `pre` with that language."""
    result: list[Entity] = []
    spans = {(e.offset, e.length) for e in entities if e.type == "pre"}
    languages = {
        (e.offset, e.length): e.language
        for e in entities
        if e.type == "code" and e.language and (e.offset, e.length) in spans
    }
    for entity in entities:
        span = (entity.offset, entity.length)
        if entity.type == "code":
            if span not in spans:
                result.append(replace(entity, language=None))
        elif entity.type == "pre":
            result.append(replace(entity, language=languages.get(span)))
        else:
            result.append(entity)
    return result


def _refusal(sentence: str) -> ApiError:
    return bad_request(f"can't parse entities: {sentence}")
