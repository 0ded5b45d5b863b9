"""The other time that is proposed for a leader's plan, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.formats import moment
from core.i18n import texts

if TYPE_CHECKING:
    from datetime import datetime

    from core.acting import Person
    from storage.models import LeaderPlan


def proposed_time(found: LeaderPlan, person: Person, now: datetime) -> str:
    """Fri 27 Nov 10:00 · 120 min, on a person's clock; the length where it was said."""
    assert found.proposed_at is not None
    at = moment(
        found.proposed_at, ZoneInfo(person.zone), person.locale, now,
        all_day=found.proposed_all_day,
    )  # fmt: skip
    if found.proposed_minutes is None:
        return at
    t = texts(person.locale)
    return f"{at} · {t('{n} min', n=found.proposed_minutes)}"
