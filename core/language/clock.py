"""Times of day and parts of the day, in Chinese and English: 三点一刻, 15:30, half past three.

An hour without am or pm stays open here (`exact` is false); `grammar.on_clock` settles it by the
part of the day, or by bankers' hours. Prices and rates look like times, so a bare number counts
only after "at" and a bare 一点 ("a bit") only beside a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language.grammar import Meaning, a_clock, a_part, got, rule
from core.language.numerals import EN, whole

if TYPE_CHECKING:
    import re

_HOUR = (
    r"(?P<h>\d{1,2}|十[一二三四五六七八九]?|(?<![周期拜])二十[一二三]?|[零一二两三四五六七八九])"
)
_MIN = (
    r"(?P<m>半|一刻|三刻|(?:\d{1,2}|[二三四五]?十[一二三四五六七八九]?|"
    r"[零〇]?[一二三四五六七八九])分?)"
)

_ZH_PARTS = {
    "凌晨": "dawn",
    "半夜": "dawn",
    "清晨": "morning",
    "清早": "morning",
    "大清早": "morning",
    "一早": "morning",
    "一大早": "morning",
    "早上": "morning",
    "早晨": "morning",
    "早间": "morning",
    "上午": "morning",
    "头晌": "morning",
    "午前": "morning",
    "晨": "morning",
    "中午": "noon",
    "正午": "noon",
    "晌午": "noon",
    "午间": "noon",
    "午饭时间": "noon",
    "午饭后": "lunch",
    "午饭": "noon",
    "下午": "afternoon",
    "后晌": "afternoon",
    "午后": "afternoon",
    "傍晚": "dusk",
    "上半天": "morning",
    "上半日": "morning",
    "上昼": "morning",
    "朝早": "morning",
    "早饭后": "morning",
    "下半天": "afternoon",
    "下昼": "afternoon",
    "晚饭前": "dusk",
    "晚饭后": "evening",
    "夜头": "evening",
    "夜到": "evening",
    "晚上": "evening",
    "晚间": "evening",
    "夜里": "evening",
    "夜间": "evening",
}
_EN_PARTS = {
    "early morning": "morning",
    "late morning": "morning",
    "morning": "morning",
    "forenoon": "morning",
    "first thing": "morning",
    "noon": "noon",
    "noonish": "noon",
    "midday": "noon",
    "noontime": "noon",
    "lunchtime": "noon",
    "lunch time": "noon",
    "at lunch": "noon",
    "over lunch": "noon",
    "after lunch": "lunch",
    "early afternoon": "afternoon",
    "late afternoon": "afternoon",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "evening",
}
_NOT_AT = (
    r"(?!\s?(?:\d|%|percent|per cent|pct|bps?\b|basis|points?\b|million|mil\b|m\b|k\b|w\b|"
    r"bn\b|billion"
    r"|yuan|rmb|cny|people|customers|sites|locations|branches|times|rd\b|st\b|th\b|months?|years?"
    r"|days?|weeks?|[万亿千元]|[.,:]\d|/))"
)


def _minutes(text: str | None) -> int:
    if not text:
        return 0
    quarters = {"半": 30, "一刻": 15, "三刻": 45}
    return quarters[text] if text in quarters else whole(text.removesuffix("分"))


def _zh_clock(m: re.Match[str]) -> Meaning | None:
    weak = not m["m"] and not m["h"].isdigit() and m["h"] in "一二两三四五"
    return a_clock(whole(m["h"]), _minutes(m["m"]), exact=m["h"].startswith("0"), weak=weak)


def _zh_before(m: re.Match[str]) -> Meaning | None:
    gap = 15 if m["g"] == "一刻" else whole(m["g"].removesuffix("分钟").removesuffix("分"))
    hour = whole(m["h"])
    return a_clock((hour - 1) % 24, 60 - gap) if 0 < gap < 60 else None


def _colon(m: re.Match[str]) -> Meaning | None:
    half = got(m, "ap")
    return _with_half(int(m["h"]), int(m["m"]), half, leading=m["h"].startswith("0"))


def _with_half(
    hour: int, minute: int, half: str | None, *, leading: bool = False
) -> Meaning | None:
    if half is None:
        return a_clock(hour, minute, exact=leading)
    if not 1 <= hour <= 12:
        return a_clock(hour, minute, exact=True)
    return a_clock(hour % 12 + (12 if half[0] == "p" else 0), minute, exact=True)


def _hour_half(m: re.Match[str]) -> Meaning | None:
    return _with_half(int(m["h"]), 0, got(m, "ap")) if 1 <= int(m["h"]) <= 12 else None


def _range_half(m: re.Match[str]) -> Meaning | None:
    """3-5pm, from 9 to 11 am: the first hour takes the half named last, unless it comes later."""
    first, last = int(m["h"]), int(m["h2"])
    half = got(m, "ap")
    if half[0] == "p" and first > last and first != 12:
        half = "am"
    minute = int(got(m, "m") or 0)
    return _with_half(first, minute, half)


def _at(m: re.Match[str]) -> Meaning | None:
    hour = whole(m["h"])
    return a_clock(hour) if 0 <= hour <= 23 else None


def _at_weak(m: re.Match[str]) -> Meaning | None:
    return a_clock(int(m["h"]), weak=True)


def _past_to(m: re.Match[str]) -> Meaning | None:
    gap = {"half": 30, "quarter": 15, "a quarter": 15}.get(m["g"]) or whole(m["g"])
    hour = whole(m["h"])
    if not (0 < gap < 60 and 1 <= hour <= 12):
        return None
    half = got(m, "ap")
    if got(m, "w") == "to":
        if half is not None:
            hour = hour % 12 + (12 if half[0] == "p" else 0)
            return a_clock((hour - 1) % 24, 60 - gap, exact=True)
        return a_clock(hour - 1 or 12, 60 - gap)
    return _with_half(hour, gap, half)


def _compact(m: re.Match[str]) -> Meaning | None:
    return a_clock(int(m["h"]), int(m["m"]), exact=True)


_AP = r"(?P<ap>[ap]\.?\s?m\b\.?)"
_EN_HOUR = rf"(?P<h>\d{{1,2}}|{EN})"

ZH_RULES = [
    rule(
        rf"(?<![\d.个整百千万第有])(?<!百分之){_HOUR}(?:点钟?|"
        rf"时(?![间候段刻常代长机期装尚效]))整?{_MIN}?(?!\d|个?百分|的?(?:利率|利息|年化|费率)|建议|要求|意见|想法|"
        rf"五个)",
        _zh_clock,
    ),
    rule(
        rf"{_HOUR}点(?:钟)?过(?P<m>(?:\d{{1,2}}|[一二三四五]?十?[一二三四五六七八九])分|一刻)",
        _zh_clock,
    ),
    rule(rf"差(?P<g>一刻|(?:\d{{1,2}}|[一二三四五十]+)分钟?)(?:到)?{_HOUR}点", _zh_before),
    rule(rf"{_HOUR}点(?:钟)?差(?P<g>一刻|(?:\d{{1,2}}|[一二三四五十]+)分钟?)", _zh_before),
    # 周一早上 is the morning of a Monday.
    rule(
        rf"(?!晨会)(?<![周期拜](?=一))(?:{'|'.join(sorted(_ZH_PARTS, key=len, reverse=True))})",
        lambda m: a_part(_ZH_PARTS[m[0]]),
    ),
    rule(
        r"(?<=[天日号一二三四五六七今明昨后当])早(?![点些安期已就餐饭会退间])|"
        r"早(?=\d{1,2}[点:]|[六七八九十]点)",
        lambda _: a_part("morning"),
    ),
    rule(
        r"(?<=[天日号一二三四五六七今明昨后当末])晚(?![点些安期饭餐会宴报于])|"
        r"晚(?=\d{1,2}[点:]|[六七八九十]点)",
        lambda _: a_part("evening"),
    ),
    rule(
        r"(?:下班|收盘|营业结束|打烊)(?:之前|以前|前)|(?:下班|收工)(?=$)", lambda _: a_part("end")
    ),
]

RULES = [
    rule(
        r"(?:\bat|@) (?P<h>1\d|2[0-3]|[7-9])\.(?P<m>[0-5]\d)(?![\d%]|\s?(?:%|p\.?a|"
        r"percent|bps?|m\b))",
        lambda m: a_clock(int(m["h"]), int(m["m"]), weak=True),
    ),
    rule(
        r"\b(?:from|between) (?P<h>1\d|2[0-3]|\d)(?: to | and | ?- ?)(?:\d{1,2})\b" + _NOT_AT,
        _at,
    ),
    rule(rf"\b{_EN_HOUR}(?= in the (?:early |late )?(?:morning|afternoon|evening))", _at),
    rule(
        rf"(?<![\d.:/])(?P<h>\d{{1,2}})\s?[:h]\s?(?P<m>[0-5]\d)(?::[0-5]\d)?(?!\d|:\d)"
        rf"(?:\s?(?:hrs?|hours?)\b|\s?{_AP})?",
        _colon,
    ),
    rule(rf"(?<![\d.:/])(?P<h>\d{{1,2}})\.(?P<m>[0-5]\d)\s?{_AP}", _colon),
    # Thu 12.30: with a dot only behind a day
    rule(
        r"(?<=day |tue |wed |thu |fri |sat |sun |mon |row )(?:at )?(?P<h>1\d|2[0-3]|[1-9])\."
        r"(?P<m>[0-5]\d)(?![\d.%]|\s?(?:m|mil|million|k|per|pct|%))",
        _colon,
    ),
    rule(rf"(?<![\d.:/])(?P<h>\d{{1,2}})\s?{_AP}", _hour_half),
    rule(
        rf"(?<![\d.:/])(?P<h>\d{{1,2}})(?:[:.](?P<m>[0-5]\d))?\s?(?:-|~|to|until|till|and|or|"
        rf"到|至)\s?(?P<h2>\d{{1,2}})(?:[:.][0-5]\d)?\s?{_AP}",
        _range_half,
    ),
    # tomorrow 8 to 9, 9 till 11 on Friday: hours only beside a day
    rule(
        r"(?<![\d.:/$-])(?P<h>1\d|2[0-3]|\d)(?: (?:to|till|until) | ?- ?)\d{1,2}"
        r"(?=,? (?:on )?(?:tomorrow|today|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)",
        _at,
    ),
    rule(
        r"(?<=day |row |mon |tue |wed |thu |fri )(?P<h>1\d|2[0-3]|[1-9])(?: (?:to|till|until) |-)"
        r"\d{1,2}(?=$|[,;)]|\.(?:\s|$))",
        _at,
    ),
    # this evening at 6.30
    rule(r"(?<=ning at |noon at )(?P<h>1\d|\d)\.(?P<m>[0-5]\d)(?![\d%])", _colon),
    # 1430 Friday
    rule(
        r"(?<![\d.,$])(?P<h>0[89]|1\d)(?P<m>[0-5]\d)(?= (?:on )?(?:tomorrow|monday|tuesday|"
        r"wednesday|thursday|friday|mon|tue|wed|thu|fri)\b)",
        _compact,
    ),
    # Monday forenoon 11
    rule(
        r"(?<=morning |orenoon )(?P<h>[7-9]|1[0-2])(?=$|[,;)]|\.(?:\s|$))",
        lambda m: a_clock(int(m["h"]), weak=True),
    ),
    # Mon am, Thursday p.m., Dec 3rd am
    rule(
        r"(?<=day |row |mon |tue |wed |thu |fri |sat |sun |\dth |1st |2nd |3rd )"
        r"(?P<half>[ap])\.? ?m\b\.?",
        lambda m: a_part("morning" if m["half"] == "a" else "afternoon"),
    ),
    rule(
        rf"(?<![a-z])(?P<g>half|(?:a )?quarter|(?:5|10|20|25)|{EN})(?: minutes?)? (?P<w>past|to|"
        rf"after) {_EN_HOUR}(?:\s?{_AP})?\b",
        _past_to,
    ),
    rule(
        rf"(?P<g>half) {_EN_HOUR}(?:\s?{_AP})?\b(?! (?:a |million|year|month|day|the))",
        lambda m: _past_to(m) if m["h"] not in {"a", "an"} else None,
    ),
    rule(rf"\b{_EN_HOUR}\s?o'?\s?clock", _at),
    rule(rf"(?:\bat|@)\s?(?P<h>1\d|2[0-3]|\d)(?:ish)?\b{_NOT_AT}", _at),
    # 3-ish, 9 sharp, around 4 on Monday: an hour only beside a day
    rule(r"(?<![\d.:/-])(?P<h>1\d|2[0-3]|[1-9])(?:[ -]?ish\b|[ -]?sharp\b)", _at_weak),
    rule(
        r"\b(?:around|about|arnd|abt|circa) (?P<h>1[0-2]|[1-9])(?=$|[,.;)]| (?:on|tomorrow|today|"
        r"this|next|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)",
        _at_weak,
    ),
    rule(
        r"(?:\bat|@)\s?(?P<h>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
        r"(?! (?:million|percent|customers|people|sites|locations|branches|point|of))",
        _at,
    ),
    rule(r"(?<![\d.])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)\s?(?:hrs|hours|h)\b", _compact),
    rule(
        r"(?:\b(?:in the |at |during the |mid-?))?\b(?:"
        + "|".join(sorted(_EN_PARTS, key=len, reverse=True))
        + r")s?\b(?! (?:shift|tea))",
        lambda m: a_part(_EN_PARTS[_part_of(m[0])]),
    ),
    rule(r"\bmidnight\b", lambda _: a_clock(0, 0, exact=True)),
    rule(
        r"\b(?:by |at |before )?(?:cob|eod|close of business|"
        r"end of (?:the )?(?:business )?day|close of play)\b",
        lambda _: a_part("end"),
    ),
]


def _part_of(text: str) -> str:
    return max((key for key in _EN_PARTS if key in text), key=len)
