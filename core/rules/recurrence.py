"""Recurrences: on which days a rule falls. Pure.

The calendar's arithmetic is dateutil's. Laid over it is the bank's: a day off moves to the next
working day, the end of a month to the last working day before it; "every working day" leaves days
off out. Two that would fall on one day are one. A rule is kept as the RRULE that it is (RFC 5545).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Literal

from dateutil import rrule

from core.rules.workdays import add_workdays, is_workday

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = timedelta(days=1)
#: the codes of RFC 5545, Monday first
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_EVERY = {"day": 60, "week": 26, "month": 12}
#: how often a series may take place, where that is said
MOST_TIMES = 300
_LAST, _LONGEST, _QUARTER, _YEAR = -1, 31, 3, 12
_COUNTED = (1, 2, 3, 4)
_SHORTEST, _LEAP = 28, 2024
#: quarters by their first month and day, or their last
_QUARTERLY = {(1, 1), (3, _LAST)}
#: a day that was moved lies no further from its own than the longest holiday
_MOVED = 14


@dataclass(frozen=True, slots=True)
class Rule:
    """Every so many days, weeks on days of the week, or months on a day of the month.

    A month has a day (-1 is its end), or the n-th of a weekday (-1 is the last one).
    """

    every: Literal["day", "week", "month"]
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    day: int | None = None
    nth: int | None = None
    #: the first month of a year that counts, for quarters and years; None goes by the first date
    month: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no rule.

        Raises:
            ValueError: if it is none.
        """
        good = 1 <= self.interval <= MOST_EVERY[self.every] and _well_made(self)
        if not good:
            raise ValueError(self)

    @property
    def on_workdays(self) -> bool:
        """Whether it is every working day: days off are left out, make-up days count."""
        return self.every == "week" and self.interval == 1 and self.weekdays == (0, 1, 2, 3, 4)


def _well_made(rule: Rule) -> bool:
    days = rule.weekdays
    if list(days) != sorted(set(days)) or not all(0 <= one < len(_CODES) for one in days):
        return False
    if rule.every != "month":
        monthly = (rule.day, rule.nth, rule.month)
        fits = bool(days) if rule.every == "week" else rule.interval > 1 and not days
        return fits and monthly == (None, None, None)
    if rule.nth is not None:
        one_day = len(days) == 1 and rule.day is rule.month is None
        return one_day and rule.nth in {*_COUNTED, _LAST}
    return not days and _day_of_month(rule)


def _day_of_month(rule: Rule) -> bool:
    if rule.day is None or not (rule.day == _LAST or 1 <= rule.day <= _LONGEST):
        return False
    if rule.month is None:
        return True
    if rule.interval == _QUARTER:
        return (rule.month, rule.day) in _QUARTERLY
    return rule.interval == _YEAR and _in_year(rule.month, rule.day)


def _in_year(month: int, day: int) -> bool:
    """Whether every year has that day, its end being December's alone."""
    if day == _LAST:
        return month == _YEAR
    return 1 <= month <= _YEAR and day <= monthrange(_LEAP, month)[1]


WORKDAYS = Rule("week", weekdays=(0, 1, 2, 3, 4))


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule and its end: a last day, or how often; neither goes on until it is ended."""

    rule: Rule
    ends_on: date | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day of the rule, and the day on which it takes place."""

    on: date
    day: date


def days_of(what: Recurrence, begins: date) -> Iterator[Occurrence]:
    """Its days from the first one on, strictly one after the other."""
    found = _days(what.rule, begins)
    if what.ends_on is not None:
        last = what.ends_on
        found = takewhile(lambda one: one.on <= last, found)
        found = (one for one in found if one.day <= last)
    return islice(found, what.times)


def _days(rule: Rule, begins: date) -> Iterator[Occurrence]:
    last: date | None = None
    for on in _named(rule, begins):
        day = placed(rule, on)
        if last is None or day > last:
            last = day
            yield Occurrence(on, day)


def placed(rule: Rule, on: date) -> date:
    """The working day on which a day of the rule takes place."""
    if is_workday(on):
        return on
    return add_workdays(on, -1 if rule.day == _LAST else 1)


def _named(rule: Rule, begins: date) -> Iterator[date]:
    """The days that the rule names from a day on; `begins` fixes which weeks or months."""
    if rule.on_workdays:
        named = rrule.rrule(rrule.DAILY, dtstart=_midnight(begins))
        return (each.date() for each in named if is_workday(each.date()))
    return (each.date() for each in _calendar(rule, begins))


def _calendar(rule: Rule, begins: date) -> rrule.rrule:
    start = _midnight(begins)
    if rule.every == "day":
        return rrule.rrule(rrule.DAILY, start, interval=rule.interval)
    if rule.every == "week":
        return rrule.rrule(
            rrule.WEEKLY, start, interval=rule.interval, byweekday=rule.weekdays, wkst=rrule.MO
        )
    months = _months(rule)
    # Where the month of the year is said, it and not the first date says which months count.
    interval = 1 if months else rule.interval
    if rule.nth is not None:
        weekday = rrule.weekday(rule.weekdays[0], rule.nth)
        return rrule.rrule(rrule.MONTHLY, start.replace(day=1), interval=interval,
                           byweekday=weekday).xafter(start, inc=True)  # fmt: skip
    assert rule.day is not None
    # The 31st of a month that has none is its last day.
    days = (_LAST,) if rule.day == _LAST else tuple(range(min(_SHORTEST, rule.day), rule.day + 1))
    return rrule.rrule(
        rrule.MONTHLY, start.replace(day=1), interval=interval, bymonth=months, bymonthday=days,
        bysetpos=-1,
    ).xafter(start, inc=True)  # fmt: skip


