"""What one of two merged customers withdrew holds for both: it is one firm that said it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core.facts.writing import AmendFact, amend_fact
from storage.models import Consent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.acting import Acting


async def withdraw_as_merged(acting: Acting, kept_id: int, merged_id: int) -> list[dict[str, Any]]:
    """Withdraw what the merged customer withdrew and the kept one gave, and no later than that.

    Call it when the rows have gone over: what is left at the merged customer has a twin at the
    kept one. Returns what `give_again` needs.
    """
    withdrawn = await Consent.filter(customer_id=merged_id, given=False, ended_at=None)
    standing = {
        one.kind: one
        for one in await Consent.filter(customer_id=kept_id, given=True, ended_at=None)
    }
    before = []
    for one in withdrawn:
        twin = standing.get(one.kind)
        if twin is None or (twin.as_of and one.as_of and twin.as_of > one.as_of):
            continue
        before.append(
            {
                "id": twin.id,
                "valid_until": twin.valid_until.isoformat() if twin.valid_until else "",
                "source": twin.source,
                "as_of": twin.as_of.isoformat() if twin.as_of else None,
                "recorded_at": twin.recorded_at.isoformat(),
                "recorded_by_id": twin.recorded_by_id,
            }
        )
        await amend_fact(acting, AmendFact("consents", twin.id, {"given": "0", "valid_until": ""}))
    return before


async def give_again(acting: Acting, before: Sequence[dict[str, Any]]) -> None:
    """Have those consents stand as they were that only the merge withdrew."""
    for one in before:
        values = {"given": "1", "valid_until": str(one["valid_until"])}
        await amend_fact(acting, AmendFact("consents", int(one["id"]), values))
        await Consent.filter(id=one["id"]).update(
            source=one["source"],
            as_of=date.fromisoformat(one["as_of"]) if one["as_of"] else None,
            recorded_at=datetime.fromisoformat(one["recorded_at"]),
            recorded_by_id=one["recorded_by_id"],
        )
