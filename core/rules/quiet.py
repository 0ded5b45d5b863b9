"""Hours in which only replies are delivered: the bank's, and a person's own beyond them. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

#: the earliest hour at which a person's own quiet may begin, and the latest at which it ends
EARLIEST, LATEST = 18, 9


class QuietHours:
    """The hours of the receiver's day in which only replies are delivered."""

    def __init__(self, start: int = 20, end: int = 8) -> None:
        self.start, self.end = start, end

    def hold(self, at: datetime, zone: str, own: tuple[int | None, int | None] = (None, None)
             ) -> datetime:  # fmt: skip
        """The first moment from `at` on that is quiet neither for the bank nor for the person."""
        start, end = own
        mine = QuietHours(self.start if start is None else start, self.end if end is None else end)
        held = self._after(at, zone)
        if start is None and end is None:
            return held
        # The end of the one may lie in the other; a day that is quiet all over is nobody's wish.
        held = mine._after(held, zone)
        return self._after(held, zone)

    def _after(self, at: datetime, zone: str) -> datetime:
        local = at.astimezone(ZoneInfo(zone))
        hour = local.hour
        quiet = (
            (self.start <= hour or hour < self.end)
            if self.start > self.end
            else self.start <= hour < self.end
        )
        if not quiet:
            return at
        day = local.date() + timedelta(days=1 if hour >= self.end else 0)
        return datetime.combine(day, time(self.end), ZoneInfo(zone))

    def starts(self) -> tuple[int, ...]:
        """The hours at which a person's own quiet may begin, the bank's last."""
        return (*range(min(EARLIEST, self.start), self.start), self.start)

    def ends(self) -> tuple[int, ...]:
        """The hours at which it may end, the bank's first."""
        return (self.end, *range(self.end + 1, max(LATEST, self.end) + 1))


_bank = QuietHours()


def bank() -> QuietHours:
    """The bank's quiet hours."""
    return _bank


def configure(quiet: QuietHours) -> None:
    """Set the bank's quiet hours; called once, at start."""
    globals()["_bank"] = quiet
