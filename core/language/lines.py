"""One line in, one JSON object out: what the commands `when` and `understand` print.

`when` gives `{"text", "date", "time"}`; `understand` gives the text and the fields of its first
note. Dates are YYYY-MM-DD, times HH:MM, and null stands for what was not said.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from core.language.names import Portfolio, portfolio_from_json
from core.language.understand import first
from core.language.when import read_when

if TYPE_CHECKING:
    from datetime import date, datetime, time

__all__ = ["Portfolio", "portfolio_from_json", "understand_line", "when_line"]


def when_line(text: str, now: datetime) -> str:
    """The day and time that a phrase says, as JSON."""
    found = read_when(text, now)
    return json.dumps(
        {
            "text": text,
            "date": _day(found.date if found else None),
            "time": _hour(found.time if found else None),
        },
        ensure_ascii=False,
    )


def understand_line(text: str, now: datetime, portfolio: Portfolio) -> str:
    """The fields of a note, as JSON."""
    note = first(text, now, portfolio)
    return json.dumps(
        {
            "text": text,
            "intent": note.intent,
            "customer": note.customer,
            "kind": note.kind,
            "occurred_date": _day(note.occurred_date),
            "amount": note.amount,
            "product": note.product,
            "outcome": note.outcome,
            "follow_up_date": _day(note.follow_up_date),
            "follow_up_time": _hour(note.follow_up_time),
        },
        ensure_ascii=False,
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _hour(hour: time | None) -> str | None:
    return hour.strftime("%H:%M") if hour is not None else None
