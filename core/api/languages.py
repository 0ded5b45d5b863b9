"""Which of our languages a client prefers."""

from __future__ import annotations

import re

from core.i18n import LOCALES

_RANGE = re.compile(
    r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*"
)


def preferred(header: str) -> str | None:
    """The best of an Accept-Language header that we speak; None where it names none of ours."""
    best: tuple[float, str] | None = None
    for part in header.split(","):
        found = _RANGE.fullmatch(part)
        if found is None or found[1].lower() not in LOCALES:
            continue
        weight = float(found[2] or 1)
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, found[1].lower())
    return best[1] if best else None
