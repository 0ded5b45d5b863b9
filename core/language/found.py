"""What a reading of dates gives: a phrase of a text with the day and time it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class When:
    """A day, and a time if one was said, with the words it was read from."""

    date: dt.date
    time: dt.time | None
    span: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of date or time inside a text, read as a plan and as a report."""

    start: int
    end: int
    text: str
    #: the reading as a plan
    date: dt.date
    time: dt.time | None
    #: the reading as a report
    past_date: dt.date
    past_time: dt.time | None
    #: the part of the day that was said (morning, noon, afternoon, evening …)
    part: str | None
    #: a day was said, not only a time
    has_day: bool
    #: an hour was said, not only a part of the day
    exact_time: bool
    #: by, before, within: the day is the last one
    deadline: bool
    recurring: bool
    #: -1 the words look back (yesterday), 1 ahead (next week), 0 either
    sign: int
    #: the span in the normalised text
    at: tuple[int, int]

    def when(self, *, past: bool = False) -> When:
        """The reading as a plan or as a report."""
        day, hour = (self.past_date, self.past_time) if past else (self.date, self.time)
        return When(day, hour, (self.start, self.end), self.text)
