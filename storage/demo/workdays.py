"""The working days of the demo's bank, as the bank's own rules count them.

`core.rules.workdays` is the bank's calendar; storage may not import it, so this is a small one of
the same facts (a test compares them). Where the State Council's list for a year is not out yet,
the long holidays count in full by custom.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = time(9)
DAY = timedelta(days=1)
_SPRING = "Chinese New Year (Spring Festival)"


class Workdays:
    """The working days of some years around a moment, counted from its day."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)
        self.today = now.astimezone(ZONE).date()
        years = range(self.today.year - 2, self.today.year + 2)
        self._days = [day for year in years for day in _workdays(year)]
        # The last working day whose nine o'clock is past: what is due before is overdue by now.
        self.begun = bisect_right(self._days, self.today) - 1
        if local(self._days[self.begun], MORNING) > now:
            self.begun -= 1
        #: today, or the next working day
        self.next_open = bisect_left(self._days, self.today)

    def day(self, index: int) -> date:
        """The working day with a number."""
        return self._days[index]

    def index(self, day: date) -> int:
        """The number of a day, or of the next working day."""
        return bisect_left(self._days, day)

    def deadlines(self, due_at: datetime) -> tuple[datetime, datetime]:
        """When something due then is overdue, and when the leader hears of it."""
        overdue = bisect_right(self._days, due_at.astimezone(ZONE).date())
        return local(self._days[overdue], MORNING), local(self._days[overdue + 2], MORNING)


def local(day: date, clock: time) -> datetime:
    """A time of a day on the bank's clock, in UTC."""
    return datetime.combine(day, clock, ZONE).astimezone(UTC)


@lru_cache(maxsize=16)
def _workdays(year: int) -> tuple[date, ...]:
    import holidays  # noqa: PLC0415 - a quarter of a second that only the demo needs

    china = holidays.country_holidays("CN", years=[year], language="en_US")
    worked = {day for day in getattr(china, "weekend_workdays", ()) if day.year == year}
    off = {day for day in china if day.year == year}
    if not worked:
        off |= {date(year, 10, 1) + DAY * n for n in range(7)}
        springs = [day for day, name in china.items() if _SPRING in name and day.year == year]
        off |= {min(springs, default=date(year, 2, 5)) + DAY * n for n in range(-1, 7)}
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    days = (first + DAY * n for n in range((after - first).days))
    return tuple(day for day in days if day in worked or (day.weekday() < 5 and day not in off))
