"""Plans of the demo's bank that repeat; the clock plans their days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from storage.demo.organization import LI_WEI
from storage.demo.workdays import ZONE
from storage.models import Series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.models import Customer, Staff

_FRIDAY, _HOUR = 4, 60


def build_series(
    staff: Sequence[Staff], customers: Sequence[Customer], now: datetime
) -> list[Series]:
    """A call every Friday and a visit at the end of every quarter, of the relationship manager."""
    first = next(one for one in staff if one.number == LI_WEI)
    own = [one for one in customers if one.owner_id == first.id][:2]
    today = now.astimezone(ZONE).date()
    friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7 or 7)
    wanted = (
        ("call", "问下周排产", "FREQ=WEEKLY;BYDAY=FR", friday, 16 * _HOUR),
        ("visit", "看库存、收报表", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
         _quarter_end(today), None),
    )  # fmt: skip
    return [
        Series(
            id=number, key=f"demo:series:{number}", customer_id=customer.id, owner_id=first.id,
            created_by_id=first.id, kind=kind, purpose=purpose, rule=rule, begins=begins,
            at_minute=at_minute, next_on=begins, created_at=now,
        )
        for number, ((kind, purpose, rule, begins, at_minute), customer) in enumerate(
            zip(wanted, own, strict=False), 1
        )
    ]  # fmt: skip


def _quarter_end(today: date) -> date:
    """The last day of the quarter, of the next one in its last days."""
    month = (today.month - 1) // 3 * 3 + 4
    last = date(today.year + month // 13, (month - 1) % 12 + 1, 1) - timedelta(days=1)
    return last if (last - today).days > 7 else _quarter_end(last + timedelta(days=1))
