"""English for days counted from now: in two weeks, three days ago, a week from Friday."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from core.language import en_words as en
from core.language.grammar import (
    DAY,
    Context,
    Meaning,
    a_day,
    a_moment,
    an_offset,
    got,
    rule,
    weekday_alone,
)
from core.language.numerals import number

if TYPE_CHECKING:
    import re

DAYWORDS = {
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "day after tmr": 2,
    "overmorrow": 2,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "y'day": -1,
    "yesterday": -1,
    "tomorrow": 1,
    "today": 0,
    "the same day": 0,
}


def _count(text: str) -> float | None:
    if text.startswith("half"):
        return 0.5
    if text == "one and a half":
        return 1.5
    if text == "another":
        return 1.0
    return number(text)


def _offset(m: re.Match[str]) -> Meaning | None:
    count = _count(m["n"])
    if count is None:
        return None
    if got(m, "half") or got(m, "half2"):
        count += 0.5
    unit = en.unit_of(m["u"])
    if unit == "hour" and count >= 100:  # 1530 hours is a time of day
        return None
    if unit == "fortnight":
        count, unit = count * 2, "week"
    meaning = an_offset(count, unit, -1 if got(m, "ago") else 1)
    if meaning is not None and meaning.day is not None and m[0].startswith(("within", "inside")):
        return a_day(meaning.day, 1, deadline=True)
    return meaning


def _offset_from(m: re.Match[str]) -> Meaning | None:
    """Two weeks from Friday, a week from tomorrow, three days after the 5th."""
    count = _count(got(m, "n") or "a")
    unit = en.unit_of(m["u"])
    if count is None or unit in {"minute", "hour"}:
        return None
    if unit == "fortnight":
        count, unit = count * 2, "week"
    word = m["d"]

    def resolve(c: Context) -> date | None:
        shift = DAYWORDS.get(word)
        base = weekday_alone(c, en.weekday_of(word)) if shift is None else c.today + DAY * shift
        meaning = an_offset(count, unit, 1)
        noon = datetime(base.year, base.month, base.day, 12, tzinfo=c.now.tzinfo)
        return meaning.day(Context(noon, past=False)) if meaning and meaning.day else None

    return a_day(resolve, 1)


#: 3d, but no "an d" in "and back"
_GAP = r"(?:(?<!\ban)(?<!\ba)[\s-]?|[\s-])"
RULES = [
    rule(
        rf"\b(?:in|within|within the next|inside|after|in about|in around|in the next|"
        rf"in another|in approximately|"
        rf"in roughly)\s(?P<n>{en.NUMBER})(?P<half> and a half)?(?:\s?(?:-|to|or)\s?(?:\d+|"
        rf"{en.NUMBER}))?(?:(?<!\ban)(?<!\ba)[\s-]?|[\s-])(?P<u>{en.UNIT})(?![a-z]{{2}})(?:'s?)?"
        rf"(?P<half2> and a half)?(?: or (?:so|"
        rf"two))?(?: time)?(?! (?:of|term|tenor|loan|facility|deposit|ago))",
        _offset,
    ),
    rule(
        rf"\b(?P<n>{en.NUMBER})(?P<half> and a half)?{_GAP}(?P<u>{en.UNIT})'? (?:from now|"
        rf"from today|later|hence|out|on(?! {en.ANY_WEEKDAY})|time(?!s))\b",
        _offset,
    ),
    rule(
        rf"\b(?P<n>{en.NUMBER})(?P<half> and a half)?{_GAP}(?P<u>{en.UNIT}) (?P<ago>ago|"
        rf"back|earlier)\b",
        _offset,
    ),
    rule(
        rf"\b(?P<n>{en.NUMBER})[\s-](?P<u>{en.UNIT}) (?:from |after |(?=tomorrow|"
        rf"today))(?P<d>{en.ANY_WEEKDAY}|"
        rf"today|tomorrow)",
        _offset_from,
    ),
    rule(
        rf"\b(?P<u>fortnight) (?:from|after) (?P<d>{en.ANY_WEEKDAY}|today|tomorrow)",
        _offset_from,
    ),
    rule(
        r"\b(?:the )?next (?:business|working|work|bank) ?day\b",
        lambda _: an_offset(1, "workday", 1),
    ),
    rule(
        r"\blast (?:business|working|work) ?day\b(?! (?:of|in))",
        lambda _: an_offset(1, "workday", -1),
    ),
    rule(
        r"\b(?:in |within )?three[ -]quarters of an hour\b|\bin 3/4 (?:of an )?hour\b",
        lambda _: a_moment(45),
    ),
]
