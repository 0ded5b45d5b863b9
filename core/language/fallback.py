"""A last try with dateparser, for explicit English dates that our own grammar leaves unread.

It is asked only for short texts with a figure and an English word, never to search a note, and is
loaded only then: 25 MB and a quarter of a second that most processes never need.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

_EXPLICIT = re.compile(r"[a-z]{3}.*\d|\d.*[a-z]{3}", re.IGNORECASE)
_LONGEST = 40


def explicit_english(text: str, now: datetime) -> date | None:
    """The day of a date that names its day and month, or None."""
    short = text.strip()
    if not short.isascii() or len(short) > _LONGEST or not _EXPLICIT.search(short):
        return None
    import dateparser  # noqa: PLC0415 - see above

    parsed = dateparser.parse(
        short,
        languages=["en"],
        settings={
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "REQUIRE_PARTS": ["day", "month"],
            "STRICT_PARSING": True,
        },
    )
    return parsed.date() if parsed is not None else None
