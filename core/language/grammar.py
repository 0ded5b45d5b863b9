"""The parts a date phrase is built from, and the arithmetic of calendars behind them.

A rule of a grammar is a pattern with a builder; the builder gives a `Meaning`, which is resolved
only later, when it is known whether the sentence plans or reports. `when` cuts a text into these
parts, joins neighbours and resolves them. Nothing here knows a language.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from core.language import festivals
from core.rules.workdays import add_workdays, is_workday, next_workday

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = timedelta(days=1)
WEEK = timedelta(days=7)

Kind = Literal["day", "weekday", "week", "month", "part", "clock", "moment"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a phrase is read against: the moment of the message, and plan or report."""

    now: datetime
    past: bool

    @property
    def today(self) -> date:
        """The day of the message on the person's own calendar."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one part of a phrase says; only the fields of its kind are set."""

    kind: Kind
    #: the day it names when it stands alone
    day: Callable[[Context], date | None] | None = None
    #: week: the Monday of the week it names; month: the first of the month it names
    start: Callable[[Context], date] | None = None
    weekday: int | None = None
    #: moment: a point in time counted from now
    at: Callable[[Context], datetime] | None = None
    part: str | None = None
    clock: time | None = None
    #: the clock said am or pm, or is written in 24 hours: no guessing about the half of the day
    exact: bool = False
    #: the word itself looks back (-1: yesterday) or ahead (+1: next week)
    sign: int = 0
    deadline: bool = False
    recurring: bool = False
    #: too common a word to be a date on its own (一点, sat, may)
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of a grammar."""

    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Meaning | None]


def got(m: re.Match[str], name: str) -> Any:
    """A group's text, None too where the pattern has no such group.

    Typed as `re.Match` types its own items: the pattern beside the builder says what it is.
    """
    return m.groupdict().get(name)


def rule(pattern: str, build: Callable[[re.Match[str]], Meaning | None]) -> Rule:
    """A rule from a pattern in verbose-free syntax."""
    # ASCII: a Chinese character beside an English word is a word boundary.
    return Rule(re.compile(pattern, re.ASCII), build)


@dataclass(frozen=True, slots=True)
class Atom:
    """A meaning at its place in the normalised text."""

    start: int
    end: int
    meaning: Meaning


#: the hour a part of the day stands for when no hour is said
PART_HOURS: dict[str, time | None] = {
    "dawn": None,
    "morning": time(9),
    "noon": time(12),
    "lunch": time(13),
    "afternoon": time(15),
    "dusk": time(18),
    "evening": time(19),
    "end": None,
}


#: the hours that are an afternoon's, an evening's … when said without am and pm
_PART_SHIFT: dict[str | None, range] = {
    "afternoon": range(12),
    "dusk": range(12),
    "evening": range(4, 12),
    "noon": range(4),
    "lunch": range(4),
}
#: without a part of the day, bankers' hours: nobody meets at three in the morning
_OPEN_SHIFT = range(1, 7)


def on_clock(clock: time, part: str | None, *, exact: bool) -> tuple[time, int]:
    """The time meant by an hour with a part of the day, and the days to carry (12 at night)."""
    hour = clock.hour
    if part == "evening" and (hour == 12 or (hour < 4 and not exact)):
        return clock.replace(hour=hour % 12), 1
    if part == "dawn":
        hour %= 12
    elif part in {None, "end"}:
        if not exact and hour in _OPEN_SHIFT:
            hour += 12
    elif hour in _PART_SHIFT.get(part, ()):
        hour += 12
    return clock.replace(hour=hour), 0


def valid(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is no such day."""
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1990 <= year <= 2100):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=512)
def last_of(year: int, month: int) -> int:
    """The number of days of a month."""
    return calendar.monthrange(year, month)[1]


def add_months(d: date, months: int) -> date:
    """The same day of another month, or its last one if there is no such day."""
    index = d.year * 12 + d.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        return d
    return date(year, month + 1, min(d.day, last_of(year, month + 1)))


