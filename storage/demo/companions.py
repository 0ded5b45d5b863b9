"""Visits of two officers in the demo: one that was confirmed, and one that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.demo.organization import LI_WEI
from storage.models import Companion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.models import Activity, Staff

#: of the latest visits, the newest first
STATUSES = ("waiting", "confirmed")


def build_companions(staff: Sequence[Staff], activities: Sequence[Activity]) -> list[Companion]:
    """The latest visits of the demo's relationship manager, each with a colleague of the team."""
    first = next(one for one in staff if one.number == LI_WEI)
    mates = [
        one for one in staff
        if one.unit_id == first.unit_id and one.role == "rm" and one.id != first.id
    ]  # fmt: skip
    visits = sorted(
        (one for one in activities if one.author_id == first.id and one.kind == "visit"),
        key=lambda one: one.occurred_at, reverse=True,
    )  # fmt: skip
    return [
        Companion(
            id=number, key=f"demo:second:{number}", duty="second", activity_id=visit.id,
            staff_id=mates[number % len(mates)].id, asked_by_id=first.id,
            asked_at=visit.recorded_at, status=status,
            answered_at=visit.recorded_at if status == "confirmed" else None,
        )
        for number, (visit, status) in enumerate(zip(visits, STATUSES, strict=False), 1)
        if mates
    ]  # fmt: skip
