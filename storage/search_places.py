"""Places inside what was typed: 深圳宏达, 雅悦青岛, shanghai limin, 沪华兴, cstxdq (长沙通鑫电器).

A firm is in a place if its name says so or its city is that one; what is left of the text is then
looked for as if the place had not been typed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from storage.names import initials_of, is_cjk, pinyin_of
from storage.search_regions import REGIONS

#: what stands for a place in one character, on number plates and in speech
_ABBREVIATED = {
    "沪": "上海", "申": "上海", "京": "北京", "津": "天津", "渝": "重庆", "穗": "广州",
    "粤": "广东", "深": "深圳", "甬": "宁波", "锡": "无锡", "汉": "武汉", "鄂": "湖北",
    "蓉": "成都", "川": "四川", "皖": "安徽", "鲁": "山东", "闽": "福建", "浙": "浙江",
    "湘": "湖南", "豫": "河南", "陕": "陕西", "赣": "江西", "苏": "苏", "杭": "杭",
}  # fmt: skip
_FIRST_LETTERS = frozenset(region[0] for region in REGIONS)
_UNIT = re.compile("(?:特别行政区|自治区|开发区|新区|省|市|县|区)")
_LEFT_CHINESE, _LEFT_SPELT, _LEFT_INITIALS = 2, 3, 3
#: how long a place must be spelt to be known with one letter wrong, and how long for two
_ONE_WRONG, _TWO_WRONG = 5, 8


class Placed(NamedTuple):
    """A text without its place, and the places that it may have named (any of them)."""

    places: tuple[str, ...]
    rest: str


def placed(text: str) -> list[Placed]:
    """The ways to take a place off a folded word, the surest first."""
    if is_cjk(text[0]):
        return _chinese(text)
    return [*_spelt(text), *_by_initials(text)]


def named_place(word: str) -> tuple[str, ...]:
    """The places that a word is, whole; spelt ones with one letter wrong, too."""
    if is_cjk(word[0]):
        bare = word[:-1] if len(word) > _LEFT_CHINESE and word[-1] in "市省" else word
        return (bare,) if bare in REGIONS else ()
    exact = _sounds().get(word)
    if exact is not None:
        return exact
    return next((places for spelt, places in _sounds().items() if _like(word, spelt)), ())


def _chinese(text: str) -> list[Placed]:
    found = []
    for region in REGIONS:
        if text.startswith(region):
            unit = _UNIT.match(text, len(region))
            rest = text[unit.end() if unit else len(region) :]
            if len(rest) >= _LEFT_CHINESE:
                found.append(Placed((region,), rest))
        bare = text[:-1] if text[-1] in "市省" else text
        if bare.endswith(region) and len(bare) - len(region) >= _LEFT_CHINESE:
            found.append(Placed((region,), bare.removesuffix(region)))
    if len(text) > _LEFT_CHINESE and text[0] in _ABBREVIATED:
        found.append(Placed((_ABBREVIATED[text[0]],), text[1:]))
    if len(text) > _LEFT_CHINESE and text[0] in _FIRST_LETTERS:
        # 武起铭家具: the city's first letter for the city
        found.append(Placed((text[0],), text[1:]))
    return found


def _spelt(text: str) -> list[Placed]:
    exact, like = [], []
    for spelt, places in _sounds().items():
        if text.startswith(spelt) and len(text) - len(spelt) >= _LEFT_SPELT:
            rest = text[len(spelt) :]
            exact.append(Placed(places, rest.removeprefix("shi") or rest))
            if rest.startswith("shi"):
                exact.append(Placed(places, rest))
        elif len(text) - len(spelt) >= _LEFT_SPELT and text[0] == spelt[0]:
            for length in (len(spelt), len(spelt) - 1, len(spelt) + 1):
                if _like(text[:length], spelt) and len(text) - length >= _LEFT_SPELT:
                    like.append(Placed(places, text[length:]))
                    break
    return [*exact, *like]


def _by_initials(text: str) -> list[Placed]:
    if not text.isalpha():
        return []
    return [
        Placed(places, text[length:])
        for length in (2, 3)
        if len(text) - length >= _LEFT_INITIALS
        and (places := _initials().get(text[:length])) is not None
    ]


def _like(text: str, spelt: str) -> bool:
    """Whether a place was meant, with a letter or two wrong."""
    if len(spelt) < _ONE_WRONG or abs(len(text) - len(spelt)) > 1:
        return False
    most = 2 if len(spelt) >= _TWO_WRONG else 1
    return OSA.distance(text, spelt, score_cutoff=most) <= most


@lru_cache(maxsize=1)
def _sounds() -> dict[str, tuple[str, ...]]:
    found = defaultdict(list)
    for region in REGIONS:
        found[pinyin_of(region)].append(region)
    return {spelt: tuple(found[spelt]) for spelt in sorted(found, key=len, reverse=True)}


@lru_cache(maxsize=1)
def _initials() -> dict[str, tuple[str, ...]]:
    found = defaultdict(list)
    for region in REGIONS:
        found[initials_of(region)].append(region)
    return {letters: tuple(places) for letters, places in found.items()}
