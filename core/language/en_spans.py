"""English for longer spans and their ends: end of month, mid-December, next quarter, Christmas.

A span said alone means its first day, as in Chinese; "end of", "mid" and "early" choose a day in
it. "By" and "before" are read by `when`, for every kind of phrase alike.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.language import en_words as en
from core.language import festivals
from core.language.grammar import (
    DAY,
    WEEK,
    Context,
    Meaning,
    a_day,
    a_month,
    add_months,
    after_feast,
    feast,
    got,
    month_alone,
    month_position,
    quarter_position,
    quarter_start,
    rule,
    this_monday,
    week_position,
    year_position,
)
from core.rules.workdays import add_workdays

if TYPE_CHECKING:
    import re

_END = r"(?:the )?(?:end|close|last day|last week)(?: of)?(?: the)?"
_START = (
    r"(?:the )?(?:start|beginning|first day|first|1st)(?: of| in)?(?: the)?|"
    r"early(?: in)?(?: the)?|at the turn of(?: the)?"
)
_MID = r"(?:the )?(?:middle(?: of)?(?: the)?|mid(?:dle)?(?:[ -]of)?[ -]?)"
_LATE = r"late(?:r)?(?: in)?(?: the)?"
_WHERE = rf"(?:(?P<end>{_END})|(?P<start>{_START})|(?P<mid>{_MID})|(?P<late>{_LATE}))"
_REL = (
    r"(?P<rel>this|next|last|the following|following|the next|the coming|coming|current|each|"
    r"every)"
)
_YEAR = r"(?:,?\s?(?:of )?(?P<y>20\d\d|'\d\d|next year|this year)(?![\d:]))"
_FEASTS = "|".join(
    sorted((name.replace("'", "'?") for name in festivals.EN_NAMES), key=len, reverse=True)
)
_FEAST_KEYS = {name.replace("'", ""): key for name, key in festivals.EN_NAMES.items()}


def _where(m: re.Match[str]) -> str | None:
    for name in ("end", "start", "mid", "late"):
        if got(m, name):
            return name
    return None


def _shift(rel: str | None) -> int:
    if rel in {None, "current", "each", "every", "the coming", "coming"}:
        return 0
    assert rel is not None
    return en.SHIFT[rel] or 0


def _month(m: re.Match[str]) -> Meaning | None:
    where, rel = _where(m), got(m, "rel")
    if where is None:
        return None if rel in {"each", "every"} else a_month(_shift(rel))
    if rel in {None, "each", "every"}:
        return Meaning("day", day=lambda c: month_alone(c, where), recurring=bool(rel))
    shift = _shift(rel)
    return a_day(
        lambda c: month_position(add_months(c.today.replace(day=1), shift), where),
        (shift > 0) - (shift < 0),
    )


def _month_end(_: re.Match[str]) -> Meaning:
    return a_day(lambda c: month_alone(c, "end"))


def _year_of(text: str | None, c: Context) -> int | None:
    if text is None:
        return None
    if text in {"next year", "this year"}:
        return c.today.year + (text == "next year")
    value = int(text.lstrip("'"))
    return value + 2000 if value < 100 else value


def _named_month(m: re.Match[str]) -> Meaning:
    where = _where(m) or "start"
    month = en.month_of(m["m"] or m["m2"])
    named_year = got(m, "y") or got(m, "y2")
    rel = got(m, "rel")

    def resolve(c: Context) -> date:
        year = _year_of(named_year, c)
        if year is None and (rel or "").strip() == "next":
            this = date(c.today.year, month, 1)
            year = c.today.year + (this <= c.today)
        if year is not None:
            return month_position(date(year, month, 1), where)
        found = month_position(date(c.today.year, month, 1), where)
        if not c.past and found < c.today:
            return month_position(date(c.today.year + 1, month, 1), where)
        if c.past and found > c.today:
            return month_position(date(c.today.year - 1, month, 1), where)
        return found

    return Meaning("month" if where == "start" else "day", day=resolve, start=resolve)


def _quarter(m: re.Match[str]) -> Meaning:
    where, rel = _where(m), got(m, "rel")
    shift = _shift(rel)

    def resolve(c: Context) -> date:
        if where is None and not shift:
            return c.today
        position = where or "start"
        found = quarter_position(add_months(quarter_start(c.today), 3 * shift), position)
        if rel is None and not c.past and found < c.today:
            return quarter_position(add_months(quarter_start(c.today), 3), position)
        return found

    return a_day(resolve, (shift > 0) - (shift < 0))


def _numbered_quarter(m: re.Match[str]) -> Meaning:
    where = _where(m) or ("end" if got(m, "last") else "start")
    n = int(m["q"]) if m["q"] else ("first", "second", "third", "fourth").index(m["w"]) + 1

    def resolve(c: Context) -> date:
        year = _year_of(got(m, "y"), c) or c.today.year
        found = quarter_position(date(year, 3 * n - 2, 1), where)
        if not got(m, "y") and not c.past and found < c.today:
            return quarter_position(date(year + 1, 3 * n - 2, 1), where)
        return found

    return a_day(resolve)


def _half(m: re.Match[str]) -> Meaning:
    where = _where(m) or "start"
    first = 1 if m["h"] == "1" or m["w"] == "first" else 7

    def resolve(c: Context) -> date:
        year = _year_of(got(m, "y"), c) or c.today.year
        start = date(year, first, 1)
        found = add_months(start, 6) - DAY if where in {"end", "late"} else start
        if not got(m, "y") and not c.past and found < c.today:
            return found.replace(year=year + 1)
        return found

    return a_day(resolve)


def _year(m: re.Match[str]) -> Meaning:
    where, rel = _where(m), got(m, "rel")
    shift = _shift(rel)

    def resolve(c: Context) -> date:
        if where is None and not shift:
            return c.today
        found = year_position(c.today.year + shift, where or "start")
        if rel is None and not c.past and found < c.today:
            return year_position(c.today.year + 1, where or "start")
        return found

    return a_day(resolve, (shift > 0) - (shift < 0))


def _half_end(c: Context) -> date:
    """30 June or 31 December, whichever comes next."""
    june = date(c.today.year, 6, 30)
    return june if june >= c.today else date(c.today.year, 12, 31)


def _year_end(_: re.Match[str]) -> Meaning:
    return a_day(lambda c: year_position(c.today.year - c.past, "end"))


def _week(m: re.Match[str]) -> Meaning:
    where, rel = _where(m) or "end", got(m, "rel")
    shift = _shift(rel)

    def resolve(c: Context) -> date:
        found = week_position(this_monday(c), where) + WEEK * shift
        return found if rel or found >= c.today else found + WEEK

    return a_day(resolve, (shift > 0) - (shift < 0))


def _feast(m: re.Match[str]) -> Meaning:
    key = _FEAST_KEYS[m["f"].replace("'", "")]
    after = bool(m["after"])
    if got(m, "y"):
        year = int(got(m, "y"))
        found = festivals.in_year(key, year)
        return a_day(lambda _: festivals.day_after(key, found) if after else found)
    return a_day(lambda c: after_feast(c, key) if after else feast(c, key))


def _beside_feast(m: re.Match[str]) -> Meaning:
    """The day before Christmas, the Monday after National Day."""
    key = _FEAST_KEYS[m["f"].replace("'", "")]
    after = m["side"] != "before"
    what = m["w"]

    def resolve(c: Context) -> date:
        if what == "day":
            return feast(c, key) + (DAY if after else -DAY)
        if what not in {"day", "week"} and what.endswith("day") and " " in what:
            base = after_feast(c, key) if after else feast(c, key)
            return add_workdays(base - DAY, 1) if after else add_workdays(base, -1)
        if what == "week":
            return after_feast(c, key) if after else feast(c, key) - WEEK
        weekday = en.weekday_of(what)
        if after:
            base = after_feast(c, key)
            return base + DAY * ((weekday - base.weekday()) % 7)
        base = feast(c, key) - DAY
        return base - DAY * ((base.weekday() - weekday) % 7)

    return a_day(resolve)


def _holiday(m: re.Match[str]) -> Meaning:
    after = m["side"] in {"after", "following"}

    def resolve(c: Context) -> date:
        key, day = festivals.next_holiday(c.today)
        return festivals.day_after(key, day) if after else day

    return a_day(resolve, deadline=not after)


def _midweek(m: re.Match[str]) -> Meaning:
    shift = _shift(got(m, "rel"))
    return a_day(lambda c: this_monday(c) + WEEK * shift + 2 * DAY, (shift > 0) - (shift < 0))


RULES = [
    rule(rf"\b(?:by |at |before )?{_WHERE}\s?(?:{_REL} )?month\b(?!s|ly)", _month),
    rule(rf"\b(?:{_REL}) (?P<end>month[ -]end)", _month),
    rule(
        rf"\b{_REL} month\b(?!s)",
        _month,
    ),
    rule(r"\bmonth[ -]?end\b", _month_end),
    rule(
        rf"\b{_WHERE}\s?(?:{_REL} )?(?P<m>{en.MONTH}){_YEAR}?",
        _named_month,
    ),
    rule(
        rf"(?:\b(?:in|by|before|until|since|during|for|around) |\b(?P<rel>next ))"
        rf"(?P<m>{en.MONTH}){_YEAR}?(?!\s?\d)",
        _named_month,
    ),
    rule(rf"^(?P<m>{en.MONTH})(?=[\s,]*(?:20\d\d|'\d\d)?$){_YEAR}?", _named_month),
    rule(
        rf"\b(?P<m>{en.SURE_MONTH}){_YEAR}?(?!\s?\d)",
        _named_month,
    ),
    rule(
        rf"\b(?P<m>{en.MONTH}) (?:of )?(?P<y>next year|this year)"
        rf"|\b(?P<y2>next year|this year),? (?:in )?(?P<m2>{en.MONTH})",
        _named_month,
    ),
    rule(
        rf"\b(?:the )?(?P<w>(?:first|1st|next|last) (?:(?:working|business|work) ?)?day|day|week|"
        rf"{en.ANY_WEEKDAY}) (?P<side>before|after|following) (?:the )?"
        rf"(?P<f>{_FEASTS})(?: (?:holidays?|break|festival|week))?\b",
        _beside_feast,
    ),
    rule(rf"\b{_WHERE}\s?(?:{_REL} )?quarter\b", _quarter),
    rule(
        r"\b(?:(?P<rel>this|next|last|every|each) )?(?P<end>quarter[ -]end)\b",
        _quarter,
    ),
    rule(rf"\b{_REL} quarter\b", _quarter),
    rule(
        rf"(?:\b{_WHERE}\s?)?\b(?:q(?P<q>[1-4])|(?:the )?(?P<w>first|second|third|"
        rf"fourth) quarter)\b(?P<last>[ -]end)?{_YEAR}?",
        _numbered_quarter,
    ),
    rule(
        rf"(?:\b{_WHERE}\s?)?\b(?:h(?P<h>[12])|(?:the )?(?P<w>first|second) half"
        rf"(?: of (?:the )?year)?(?! of| an| the))\b{_YEAR}?",
        _half,
    ),
    rule(rf"\b{_WHERE}\s?(?:{_REL} )?year\b", _year),
    rule(
        rf"\b{_REL} year\b(?! end)",
        _year,
    ),
    rule(r"\b(?:the )?half[ -]?year(?:'s)?[ -]end\b", lambda _: a_day(_half_end)),
    rule(r"\b(?:the )?year[ -]?end\b", _year_end),
    rule(rf"\b{_WHERE}\s?(?:{_REL} )?week\b(?! of)", _week),
    rule(r"\b(?P<rel>next )?midweek\b", lambda m: _midweek(m) if not got(m, "rel") else None),
    rule(
        rf"\b(?:(?P<after>(?:the day |right |straight |just )?after|following|"
        rf"when we are back from|back from) (?:the )?)?(?P<f>{_FEASTS})(?: (?:holidays?|"
        rf"break|festival|week))?(?: (?P<y>20\d\d))?\b",
        _feast,
    ),
    rule(
        r"\b(?P<side>before|after|following) (?:the )?(?:public |long |national )?holidays?\b",
        _holiday,
    ),
]