def month_day(c: Context, month: int, day: int) -> date | None:
    """A day and month without a year: the coming one, or for a report the last one."""
    years = (c.today.year + i for i in ((0, -1, -4) if c.past else (0, 1, 2, 3, 4)))
    for year in years:
        found = valid(year, month, day)
        if found and (found <= c.today if c.past else found >= c.today):
            return found
    return None


def day_of_month(c: Context, day: int) -> date | None:
    """A bare day of the month: the coming one, or for a report the last one."""
    first = c.today.replace(day=1)
    for shift in (0, -1, -2) if c.past else (0, 1, 2):
        month = add_months(first, shift)
        found = valid(month.year, month.month, day)
        if found and (found <= c.today if c.past else found >= c.today):
            return found
    return None


def this_monday(c: Context) -> date:
    """The Monday of the present week; weeks run from Monday to Sunday."""
    return c.today - DAY * c.today.weekday()


def weekday_alone(c: Context, weekday: int) -> date:
    """A weekday said alone: the coming one, never today; for a report the last one or today."""
    ahead = (weekday - c.today.weekday()) % 7
    if c.past:
        return c.today - DAY * ((7 - ahead) % 7)
    return c.today + DAY * (ahead or 7)


def month_position(first: date, position: str) -> date:
    """The day that the beginning, middle or end of a month stands for."""
    last = last_of(first.year, first.month)
    return first.replace(day={"start": 1, "mid": 15, "late": 21, "end": last}[position])


def month_alone(c: Context, position: str) -> date:
    """月初, 月中, 月底 without a month: the coming one, or for a report the last one."""
    first = c.today.replace(day=1)
    found = month_position(first, position)
    if c.past and found > c.today:
        return month_position(add_months(first, -1), position)
    if not c.past and found < c.today:
        return month_position(add_months(first, 1), position)
    return found


