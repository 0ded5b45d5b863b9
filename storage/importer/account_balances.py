"""An account's own balance follows its series: the newest day's, by one statement for a batch."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from storage.db import dialect, rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_AMONG = {
    "sqlite": "(SELECT value FROM json_each($1))",
    "postgres": "(SELECT unnest($1::bigint[]))",
}


async def follow_series(accounts: Iterable[int], source: str, now: datetime) -> int:
    """Set the balance of these accounts to that of their newest day; returns how many differed.

    An account whose own balance is of a later day than the series keeps it. The series is the
    history of these changes, so they leave no line in the trail.
    """
    ids = sorted(set(accounts))
    if not ids:
        return 0
    lite = dialect() == "sqlite"
    among: Any = json.dumps(ids) if lite else ids
    moment: Any = now.isoformat(" ") if lite else now
    changed = await rows(
        f"""
        UPDATE account SET balance_fen = n.balance_fen, as_of = n.day, source = $2,
               recorded_at = $3
          FROM (SELECT b.account_id, b.day, b.balance_fen
                  FROM balance b
                  JOIN (SELECT account_id, MAX(day) AS day FROM balance
                         WHERE account_id IN {_AMONG["sqlite" if lite else "postgres"]}
                         GROUP BY account_id) AS newest
                    ON newest.account_id = b.account_id AND newest.day = b.day) AS n
         WHERE account.id = n.account_id
           AND (account.as_of IS NULL OR account.as_of <= n.day)
           AND (account.balance_fen IS NULL OR account.balance_fen <> n.balance_fen
                OR account.as_of IS NULL OR account.as_of <> n.day)
        RETURNING account.id
        """,  # noqa: S608 - values are parameters
        among, source, moment,
    )  # fmt: skip
    return len(changed)
