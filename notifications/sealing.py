"""The audit's rows are sealed a little after they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from storage import audit_chain

if TYPE_CHECKING:
    from core.acting import Acting

log = structlog.get_logger(__name__)
BATCH = audit_chain.BATCH


async def seal_audit(acting: Acting) -> int:
    """Seal a batch of the audit, and log where its chain ends: a log is kept elsewhere."""
    del acting
    sealed, head = await audit_chain.seal()
    if sealed:
        log.info("audit_sealed", rows=sealed, head=str(head))
    return sealed
