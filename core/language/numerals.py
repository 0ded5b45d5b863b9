"""Numbers as people write them: digits, Chinese numerals, English words.

Only reading; what a number means (a day, a sum, an hour) is decided by whoever found it. The
patterns are exported so that the grammars can embed them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from core.language.wordlists import listed

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_WAN = 10_000
_BIG = {"万": _WAN, "亿": 100_000_000}

#: a whole number up to 99, as days, hours and counts are written
ZH = r"(?:[零〇一二两俩仨三四五六七八九十廿卅]{1,4})"
INT = rf"(?:\d{{1,4}}|{ZH})"

_EN_UNITS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_EN_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_EN_ORDINALS = {
    word: i
    for i, word in enumerate(
        listed(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        ),
        start=1,
    )
} | {"twentieth": 20, "thirtieth": 30}

_TENS = "|".join(_EN_TENS)
_ONES = "|".join(sorted(_EN_UNITS[1:], key=len, reverse=True))
EN = (
    rf"(?:(?:{_TENS})(?:[ -](?:{'|'.join(_EN_UNITS[1:10])}))?|{_ONES}|an?|a couple(?: of)?|"
    rf"couple(?: of)?)"
)
EN_INT = rf"(?:\d{{1,4}}|{EN})"
EN_ORDINAL = (
    rf"(?:(?:twenty|thirty)[ -](?:{'|'.join(list(_EN_ORDINALS)[:9])})|"
    + "|".join(sorted(_EN_ORDINALS, key=len, reverse=True))
    + ")"
)


class _Reading:
    """A number while its characters are read from left to right."""

    def __init__(self) -> None:
        self.total = self.section = 0.0
        self.digit: float | None = None
        self.unit = 1.0

    def take(self, part: str) -> bool:
        """Read one character or one run of figures; False if it is no part of a number."""
        if part[0].isdigit():
            self.digit = float(part)
        elif part in _DIGITS:
            self.digit = float(_DIGITS[part])
            if part in "零〇":
                self.unit = 10.0  # 一百零五: what follows a zero is plain ones
        elif part == "半":
            # 半亿 and 一万半 alike: half of the unit beside it
            self.digit = (self.digit or 0.0) + 0.5
        elif part in _SMALL:
            self.unit = float(_SMALL[part])
            self.section += (1.0 if self.digit is None else self.digit) * self.unit
            self.digit = None
        elif part in _BIG:
            self._big(float(_BIG[part]))
        else:
            return False
        return True

    def _big(self, size: float) -> None:
        section = self.section + (self.digit or 0.0)
        if size > _WAN:
            self.total = (self.total + section or 1.0) * size
        else:
            self.total += (section or 1.0) * size
        self.section, self.digit, self.unit = 0.0, None, size

    def value(self) -> float:
        """The number; in 一万五 and 两百五 the last digit is one step below the last unit."""
        rest = self.digit or 0.0
        return self.total + self.section + rest * (self.unit / 10 if self.unit >= 100 else 1.0)


_PARTS = re.compile(r"\d+(?:\.\d+)?|.")


@lru_cache(maxsize=2048)
def zh_number(text: str) -> float | None:
    """The value of Chinese numerals, with figures or without: 二十五, 3千5百万, 一亿二.

    Of two digits side by side before a unit (两三百万) the second counts.
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "点" in text:
        return _decimal(text)
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return float("".join(str(_DIGITS[c]) for c in text))
    reading = _Reading()
    if not text or not all(reading.take(part) for part in _PARTS.findall(text)):
        return None
    return reading.value()


def _decimal(text: str) -> float | None:
    head, _, tail = text.partition("点")
    digits = re.match(r"[零〇一二三四五六七八九]+", tail)
    if digits is None:
        return None
    whole_part = zh_number(head)
    size = zh_number("一" + tail[digits.end() :])
    if whole_part is None or size is None:
        return None
    fraction = "".join(str(_DIGITS[c]) for c in digits[0])
    return float(f"{int(whole_part)}.{fraction}") * size


@lru_cache(maxsize=2048)
def number(text: str) -> float | None:
    """The value of a number in digits, Chinese numerals or English words, or None."""
    text = text.strip().replace(",", "")
    try:
        return float(text)
    except ValueError:
        pass
    if text and not text.isascii():
        return _between(text) or zh_number(text)
    return en_number(text)


def whole(text: str) -> int:
    """The number as an integer; -1 if it is none, which no calendar accepts."""
    value = number(text)
    return int(value) if value is not None else -1


_PAIR = re.compile(r"^(十?)([一两二三四五六七八])([二三四五六七八九])$")


def _between(text: str) -> float | None:
    """两三 is "two or three" and counts as the first; 二五 read as digits is left alone."""
    match = _PAIR.match(text)
    if match is None or _DIGITS[match[3]] - _DIGITS[match[2]] not in {1, 2}:
        return None
    return (10.0 if match[1] else 0.0) + _DIGITS[match[2]]


def en_number(text: str) -> float | None:
    """The value of an English number word below one hundred, or None."""
    if text in {"a", "an"}:
        return 1.0
    if "couple" in text:
        return 2.0
    if text in _EN_UNITS:
        return float(_EN_UNITS.index(text))
    head, _, tail = text.replace("-", " ").partition(" ")
    if head in _EN_TENS and (not tail or tail in _EN_UNITS[:10]):
        return float(_EN_TENS[head] + (_EN_UNITS.index(tail) if tail else 0))
    return None


def en_ordinal(text: str) -> int:
    """The value of "third", "twenty-first" or "3rd"; -1 if it is none."""
    if text[:1].isdigit():
        return int("".join(c for c in text if c.isdigit()))
    head, _, tail = text.replace("-", " ").partition(" ")
    if tail:
        return _EN_TENS.get(head, -100) + _EN_ORDINALS.get(tail, 0)
    return _EN_ORDINALS.get(head, -1)
