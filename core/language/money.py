"""Sums of money in what people type: 500万, 1.2亿, 30w, 2m, 五百来万, half a million, ¥1,250,000.

A sum needs a unit, a currency or the shape of one; rates, dates, headcounts and phone numbers have
none. Of a range ("300-500万") the upper end counts: it is what the customer may want to borrow.
Which of several sums a note is about is decided in `fields`, not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.language.numerals import zh_number
from core.language.text import Plain, plain
from core.language.wordlists import listed

FEN = 100
_LARGEST = 10**15

_EN_UNITS = {
    "k": 10**3,
    "thousand": 10**3,
    "grand": 10**3,
    "w": 10**4,
    "m": 10**6,
    "mn": 10**6,
    "mm": 10**6,
    "mil": 10**6,
    "mill": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "kw": 10**7,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
_EN_NUMBERS = {
    w: i
    for i, w in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen"
        )
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
_EN_NUMBERS |= {"eighty": 80, "ninety": 90, "a": 1, "an": 1, "a couple of": 2, "couple of": 2}

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ZH = r"[零〇一二两俩三四五六七八九十百千半]"
_CURRENCY = r"(?:¥|rmb|cny|人民币|us\$|usd|\$|€|£|eur|hkd|hk\$)"
_THING = (
    r"(?!\s?(?:人次?|台|件|吨|平|方|户|辆|套|股|个(?!亿)|次|公里|米|亩|条|张|双|颗|箱|升|"
    r"片|只|名|家|头|瓦|度电"
    r"|people|staff|workers|employees|units|pieces|tons?|tonnes|sqm|square|km|customers|"
    r"shares|pcs))"
)
#: 3千5百万, 1亿2千万, 五百来万, 一个亿, 半个亿
_ZH_SUM = re.compile(
    rf"(?P<cur>{_CURRENCY})?\s?(?<![\d.a-z年])"
    rf"(?P<sum>(?:{_ZH}+点{_ZH}+|{_DIGITS}|{_ZH})\s?(?:[\d来多余几]|{_ZH}|"
    rf"个(?=[千百万亿])){{0,12}}\s?[万亿]"
    rf"(?:(?:(?:\d+(?:\.\d+)?|"
    rf"{_ZH})[十百千万零\d]*)+(?![月号日点年%\d.:/十零一二两三四五六七八九]))?|(?:{_DIGITS}|"
    rf"[一二两三四五六七八九])[千百](?=元|块))"
    rf"(?:[多余来]|左右)?(?P<unit>元|块钱?|人民币|rmb)?{_THING}"
)
_WORDS = "|".join(sorted(_EN_NUMBERS, key=len, reverse=True))
_EN_VALUE = (
    rf"(?:{_DIGITS}|half an?|quarter of an?|(?:an?|one|two|three|four|five) and a half"
    rf"|(?:{_WORDS})(?:[ -](?:{_WORDS}|hundred)){{0,6}})"
)
_EN_SUM = re.compile(
    rf"(?P<cur>{_CURRENCY})?\s?(?<![a-z0-9_.:/])(?<!\d,)(?P<value>{_EN_VALUE})\s?(?:-\s?)?"
    rf"(?P<unit>hundred thousand|hundred million|thousand|million|millions|billion|grand|"
    rf"mill?|mio|mn|mm|bn|kw|k|w|m|b)"
    rf"(?![a-z0-9%])(?!\s?(?:from|walk|away|later|ago))\+?(?:\s?(?:yuan|rmb|cny|usd|元|"
    rf"块))?{_THING}"
)
_MARKED = re.compile(
    rf"(?:(?P<cur>{_CURRENCY})\s?(?P<a>{_DIGITS})|(?<![\d.])(?P<b>{_DIGITS})\s?(?:元|块钱?|"
    rf"yuan|rmb|cny|人民币))"
    r"(?!\s?(?:万|亿|k\b|m\b|w\b|bn\b|million|thousand|%|/|每))"
)
_GROUPED = re.compile(rf"(?<![\d.,$#])\d{{1,3}}(?:,\d{{3}})+(?!\d|[.,]\d|%){_THING}")
_ROUND = re.compile(rf"(?<![a-z\d.:/#-])[1-9]\d{{1,5}}0000(?![a-z\d%:/-]|\.\d){_THING}")
#: a first figure before the sum makes a range; only its end counts
_RANGE_HEAD = re.compile(
    rf"(?:{_DIGITS}|{_ZH}+)\s?(?:万|亿|k|w|m|million)?\s?(?:-|~|到|至|to|or|and|或)\s?$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in fen, with the span of text it was read from."""

    fen: int
    span: tuple[int, int]
    text: str
    #: the span in the normalised text
    at: tuple[int, int]

    @property
    def yuan(self) -> int:
        """The sum in whole yuan."""
        return self.fen // FEN


