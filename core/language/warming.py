"""What understanding a line needs is loaded once, beside the start instead of before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language import learned
from core.language.name_parts import english_core
from core.language.when import find_whens

if TYPE_CHECKING:
    from datetime import datetime


def warm_up(now: datetime) -> None:
    """Load calendars, the dictionary of readings and the weights: no first line is a slow one."""
    learned.load()
    find_whens("春节后三个工作日", now)
    find_whens("in 3 business days", now)
    english_core("Shanghai Brightway")
