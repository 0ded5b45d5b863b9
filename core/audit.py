"""The audit line: one per change or view, in the transaction of the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.models import Audit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.acting import Absent, Acting


async def record(
    acting: Acting, action: str, subject: str, subject_id: int | None, **detail: Any
) -> None:
    """Write down that the acting person did `action` to a subject."""
    await Audit.create(
        at=acting.now,
        actor_id=acting.person.id or None,
        action=action,
        subject=subject,
        subject_id=subject_id,
        detail=detail,
        cause=acting.cause,
    )


async def record_each(
    acting: Acting, action: str, subject: str, details: Mapping[int, Mapping[str, Any]]
) -> None:
    """Write down that the acting person did `action` to each of many subjects, in one go."""
    await Audit.bulk_create(
        Audit(
            at=acting.now,
            actor_id=acting.person.id or None,
            action=action,
            subject=subject,
            subject_id=subject_id,
            detail=dict(detail),
            cause=acting.cause,
        )
        for subject_id, detail in details.items()
    )


def acted_for(absent: Absent | None) -> dict[str, int]:
    """The detail that says for whom it was done, where somebody stands in."""
    return {} if absent is None else {"acted_for": absent.id}