def quarter_start(d: date) -> date:
    """The first day of the quarter of a day."""
    return date(d.year, (d.month - 1) // 3 * 3 + 1, 1)


def quarter_position(first: date, position: str) -> date:
    """The day that the beginning, middle or end of a quarter stands for."""
    if position == "end":
        return add_months(first, 3) - DAY
    if position == "start":
        return first
    return month_position(add_months(first, 1 if position == "mid" else 2), "mid")


def year_position(year: int, position: str) -> date:
    """The day that the beginning, middle or end of a year stands for."""
    return {
        "start": date(year, 1, 1),
        "mid": date(year, 6, 30),
        "late": date(year, 12, 1),
        "end": date(year, 12, 31),
    }[position]


def week_position(monday: date, position: str) -> date:
    """The day that the beginning, middle or end of a week stands for."""
    return monday + DAY * {"start": 0, "mid": 2, "late": 4, "end": 4}[position]


def workday_today(c: Context) -> date:
    """Today if the bank works today, else its next working day."""
    return c.today if is_workday(c.today) else next_workday(c.today)


def nth_weekday(first: date, n: int, weekday: int) -> date | None:
    """The n-th such weekday of the month starting at `first`; n = -1 is the last one."""
    if n < 0:
        last = first.replace(day=last_of(first.year, first.month))
        return last - DAY * ((last.weekday() - weekday) % 7)
    found = first + DAY * ((weekday - first.weekday()) % 7) + WEEK * (n - 1)
    return found if found.month == first.month else None


def feast(c: Context, key: str) -> date:
    """A feast: the coming one, or for a report the last one."""
    return festivals.gone(key, c.today) if c.past else festivals.coming(key, c.today)


def after_feast(c: Context, key: str) -> date:
    """The first day after a feast's days off, not yet over."""
    if c.past:
        return festivals.day_after(key, festivals.gone(key, c.today))
    this = festivals.day_after(key, festivals.in_year(key, c.today.year))
    if this > c.today:
        return this
    return festivals.day_after(key, festivals.in_year(key, c.today.year + 1))


# -- short ways to write the meanings of the grammars ------------------------------------------


def a_day(
    resolve: Callable[[Context], date | None], sign: int = 0, *, deadline: bool = False
) -> Meaning:
    """A part that names a day by itself."""
    return Meaning("day", day=resolve, sign=sign, deadline=deadline)


def a_date(year: int, month: int, day: int) -> Meaning | None:
    """A day with its year, if it exists."""
    found = valid(year, month, day)
    return a_day(lambda _: found) if found else None


def a_month_day(month: int, day: int) -> Meaning | None:
    """A month and a day without a year, if there can be such a day."""
    if valid(2000, month, day) is None:
        return None
    return a_day(lambda c: month_day(c, month, day))


def a_shift(days: int) -> Meaning:
    """A number of days from today."""
    sign = (days > 0) - (days < 0)
    return a_day(lambda c: c.today + DAY * days, sign)


def a_week(shift: int) -> Meaning:
    """A week counted from this one; alone it means its Monday, this week means today."""

    def start(c: Context) -> date:
        return this_monday(c) + WEEK * shift

    def alone(c: Context) -> date:
        return start(c) if shift else c.today

    return Meaning("week", day=alone, start=start, sign=(shift > 0) - (shift < 0))


def a_month(shift: int) -> Meaning:
    """A month counted from this one; alone it means its first day, this month means today."""

    def start(c: Context) -> date:
        return add_months(c.today.replace(day=1), shift)

    def alone(c: Context) -> date:
        return start(c) if shift else c.today

    return Meaning("month", day=alone, start=start, sign=(shift > 0) - (shift < 0))


def a_weekday(weekday: int, shift: int | None = None, *, recurring: bool = False) -> Meaning:
    """A weekday, alone or of a week counted from this one."""
    if shift is None:
        return Meaning(
            "weekday",
            day=lambda c: weekday_alone(replace(c, past=c.past and not recurring), weekday),
            weekday=weekday,
            recurring=recurring,
        )
    return Meaning(
        "weekday",
        day=lambda c: this_monday(c) + WEEK * shift + DAY * weekday,
        weekday=weekday,
        sign=(shift > 0) - (shift < 0),
    )


def a_part(part: str, **more: bool) -> Meaning:
    """A part of the day."""
    return Meaning("part", part=part, **more)  # type: ignore[arg-type]


def a_clock(
    hour: int, minute: int = 0, *, exact: bool = False, weak: bool = False
) -> Meaning | None:
    """A time of day, if there is such a time."""
    if hour == 24 and minute == 0:
        hour = 0
        exact = True
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        return None
    # 0 and 13 upwards can only be the 24-hour clock.
    return Meaning(
        "clock", clock=time(hour, minute), exact=exact or hour > 12 or hour == 0, weak=weak
    )


def a_moment(minutes: float) -> Meaning:
    """A number of minutes from now, seconds left out."""
    delta = timedelta(minutes=minutes)
    return Meaning(
        "moment",
        at=lambda c: (c.now + delta).replace(second=0, microsecond=0),
        sign=1 if minutes > 0 else -1,
    )


def an_offset(count: float, unit: str, sign: int) -> Meaning | None:
    """A number of units from now: 三天后, in two weeks, 半个月前."""
    if count > 3000:
        return None
    n = count * sign
    if unit in _MINUTES:
        return a_moment(n * _MINUTES[unit])
    if unit == "workday":
        return a_day(lambda c: add_workdays(c.today, int(n)), sign)
    if unit == "day":
        return a_moment(n * 1440) if count % 1 else a_shift(int(n))
    if unit == "week":
        return _weeks(int(n * 7), sign)
    months = _MONTHS[unit] * count
    whole, half = int(months), months % 1
    return a_day(lambda c: add_months(c.today, whole * sign) + DAY * round(half * 30) * sign, sign)


_MINUTES = {"minute": 1, "hour": 60}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _weeks(days: int, sign: int) -> Meaning:
    return Meaning(
        "week",
        day=lambda c: c.today + DAY * days,
        start=lambda c: this_monday(c) + DAY * (days - days % 7),
        sign=sign,
    )
