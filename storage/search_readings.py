"""What was typed, read as people write to each other: noise, a place, a person, and the rest.

帮我找杭州海耐 is 海耐 in 杭州; 做精密的刘总 武汉 is a Liu of a firm with 精密 in 武汉. Tried where
the text as it stands finds nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from storage.names import is_cjk
from storage.search_places import named_place, placed
from storage.search_query import Query, parse

_BEFORE = re.compile(
    r"^(?:请|帮我|麻烦|给我|我要|我想|想)*(?:再)?(?:查(?:一下|下|询|查|看)?|找(?:一下|下|找)?|搜(?:一下|索)?|"
    r"看(?:看|一下|下)?|打开|调出|显示)(?:一下|下)?|^(?:税号|统一社会信用代码|社会信用代码|信用代码|执照号|电话|手机号?)?"
    r"(?:尾号|尾数|后四位|末四位|号码)?(?:是|为)?\s*(?=[0-9A-Za-z])"
    r"|^(?:pls|please)?\s*(?:find|search(?: for)?|show(?: me)?|look up|open)\s+"
)
_AFTER = re.compile(
    r"(?:的)?(?:电话|手机|联系人|联系方式|地址|账户|账号|余额|资料|(?<=[的户])信息|情况|档案|贷款|存款|额度|在哪里?|怎么样|是谁|法人|那家|"
    r"这家|客户)?(?:的|吗|呢|啊|呀|吧|了)?(?:谢谢)?$|\s+(?:phone|number|address|account|balance|info)$"
)
_TITLE = re.compile(
    r"^(?P<before>.*?)(?P<post>总经理|董事长|总|董|经理|主任|厂长|会计|财务|老板娘?|先生|女士|老师|师傅)$"
)
_TRADE = re.compile(r"^(?:那个|那家)?(?:做|搞|卖|开|干)|的$")
_LONGEST_NAME, _MOST = 3, 24
#: not enough to be a word of a firm
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was named with a title, or as a part of the text."""

    #: the surname alone, or the whole name
    name: str
    #: what firm it is of, each a word of its name or its place
    firm: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """One way to read a text: words to look for, in a firm of one of the places."""

    words: tuple[str, ...]
    places: tuple[str, ...] = ()

    @cached_property
    def query(self) -> Query:
        """The words as they are looked for."""
        return Query(" ".join(self.words), self.words)

    @property
    def letters(self) -> str:
        """All words as one."""
        return "".join(self.words)


def without_noise(text: str) -> str:
    """The text without what people put around a name; the text where nothing is left."""
    text = text.strip()
    bare = _BEFORE.sub("", text, count=1).strip()
    bare = _AFTER.sub("", bare, count=1).strip() or bare
    return bare if len(bare) >= _LEAST else text


def placed_readings(query: Query) -> list[Reading]:
    """The ways to take a place out of the words, the surest first."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Reading] = {}

    def add(words: tuple[str, ...], places: tuple[str, ...]) -> None:
        if words and (words, places) not in found:
            found[words, places] = Reading(words, places)

    words = query.words
    if len(words) > 1:
        for at, word in enumerate(words):
            others = words[:at] + words[at + 1 :]
            if places := named_place(word):
                add(others, places)
    for at, word in enumerate(words):
        for one in placed(word):
            add((*words[:at], one.rest, *words[at + 1 :]), one.places)
    if query.joined is not None:
        for one in placed(query.joined):
            add((one.rest,), one.places)
    return list(found.values())[:_MOST]


def persons(query: Query) -> list[Person]:
    """Who may be meant where somebody is named with a title: 武汉孟总, 王总 馨园, 曹凤国老板."""
    for at, word in enumerate(query.words):
        if not is_cjk(word[0]) or (titled := _TITLE.match(word)) is None:
            continue
        before, others = titled["before"], query.words[:at] + query.words[at + 1 :]
        found = []
        for length in range(min(_LONGEST_NAME, len(before)), 0, -1):
            context = _TRADE.sub("", _TRADE.sub("", before[:-length]))
            firm = (*others, context) if context else others
            if len(context) != 1 and (firm or length > 1):
                found.append(Person(before[-length:], firm))
        return found
    return []


def cleaned(text: str) -> Query | None:
    """The query without noise, if that is another one."""
    bare = without_noise(text)
    return parse(bare) if bare != text.strip() else None