def _months(rule: Rule) -> tuple[int, ...] | None:
    return tuple(range(rule.month, _YEAR + 1, rule.interval)) if rule.month else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def first_day(rule: Rule, now: datetime, at: time | None, start: date | None = None) -> date:
    """The first day of the rule after now (a moment on the person's clock), from `start` on.

    Today counts where an hour is said that is still to come. The day that is returned is the
    rule's own; `placed` says when it takes place.
    """
    today = now.date()
    least = today if at is not None and at > now.time() else today + DAY
    start = max(start or least, least)
    # The first week or month decides which of every two count, so any of them may be the first.
    often = rule if rule.every == "day" else _often(rule)
    return next(on for on in _named(often, start) if placed(rule, on) >= start)


def _often(rule: Rule) -> Rule:
    """The rule without its interval, where the first date decides."""
    return rule if rule.month is not None else replace(rule, interval=1)


def fitted(rule: Rule, day: date) -> Rule:
    """The rule moved so that it falls on a day: every Friday becomes every Thursday.

    One of several days of the week stays as it is.
    """
    if rule.every == "day" or len(rule.weekdays) > 1:
        return rule
    if rule.every == "week":
        return replace(rule, weekdays=(day.weekday(),))
    if rule.nth is not None:
        nth = (day.day - 1) // 7 + 1
        return replace(rule, nth=nth if nth in _COUNTED else _LAST, weekdays=(day.weekday(),))
    month = day.month if rule.interval == _YEAR and rule.month is not None else None
    return replace(rule, day=day.day, month=month)


def begun(rule: Rule, day: date) -> tuple[Rule, date]:
    """The rule and its own first day, where it is to take place first on `day`.

    A day that a holiday moved there counts as itself; any other has the rule fitted to it.
    """
    if rule.every == "day":
        return rule, day
    near = takewhile(lambda on: on <= day + DAY * _MOVED, _named(_often(rule), day - DAY * _MOVED))
    found = [on for on in near if placed(rule, on) == day]
    if found:
        return rule, max(found)
    rule = fitted(rule, day)
    return rule, next(_named(_often(rule), day))


def coming(rule: Rule, day: date) -> date:
    """The rule's own first day that takes place on that day or later."""
    if rule.every == "day":
        return day
    near = _named(_often(rule), day - DAY * _MOVED)
    return next(on for on in near if placed(rule, on) >= day)


def moved(rule: Rule, was: date, to: date) -> tuple[Rule, date]:
    """The rule and its first day from where one of its days (`was`, its own) moves to `to`.

    Of several days of the week that one is exchanged.
    """
    if to in {was, placed(rule, was)}:
        return rule, was
    if rule.every == "week" and len(rule.weekdays) > 1 and not rule.on_workdays:
        others = {*rule.weekdays} - {was.weekday()}
        rule = replace(rule, weekdays=tuple(sorted({*others, to.weekday()})))
        return rule, next(_named(rule, to))
    return begun(rule, to)


# -- as it is kept ----------------------------------------------------------------------------


def written(rule: Rule) -> str:
    """The RRULE: FREQ=WEEKLY;INTERVAL=2;BYDAY=FR."""
    months = _months(rule)
    yearly = months is not None and rule.interval == _YEAR
    names = {"day": "DAILY", "week": "WEEKLY", "month": "YEARLY" if yearly else "MONTHLY"}
    parts = [f"FREQ={names[rule.every]}"]
    if rule.interval > 1 and months is None:
        parts.append(f"INTERVAL={rule.interval}")
    if months is not None:
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    if rule.weekdays:
        nth = "" if rule.nth is None else str(rule.nth)
        parts.append("BYDAY=" + ",".join(nth + _CODES[one] for one in rule.weekdays))
    if rule.day is not None:
        parts.append(f"BYMONTHDAY={rule.day}")
    return ";".join(parts)


def read(text: str) -> Rule:
    """The rule that an RRULE of ours says.

    Raises:
        ValueError: if it is none, or none of those that are kept.
    """
    parts = dict(part.split("=", 1) for part in text.split(";"))
    freq = parts.pop("FREQ", "")
    every: dict[str, Literal["day", "week", "month"]] = {
        "DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "month",
    }  # fmt: skip
    if freq not in every or parts.keys() - {"INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH"}:
        raise ValueError(text)
    interval, months = int(parts.get("INTERVAL", "1")), parts.get("BYMONTH", "")
    month = int(months.split(",")[0]) if months else None
    if months:
        interval = _YEAR // len(months.split(","))
    nth, days = _weekdays(parts.get("BYDAY", ""))
    day = int(parts["BYMONTHDAY"]) if "BYMONTHDAY" in parts else None
    if every[freq] == "day" and interval == 1:
        return WORKDAYS
    rule = Rule(every[freq], interval, days, day, nth, month)
    if _months(rule) != (tuple(map(int, months.split(","))) if months else None):
        raise ValueError(text)
    return rule


def _weekdays(text: str) -> tuple[int | None, tuple[int, ...]]:
    """The n of the n-th weekday if one is said, and the weekdays."""
    codes = [one for one in text.split(",") if one]
    nths = {one[:-2] for one in codes}
    nth = int(nths.pop()) if len(nths) == 1 and nths != {""} else None
    return nth, tuple(sorted(_CODES.index(one[-2:]) for one in codes))
