"""How long something takes, as a line says it: 2-3:30pm, 下午2点到4点, for two hours, 一个半小时.

Of a span between two times only the difference counts, so whether it is morning or afternoon is
left to the reading of dates. A delay (半小时后, in two hours) and a lead (提前10分钟)
are no length.
"""

from __future__ import annotations

import re

from core.language.numerals import whole

_HALF_DAY, _HOUR = 12 * 60, 60
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}
_N = r"\d{1,2}|十[一二三四五六七八九]?|二十[一二三]?|[零一二两三四五六七八九]"
_MIN = r"半|一刻|三刻|\d{1,2}(?=分|\D|$)|[二三四五]?十[一二三四五六七八九]?(?=分)"
_PART = r"(?:凌晨|早上|上午|中午|下午|傍晚|晚上)?"
_ZH_SPAN = re.compile(
    rf"(?P<h>{_N})[点时:](?P<m>{_MIN})?分?\s*(?:到|至|-|~|—|–)+\s*{_PART}"
    rf"(?P<h2>{_N})[点时:](?P<m2>{_MIN})?"
)
_CLOCK = r"(?P<h{0}>\d{{1,2}})(?:[:.](?P<m{0}>[0-5]\d))?\s?(?P<ap{0}>[ap]\.?m\b)?"
_EN_SPAN = re.compile(
    r"(?<![\d.:/-])" + _CLOCK.format("") + r"\s?(?:-|–|~|to|until|till|and|到|至)\s?"
    + _CLOCK.format("2") + r"(?![\d:/])", re.IGNORECASE,
)  # fmt: skip
_ZH_LENGTH = re.compile(
    r"(?<![\d.第过前早等每隔])(?:(?P<half>半)个?(?:小时|钟头)|(?P<quarter>一刻钟|三刻钟)|"
    rf"(?P<n>{_N})(?P<more>个半|(?=个?(?:小时|钟头)))个?(?:小时|钟头)(?P<and>半)?|"
    rf"(?P<min>\d{{1,3}}|[二三四五]?十五?)分钟)(?!\s*(?:[之以]?[后前内]|一次|车程))"
)
_EN_N = r"\d{1,3}(?:\.5)?|an?|one|two|three|four|five|six"
_EN_LENGTH = re.compile(
    r"\bfor (?:about |around |roughly )?(?:(?P<half>half an hour|half hour)|"
    rf"(?P<n>{_EN_N})(?: and a half)?[ -]?(?P<unit>hours?|hrs?|h|minutes?|mins?)\b"
    r"(?P<and> and a half)?)",
    re.IGNORECASE,
)
#: where one statement ends and another begins
_ENDS = re.compile(r"[,，。;；!！?？\n]|\.(?=\s|$)")
#: before a length that stands alone: 大概两小时, about 90 minutes
_ALONE = re.compile(r"\s*(?:大概|大约|预计|约|about |probably )?", re.IGNORECASE)
_EN_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def minutes_said(text: str) -> int | None:
    """The minutes that a line says something takes, None where it says nothing of it."""
    line = text.replace("：", ":").replace("－", "-")
    for reads in (_spanned, _zh_counted, _en_counted):
        minutes = reads(line)
        if minutes:
            return minutes
    return None


def words_of_length(text: str) -> tuple[int, int] | None:
    """Where a counted length stands (两小时, for two hours), not a span of two times."""
    found = _ZH_LENGTH.search(text) or _EN_LENGTH.search(text)
    return found.span() if found is not None else None


def minutes_said_at(text: str, at: int) -> int | None:
    """The minutes that are said of what a line names at a place: there, behind it, or right after.

    What is said elsewhere is of something else: 聊了两小时,下周二再去.
    """
    end = _ENDS.search(text, at)
    minutes = minutes_said(text[at : end.start() if end else len(text)])
    if minutes or end is None:
        return minutes
    after = _ENDS.search(text, end.end())
    rest = text[end.end() : after.start() if after else len(text)]
    rest = rest[_ALONE.match(rest).end() :]  # type: ignore[union-attr]  # it fits the empty text
    for said in (rest, f"for {rest}"):
        found = _ZH_LENGTH.match(said) or _EN_LENGTH.match(said)
        if found and not said[found.end() :].strip():
            return minutes_said(said)
    return None


def _spanned(line: str) -> int | None:
    """Between two times, of which one has a minute or a half of the day."""
    found = _ZH_SPAN.search(line)
    if found is not None:
        times = [whole(found[f"h{n}"]) * _HOUR + _minute(found[f"m{n}"]) for n in ("", "2")]
        return (times[1] - times[0]) % _HALF_DAY
    for one in _EN_SPAN.finditer(line):
        if not (one["ap"] or one["ap2"] or (one["m"] and one["m2"])):
            continue
        hours, minutes = ([int(one[f"{part}{n}"] or 0) for n in ("", "2")] for part in ("h", "m"))
        if max(hours) < 25:
            return (hours[1] * _HOUR + minutes[1] - hours[0] * _HOUR - minutes[0]) % _HALF_DAY
    return None


def _minute(text: str | None) -> int:
    if not text:
        return 0
    return _QUARTERS.get(text) or whole(text)


def _zh_counted(line: str) -> int | None:
    """半小时, 一刻钟, 90分钟, 一个半小时."""
    found = _ZH_LENGTH.search(line)
    if found is None:
        return None
    if found["half"] or found["quarter"]:
        return _QUARTERS[(found["half"] or found["quarter"]).removesuffix("钟")]
    if found["min"]:
        return whole(found["min"])
    return whole(found["n"]) * _HOUR + (30 if found["more"] or found["and"] else 0)


def _en_counted(line: str) -> int | None:
    """For half an hour, for 45 minutes, for an hour and a half."""
    found = _EN_LENGTH.search(line)
    if found is None:
        return None
    if found["half"]:
        return 30
    n = _EN_WORDS.get(found["n"].lower()) or float(found["n"])
    n += 0.5 if "and a half" in found[0] else 0
    return round(n * (1 if found["unit"].lower().startswith("m") else _HOUR))
