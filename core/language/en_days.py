"""English for single days: next Tuesday, Friday week, Dec 3rd, in 3 business days, the 15th.

"Next" is the same as 下: the day of the next Monday-Sunday week. A date in figures is month/day
unless that cannot be (16/12). Short names that are also words (sat, sun, may) need company.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.language import en_words as en
from core.language.en_counted import DAYWORDS
from core.language.grammar import (
    DAY,
    WEEK,
    Context,
    Meaning,
    a_date,
    a_day,
    a_month_day,
    a_shift,
    a_week,
    a_weekday,
    add_months,
    day_of_month,
    got,
    month_day,
    nth_weekday,
    quarter_start,
    rule,
    this_monday,
    valid,
    weekday_alone,
    workday_today,
)
from core.language.numerals import EN_ORDINAL, en_ordinal
from core.rules.workdays import add_workdays, next_workday

if TYPE_CHECKING:
    import re

_ORDINAL = rf"(?P<d>\d{{1,2}}(?:st|nd|rd|th)|{EN_ORDINAL})"
_DAY = r"(?P<d>\d{1,2}(?!\d))(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s?(?:of )?(?P<y>20\d\d|'\d\d)(?![\d:]))"
_NOT_MONEY = (
    r"(?!\w)(?!\s?(?:%|[.,]\d|:\d|[kmw]\b|mil|bn|percent|people|customers|sites|branches|years|"
    r"months|am\b|pm\b))"
)


def _relative_weekday(m: re.Match[str]) -> Meaning:
    shift = en.SHIFT[got(m, "rel")]
    weekday = en.weekday_of(m["d"])
    if got(m, "rel").endswith("coming"):
        return a_weekday(weekday)
    return a_weekday(weekday, shift)


def _plain_weekday(m: re.Match[str]) -> Meaning:
    return a_weekday(en.weekday_of(m["d"]), recurring=m["d"].endswith("days"))


def _short_weekday(m: re.Match[str]) -> Meaning:
    return a_weekday(en.weekday_of(m["d"]))


def _recurring(m: re.Match[str]) -> Meaning:
    if (
        m["d"] not in en.WEEKDAYS
        and m["d"].endswith(("weekday", "weekdays", "day"))
        and (m["d"].startswith(("week", "work", "business", "bank")))
    ):
        return Meaning("day", day=_next_workday, start=workday_today, recurring=True)
    return a_weekday(en.weekday_of(m["d"]), recurring=True)


def _next_workday(c: Context) -> date:
    return next_workday(c.today)


def _weekday_and_week(m: re.Match[str]) -> Meaning:
    """Friday week, a week on Friday: a week after the coming one."""
    weekday = en.weekday_of(m["d"])
    return a_day(lambda c: weekday_alone(c, weekday) + WEEK, 1)


def _weeks_on(m: re.Match[str]) -> Meaning:
    """Two weeks on Monday, Thursday fortnight, three Fridays from now."""
    weekday, count = en.weekday_of(m["d"]), got(m, "n")
    extra = {"two": 2, "2": 2, "three": 3, "3": 3, None: 2}[count]
    if "from now" in m[0]:
        extra -= 1
    return a_day(lambda c: weekday_alone(c, weekday) + WEEK * extra, 1)


def _working_day_of(m: re.Match[str]) -> Meaning:
    """The last business day of the year."""
    last, unit = m["n"] == "last", m["u"]

    def resolve(c: Context) -> date | None:
        first = date(c.today.year, 1, 1) if unit == "year" else quarter_start(c.today)
        months = 12 if unit == "year" else 3
        for begin in (first, add_months(first, months)):
            found = (
                add_workdays(add_months(begin, months), -1)
                if last
                else add_workdays(begin - DAY, 1)
            )
            if found >= c.today:
                return found
        return None

    return a_day(resolve)


def _week_on(m: re.Match[str]) -> Meaning:
    word = m["d"]
    if word in {"today", "tomorrow"}:
        return a_shift(7 if word == "today" else 8)
    return _weekday_and_week(m)


def _weekday_after_next(m: re.Match[str]) -> Meaning:
    return a_weekday(en.weekday_of(m["d"]), 2)


def _month_day(m: re.Match[str]) -> Meaning | None:
    month, day = en.month_of(m["m"]), en_ordinal(m["d"])
    if got(m, "y"):
        year = int(got(m, "y").lstrip("'"))
        return a_date(year + 2000 if year < 100 else year, month, day)
    return a_month_day(month, day)


def _ordinal(m: re.Match[str]) -> Meaning | None:
    day = en_ordinal(m["d"])
    return a_day(lambda c: day_of_month(c, day)) if 1 <= day <= 31 else None


def _ordinal_of_month(m: re.Match[str]) -> Meaning | None:
    day = en_ordinal(m["d"])
    rel = got(m, "rel")

    def resolve(c: Context) -> date | None:
        if rel in {"every", "each", "the", "a", None}:
            return day_of_month(c, day)
        first = add_months(c.today.replace(day=1), en.SHIFT[rel] or 0)
        return valid(first.year, first.month, day)

    return a_day(resolve) if 1 <= day <= 31 else None


def _nth_weekday(m: re.Match[str]) -> Meaning:
    n = -1 if m["n"] == "last" else en_ordinal(m["n"])
    rel, month = got(m, "rel"), got(m, "m")
    what = m["d"]

    def in_month(first: date) -> date | None:
        if "working" in what or "business" in what or "work" in what:
            return (
                add_workdays(add_months(first, 1), -1) if n < 0 else add_workdays(first - DAY, n)
            )
        if what == "day":
            return add_months(first, 1) - DAY if n < 0 else first + DAY * (n - 1)
        return nth_weekday(first, n, en.weekday_of(what))

    def resolve(c: Context) -> date | None:
        first = c.today.replace(day=1)
        if month:
            found = month_day(c, en.month_of(month), 1)
            this = first.replace(month=en.month_of(month))
            later = in_month(this)
            return later if later and later >= c.today else in_month(found) if found else None
        if rel in {"next", "last", "this", "the following"}:
            return in_month(add_months(first, en.SHIFT[rel] or 0))
        found = in_month(first)
        return found if found and found >= c.today else in_month(add_months(first, 1))

    return Meaning("day", day=resolve, recurring=rel in {"every", "each"})


def _figures(m: re.Match[str]) -> Meaning | None:
    first, second = int(m["a"]), int(m["b"])
    month, day = (first, second) if first <= 12 else (second, first)
    if got(m, "y"):
        year = int(got(m, "y"))
        return a_date(year + 2000 if year < 100 else year, month, day)
    return a_month_day(month, day)


def _week_after_next(_: re.Match[str]) -> Meaning:
    return a_week(2)


def _week_of(m: re.Match[str]) -> Meaning:
    return a_week(en.SHIFT[got(m, "rel")] or 0)


def _weekend(m: re.Match[str]) -> Meaning:
    rel = got(m, "rel")
    if rel in {None, "the", "every", "each"} or en.SHIFT.get(rel) is None:

        def resolve(c: Context) -> date:
            saturday = this_monday(c) + 5 * DAY
            if c.past:
                return saturday if saturday <= c.today else saturday - WEEK
            return saturday if c.today.weekday() < 6 else c.today

        return a_day(resolve)
    return a_weekday(5, en.SHIFT[rel])


_NOT_WEEKDAY = r"(?! ?(?:week\b|'s report))"
_NOT_ORDINAL = (
    r"(?! ?(?:floor|time|street|st\b|avenue|ave\b|road|branch|largest|biggest|quarter|"
    r"half|party|place"
    r"|mortgage|call|visit|contact|meeting|attempt|year|month|week|day|working|business|"
    r"loan|bank|bid"
    r"|instal|party|person|one|supplier|customer|offer|charge|option|generation|site|line|"
    r"round|thing"
    r"|class|hand|choice|mover|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"mon|tue|wed|thu|fri))"
)

RULES = [
    rule(
        r"\b(?:" + "|".join(sorted(DAYWORDS, key=len, reverse=True)) + r")(?:'s)?\b",
        lambda m: a_shift(DAYWORDS[m[0].removesuffix("'s")]),
    ),
    rule(
        r"\b(?:later |earlier )?this (?=(?:very |early |late )?(?:morning|afternoon|"
        r"evening|noon))|\blater today\b",
        lambda _: a_shift(0),
    ),
    rule(r"\btonight\b", lambda _: Meaning("day", day=lambda c: c.today, part="evening")),
    rule(
        r"\blast night\b",
        lambda _: Meaning("day", day=lambda c: c.today - DAY, part="evening", sign=-1),
    ),
    # weekdays
    rule(rf"\b(?P<rel>{en.REL}) (?P<d>{en.ANY_WEEKDAY})", _relative_weekday),
    rule(rf"\b(?P<d>{en.WEEKDAY}){_NOT_WEEKDAY}", _plain_weekday),
    rule(
        r"(?:(?<=\bon )|(?<=\bby )|(?<=\bbefore )|(?<=\buntil )|(?<=\bnext )|^|(?<=, )|"
        r"(?<=/))(?P<d>sat|sun)\b\.?(?!\s(?:with|beside|next to|across|through|"
        r"down|in\b|and|li|wei|hung|was|is|shin|rose|"
        r"said|says|told|asked|wants?|dropped|came|called|sent|will|has|had|promised|agreed|"
        r"signed|"
        r"thinks|needs|sets?\b))",
        _short_weekday,
    ),
    rule(
        r"(?<!mr )(?<!ms )(?<!mrs )(?<!with )"
        r"(?<!call )(?<!ring )(?<!meet )(?<!see )(?<!ask )(?<!tell )"
        r"\b(?P<d>sat|sun)\b\.?(?=\s?(?:morning|"
        r"afternoon|evening|night|noon|at \d|\d{1,2}(?::\d\d|\s?[ap]m)))",
        _short_weekday,
    ),
    rule(
        rf"\b(?:every|each)(?: (?:other|second|two weeks on|"
        rf"single))? (?P<d>{en.ANY_WEEKDAY}|weekday|"
        rf"(?:working|business|work|bank) ?day)|\bweekly (?:on )?",
        lambda m: _recurring(m) if m["d"] else None,
    ),
    rule(
        rf"\b(?:weekly|biweekly|bi-weekly|fortnightly),? (?:on )?(?P<d>{en.ANY_WEEKDAY})",
        _recurring,
    ),
    rule(rf"\b(?P<d>{en.ANY_WEEKDAY}|today|tomorrow) week\b(?! after)", _week_on),
    rule(
        rf"\b(?<!twice )(?<!once )(?<!times )(?:a|one) week (?:(?:on|this|"
        rf"next) )?(?P<d>{en.ANY_WEEKDAY})",
        _weekday_and_week,
    ),
    rule(r"\b(?:a|one) week (?P<d>today|tomorrow)\b", _week_on),
    rule(
        rf"\b(?P<n>two|2|three|3) weeks (?:on |this |next )?(?P<d>{en.ANY_WEEKDAY})",
        _weeks_on,
    ),
    rule(rf"\b(?P<d>{en.ANY_WEEKDAY}) fortnight\b", _weeks_on),
    rule(rf"\b(?P<n>two|2|three|3) (?P<d>{en.WEEKDAY}) from now\b", _weeks_on),
    rule(
        r"\b(?:the )?(?P<n>last|first) (?:working|business|work|bank) ?day (?:of|in) "
        r"(?:the |this )?(?P<u>year|quarter)\b",
        _working_day_of,
    ),
    rule(r"\bthe week before last\b", lambda _: a_week(-2)),
    rule(
        rf"\b(?:the )?(?P<d>{en.ANY_WEEKDAY}) (?:after next|the week after next|"
        rf"in two weeks?|(?:of )?(?:the )?week after next)\b",
        _weekday_after_next,
    ),
    rule(r"\b(?:the )?(?:week after next|next next week)\b", _week_after_next),
    rule(rf"\b(?P<rel>{en.REL}) week\b(?!end|ly)", _week_of),
    rule(
        r"\b(?:over |at |during )?(?:(?P<rel>this coming|this|next|last|the coming|coming|"
        r"the|every|each) )?weekend\b",
        _weekend,
    ),
    # dates
    rule(
        rf"\b(?P<m>{en.MONTH})\s?(?:the )?(?P<d>\d{{1,2}}(?!\d)(?:st|nd|rd|th)?|"
        rf"{EN_ORDINAL}){_NOT_MONEY}{_YEAR}?(?:\s?(?:-|to|until)\s?\d{{1,2}}(?:th|st|nd|"
        rf"rd)?(?![\d:]))?",
        _month_day,
    ),
    rule(
        rf"(?:\bthe )?(?<![\d.:/]){_DAY}[\s-]?(?:(?:-|to|until|through)\s?\d{{1,2}}(?:st|nd|rd|"
        rf"th)?\s)?(?:of )?(?P<m>{en.MONTH})(?:-(?=20))?{_YEAR}?",
        _month_day,
    ),
    rule(rf"\b(?:the )?(?P<d>{EN_ORDINAL}) (?:of )?(?P<m>{en.MONTH}){_YEAR}?", _month_day),
    rule(
        r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)(?:t(?=\d))?",
        lambda m: a_date(int(got(m, "y")), int(m["m"]), int(m["d"])),
    ),
    rule(
        r"(?<![\d/.\-])(?P<a>\d{1,2})[/\-.](?P<b>\d{1,2})[/\-.](?P<y>20\d\d|\d\d)(?![\d/])",
        _figures,
    ),
    rule(
        r"(?<![\d/.\-$])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/%]|\.\d)(?! ?(?:of|sites|split))",
        _figures,
    ),
    rule(
        rf"\b(?:on |by |before |until |from |after )?the {_ORDINAL}(?:\s?(?:-|"
        rf"to)\s?(?:the )?\d{{1,2}}(?:th|st|nd|rd)?)?{_NOT_ORDINAL}",
        _ordinal,
    ),
    rule(
        r"(?:^|\b(?:on|by|before|until|till) )(?P<d>\d{1,2}(?:st|nd|rd|th))\b" + _NOT_ORDINAL,
        _ordinal,
    ),
    rule(
        rf"\b{en.ANY_WEEKDAY},? (?P<d>\d{{1,2}}(?:st|nd|rd|th))\b(?! (?:of )?{en.MONTH})"
        + _NOT_ORDINAL,
        _ordinal,
    ),
    rule(
        rf"\b(?:on )?(?:the )?{_ORDINAL} (?:day )?of (?:(?P<rel>the following|this|next|"
        rf"last|every|each|the|a) )?month\b",
        _ordinal_of_month,
    ),
    rule(rf"\b(?P<rel>this|next|last) month,? (?:on )?(?:the )?{_ORDINAL}", _ordinal_of_month),
    rule(rf"\b(?P<rel>next|this|every|each) {_ORDINAL}" + _NOT_ORDINAL, _ordinal_of_month),
    rule(
        rf"\b(?:on |the )*(?P<n>last|{EN_ORDINAL}|[1-5](?:st|nd|rd|"
        rf"th)) (?P<d>{en.ANY_WEEKDAY}|working day|business day|workday|day) (?:of|"
        rf"in) (?:(?P<rel>the following|this|next|last|every|each|the) )?(?:month|"
        rf"(?P<m>{en.MONTH}))",
        _nth_weekday,
    ),
    rule(
        r"\bweekdays\b",
        lambda _: Meaning("day", day=_next_workday, start=workday_today, recurring=True),
    ),
    rule(
        r"\b(?:every day|daily|each day)\b",
        lambda _: Meaning("day", day=lambda c: c.today, start=lambda c: c.today, recurring=True),
    ),
]