def read_money(text: str) -> int | None:
    """The first sum of money in a text, in fen."""
    found = find_amounts(text)
    return found[0].fen if found else None


def find_amounts(text: str) -> list[Amount]:
    """Every sum of money in a text, in order."""
    return amounts_in(plain(text))


def amounts_in(line: Plain) -> list[Amount]:
    """Every sum of money in a normalised text, in order."""
    spans: list[tuple[int, int, float]] = []
    for pattern, value_of in _READERS:
        for match in pattern.finditer(line.text):
            if any(s < match.end() and match.start() < e for s, e, _ in spans):
                continue
            value = value_of(match)
            if value is not None and 1 <= value < _LARGEST:
                spans.append((match.start(), match.end(), value))
    spans.sort()
    result: list[Amount] = []
    for i, (start, end, value) in enumerate(spans):
        head = line.text[:start]
        if i + 1 < len(spans) and _is_range(line.text[end : spans[i + 1][0]]):
            continue
        found = _RANGE_HEAD.search(head[-14:])
        first = start - len(found[0]) if found else start
        span = line.span(first, end)
        result.append(
            Amount(round(value * FEN), span, line.source[span[0] : span[1]].strip(), (first, end))
        )
    return result


#: what joins the two ends of a range, and the old limit with the new one
_TO = re.compile(r"-|--|~|至|(?:提|提高|提升|增|增加|加|调|调高|扩|扩大|涨)?到|(?:up )?to")


def _is_range(gap: str) -> bool:
    return _TO.fullmatch(gap.strip()) is not None


def _zh_value(m: re.Match[str]) -> float | None:
    # 五百来万, 两百多万, 一个亿: the filling says nothing.
    if m["sum"].startswith("百八十"):
        return 1_000_000.0  # 百八十万: "a million or so"
    return zh_number(re.sub(r"[,\s来多余几个]", "", m["sum"]))


def _en_value(m: re.Match[str]) -> float | None:
    text, unit = m["value"], m["unit"]
    size = 1.0
    for word in unit.split():
        size *= 100 if word == "hundred" else _EN_UNITS[word]
    # One letter is a unit only right behind a figure: "5m", "30 k", never "a m".
    if len(unit) == 1 and not text[0].isdigit():
        return None
    return _words_value(text) * size


def _words_value(text: str) -> float:
    """The figure before an English unit: 1.5, half a, one and a half, two hundred."""
    if text[0].isdigit():
        return float(text.replace(",", ""))
    fixed = {"half a": 0.5, "half an": 0.5, "quarter of a": 0.25}
    if text in fixed or text in _EN_NUMBERS:
        return fixed.get(text) or _EN_NUMBERS[text]
    if text.endswith(" and a half"):
        return _EN_NUMBERS[text.removesuffix(" and a half")] + 0.5
    value = 0.0
    for word in text.replace("-", " ").split():
        value = (value or 1) * 100 if word == "hundred" else value + _EN_NUMBERS.get(word, 0)
    return value


def _marked_value(m: re.Match[str]) -> float | None:
    return float((m["a"] or m["b"]).replace(",", ""))


def _grouped_value(m: re.Match[str]) -> float | None:
    value = float(m[0].replace(",", ""))
    return value if value >= 50_000 else None


def _round_value(m: re.Match[str]) -> float | None:
    return float(m[0]) if len(m[0]) <= 10 else None


#: 续200, 存150: the sums of the trade in thousands of ten, where a lending word stands before
_BARE = re.compile(
    r"(?<=[续贷借存])\s?(?P<n>\d{2,4})(?![\d.%万亿千百元块天年月个期号人台家日点:/a-z-])"
)


def _bare_value(m: re.Match[str]) -> float | None:
    return float(m["n"]) * 10_000


_READERS = (
    (_ZH_SUM, _zh_value),
    (_EN_SUM, _en_value),
    (_MARKED, _marked_value),
    (_GROUPED, _grouped_value),
    (_ROUND, _round_value),
    (_BARE, _bare_value),
)
