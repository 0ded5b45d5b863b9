"""The words that the English date grammars share: weekdays, months, units, this and next.

Short names that are also words or surnames (sat, sun, may, mar) are kept apart, because they need
company before they count as dates.
"""

from __future__ import annotations

_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS = {name: i for i, name in enumerate(_NAMES)}
WEEKDAYS |= {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS = {name: i for i, name in enumerate(_MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: i for name, i in list(MONTHS.items())}
MONTHS["sept"] = 9

WEEKDAY = rf"(?:(?:{'|'.join(_NAMES)})s?|(?:mon|tue|wed|thu|fri)\b(?:\.(?=\s?\d))?)"
ANY_WEEKDAY = rf"(?:(?:{'|'.join(_NAMES)})s?|(?:mon|tue|wed|thu|fri|sat|sun)\b(?:\.(?=\s?\d))?)"
MONTH = (
    rf"(?:(?:{'|'.join(_MONTH_NAMES)}|sept|"
    rf"{'|'.join(n[:3] for n in _MONTH_NAMES)})\b(?:\.(?=\s?\d))?)"
)
#: months whose names say nothing else
SURE_MONTH = (
    r"(?:(?:january|february|april|june|july|august|september|october|november|december"
    r"|feb|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b(?:\.(?=\s?\d))?)"
)

SHIFT = {
    "this": 0,
    "this coming": None,
    "coming": None,
    "the coming": None,
    "upcoming": None,
    "next": 1,
    "the next": 1,
    "the following": 1,
    "following": 1,
    "last": -1,
    "past": -1,
    "previous": -1,
    "the previous": -1,
    "the last": -1,
    "this past": -1,
}
REL = (
    r"(?:this coming|the coming|this past|the following|the previous|the next|the last|this|"
    r"coming|upcoming|next|following|previous|last|past)"
)

UNITS = {
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "night": "day",
    "calendar day": "day",
    "week": "week",
    "fortnight": "fortnight",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "business day": "workday",
    "working day": "workday",
    "workday": "workday",
    "work day": "workday",
    "bank day": "workday",
    "trading day": "workday",
}
UNIT = (
    r"(?:business|working|bank|trading|work|calendar)[ -]days?|workdays?|minutes?|hours?|"
    r"days?|nights?"
    r"|weeks?|fortnights?|months?|quarters?|years?|h\b|d\b"
)
NUMBER = (
    r"(?:\d+(?:\.\d+)?|half an?|one and a half|a couple(?: of)?|couple(?: of)?|another|"
    r"twenty|thirty|forty|sixty|ninety|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|fourteen|fifteen|forty[ -]five|an?)"
)


def weekday_of(text: str) -> int:
    """Monday 0 to Sunday 6."""
    text = text.strip(" .")
    return WEEKDAYS[text] if text in WEEKDAYS else WEEKDAYS[text.removesuffix("s")]


def month_of(text: str) -> int:
    """January 1 to December 12."""
    return MONTHS[text.strip(" .")]


def unit_of(text: str) -> str:
    """The unit's own name from a plural, hyphenated or short form."""
    short = {"h": "hour", "d": "day"}
    text = text.replace("-", " ").strip()
    return UNITS[short.get(text) or (text if text in UNITS else text.removesuffix("s"))]
