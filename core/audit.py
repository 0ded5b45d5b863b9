"""The audit line: one per change or view, in the transaction of the change.

A row is one plain INSERT; the database refuses to change or delete it, and a job seals it later
(storage/audit_chain.py). What was read or exported is named by `action`: "view" is a profile,
"read" a sensitive field that was shown in full, "export" whatever left as a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.models import Audit
from storage.statements import add

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.acting import Absent, Acting


async def record(
    acting: Acting, action: str, subject: str, subject_id: int | None, **detail: Any
) -> None:
    """Write down that the acting person did `action` to a subject."""
    await add(Audit, **_columns(acting, action, subject, subject_id, detail))


async def record_each(
    acting: Acting, action: str, subject: str, subject_ids: Sequence[int], **detail: Any
) -> None:
    """Write down the same of several subjects, a row each, all in one statement."""
    if subject_ids:
        await Audit.bulk_create(
            [_row(acting, action, subject, subject_id, detail) for subject_id in subject_ids]
        )


async def record_all(
    acting: Acting, action: str, subject: str, details: Mapping[int, Mapping[str, Any]]
) -> None:
    """Write down that the acting person did `action` to many subjects, each with its detail."""
    await Audit.bulk_create(
        [_row(acting, action, subject, one, dict(detail)) for one, detail in details.items()]
    )


def acted_for(absent: Absent | None) -> dict[str, int]:
    """The detail that says for whom it was done, where somebody stands in."""
    return {} if absent is None else {"acted_for": absent.id}


def _row(
    acting: Acting, action: str, subject: str, subject_id: int | None, detail: dict[str, Any]
) -> Audit:
    return Audit(**_columns(acting, action, subject, subject_id, detail))


def _columns(
    acting: Acting, action: str, subject: str, subject_id: int | None, detail: dict[str, Any]
) -> dict[str, Any]:
    return {
        "at": acting.now,
        "actor_id": acting.person.id or None,
        "action": action,
        "subject": subject,
        "subject_id": subject_id,
        "detail": detail,
        "cause": acting.cause,
    }
