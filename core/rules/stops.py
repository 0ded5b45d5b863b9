"""Which customers near a place are worth a stop. Pure."""

from __future__ import annotations

#: days of silence of whom nobody has ever contacted
NEVER = 365
_KILOMETRE = 1000


def worth(silent_days: int | None, metres: float) -> float:
    """Days without contact, divided by one and the kilometres: 60 days here are 180 at 2 km.

    A plain rule of ours, to be told in a sentence; nothing was fitted.
    """
    days = NEVER if silent_days is None else max(0, silent_days)
    return days / (1 + metres / _KILOMETRE)
