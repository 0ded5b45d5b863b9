"""The working calendar of mainland China, make-up days (调休) included.

The facts come from the `holidays` package; a bank's own table of changes is laid over them by
`override`, because the State Council's list for a new year appears late in the old one. For a
year without that list the long holidays still count in full, but make-up Saturdays and Sundays
are unknown: `is_announced` says so. The package is loaded at the first question, not at start-up.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = timedelta(days=1)
#: days off in a row from the first day of the two long holidays, where no list is out yet
_GOLDEN_WEEK = 7
_SPRING_FESTIVAL = 8

_overrides: dict[date, bool] = {}


@lru_cache(maxsize=64)
def _year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The weekdays off and the weekend days worked of one year."""
    import holidays  # noqa: PLC0415 - a quarter of a second that most commands never need

    china = holidays.country_holidays("CN", years=[year], language="en_US")
    worked = frozenset(d for d in getattr(china, "weekend_workdays", ()) if d.year == year)
    off = {d for d in china if d.year == year}
    if not worked:
        # No official list: holidays knows the statutory days only; the weeks are by custom.
        off |= {date(year, 10, 1) + DAY * i for i in range(_GOLDEN_WEEK)}
        eve = spring_festival(year) - DAY
        off |= {eve + DAY * i for i in range(_SPRING_FESTIVAL)}
    return frozenset(off), worked


@lru_cache(maxsize=256)
def festival(name: str, year: int) -> date | None:
    """The first day of a festival by its English name in `holidays`, in that year."""
    import holidays  # noqa: PLC0415 - as above

    china = holidays.country_holidays("CN", years=[year], language="en_US")
    days = [d for d, label in china.items() if d.year == year and label == name]
    # Where two feasts share a day the label holds both.
    days = days or [d for d, label in china.items() if d.year == year and name in label]
    return min(days, default=None)


def spring_festival(year: int) -> date:
    """The first day of the first lunar month."""
    found = festival("Chinese New Year (Spring Festival)", year)
    return found if found is not None else date(year, 2, 5)


def override(days: Mapping[date, bool]) -> None:
    """Replace the bank's own table: a date and whether it is worked."""
    _overrides.clear()
    _overrides.update(days)


def is_announced(year: int) -> bool:
    """Whether the year's make-up days are known."""
    return bool(_year(year)[1])


def is_workday(d: date) -> bool:
    """Whether banks' offices work on that day."""
    if d in _overrides:
        return _overrides[d]
    off, worked = _year(d.year)
    if d in worked:
        return True
    return d.weekday() < 5 and d not in off


def next_workday(d: date) -> date:
    """The first working day after `d`."""
    return add_workdays(d, 1)


def add_workdays(d: date, n: int) -> date:
    """The n-th working day after `d` (before it, if n is negative); `d` itself for 0.

    Counting starts on the day after: three working days from a Monday are Thursday.
    """
    step = DAY if n > 0 else -DAY
    left = abs(n)
    while left:
        d += step
        left -= is_workday(d)
    return d


def run_of_rest(d: date) -> tuple[date, date]:
    """The first and last day of the unbroken days off around a day off."""
    first = last = d
    while not is_workday(first - DAY):
        first -= DAY
    while not is_workday(last + DAY):
        last += DAY
    return first, last
