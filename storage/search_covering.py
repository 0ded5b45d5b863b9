"""Whether all that was typed stands somewhere in what is known of a firm: 小榄做锁的固特力.

What was typed is covered by pieces of the firm's name, its city and its legal representative, in
whatever order; the words that join them in speech (做, 的, 那家, 老板叫) count for nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from storage.names import is_cjk, syllables_of
from storage.search_text import undoubled

if TYPE_CHECKING:
    from storage.search_text import Entry

COVERED = 0.43
_A_PIECE, _BY_SOUND, _ONE_LETTER = 0.01, 0.015, 0.035
_MOST = 0.075
_GLUE = re.compile(
    r"(?:明天|今天|后天)?(?:拜访|联系|约)(?=..)|贷款到期|到期|老板叫|老板是|法人是?|法定代表人|那个|那家|这家|一家|"
    r"一下|谢谢|你好|有限责任公司|股份有限公司|有限公司|集团公司|公司|老板$"
)
#: of one letter, so that it may as well stand inside a name: the 家 of 张家港
_SMALL_GLUE = frozenset("做卖养种搞开的家厂店所行在是叫姓那个")
_ADDRESSED = re.compile(
    r"([\u4e00-\u9fff])(?:总经理|董事长|总|董|经理|主任|厂长|会计|老板娘?|先生|女士|律师|老师|师傅|叔|姐|哥)"
)
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What a firm is covered with."""

    #: name, city and people, between bars
    texts: str
    surnames: frozenset[str]
    name: str


def known(entry: Entry, city: str) -> Known:
    """What is known of a customer."""
    name = undoubled(entry.names[0])
    people = tuple(undoubled(one) for one in entry.people if one and is_cjk(one[0]))
    surnames = frozenset(one[0] for one in people)
    return Known("|".join((name, city, *people)), surnames, name)


def covered(text: str, firm: Known) -> float | None:
    """How well a firm covers a Chinese text; None if something is left, or too little is known."""
    cost, parts = 0.0, _parts(text)
    letters = "".join(part for part in parts if part[0] != "@")
    # By sound only a part of it may be covered; that is found out first, for it costs nothing.
    if 2 * sum(letter in firm.texts for letter in letters) < len(letters):
        return None
    for part in parts:
        one = _cost(part, firm)
        if one is None or (cost := cost + one) > _MOST:
            return None
    return COVERED - cost if cost else None


@lru_cache(maxsize=256)
def _parts(text: str) -> tuple[str, ...]:
    """The text without the words that join: @陆 is somebody of that surname."""
    text = _ADDRESSED.sub(lambda found: f"|@{found[1]}|", text)
    parts = [part for part in re.split(r"\|", _GLUE.sub("|", text)) if part]
    return tuple(parts) if sum(map(len, parts)) >= _LEAST else ()


@lru_cache(maxsize=4096)
def _sound(text: str) -> str:
    return "'" + "'".join(syllables_of(text)) + "'"


def _cost(part: str, firm: Known) -> float | None:
    """What it costs to cover a part with pieces of the firm; None if it can't be."""
    if part[0] == "@":
        return _A_PIECE if part[1] in firm.surnames else None
    best: list[float | None] = [0.0] + [None] * len(part)
    for start in range(len(part)):
        here = best[start]
        if here is None:
            continue
        for end in range(start + 1, len(part) + 1):
            cost = _piece(part[start:end], firm)
            if cost is not None:
                there = best[end]
                best[end] = here + cost if there is None else min(there, here + cost)
    return best[-1]


def _piece(piece: str, firm: Known) -> float | None:
    if len(piece) == 1:
        if piece in _SMALL_GLUE:
            return 0.0
        return _ONE_LETTER if piece in firm.name or piece in firm.surnames else None
    if piece in firm.texts:
        return _A_PIECE
    return _BY_SOUND if _sound(piece) in _sound(firm.name) else None
