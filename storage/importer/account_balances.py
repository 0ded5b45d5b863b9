"""An account's own balance follows its series: the newest day's, by one statement for a batch."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from storage.db import dialect, rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_AMONG = {
    "sqlite": "(SELECT value AS id FROM json_each($1))",
    "postgres": "(SELECT unnest($1::bigint[]) AS id)",
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
    # The newest day by itself is one step in the index; grouped, every day of the account is read.
    changed = await rows(
        f"""
        UPDATE account SET balance_fen = n.balance_fen, as_of = n.day, source = $2,
               recorded_at = $3
          FROM (SELECT b.account_id, b.day, b.balance_fen
                  FROM {_AMONG["sqlite" if lite else "postgres"]} AS one
                 CROSS JOIN balance b
                 WHERE b.account_id = one.id
                   AND b.day = (SELECT MAX(m.day) FROM balance m WHERE m.account_id = one.id)
               ) AS n
         WHERE account.id = n.account_id
           AND (account.as_of IS NULL OR account.as_of <= n.day)
           AND (account.balance_fen IS NULL OR account.balance_fen <> n.balance_fen
                OR account.as_of IS NULL OR account.as_of <> n.day)
        RETURNING account.id
        """,  # noqa: S608 - values are parameters
        among, source, moment,
    )  # fmt: skip
    return len(changed)
