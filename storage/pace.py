"""A pace that several processes keep together: a bucket of tokens in one row of the database.

The server's clock counts, so the processes' own clocks may differ. The table is not logged: a
server that crashes forgets it, and an empty one is a full bucket.
"""

from __future__ import annotations

from storage.db import rows

_GRANTED = (
    "LEAST($2::float8, GREATEST(0, FLOOR($4::float8"
    " - GREATEST(p.full_at - excluded.asked_at, 0) * $3::float8)))"
)
_TAKE = (
    "INSERT INTO pace AS p (name, asked_at, full_at, granted)"  # noqa: S608 - a constant of this file
    " SELECT $1, c.now, c.now + c.first / $3::float8, c.first"
    " FROM (SELECT EXTRACT(EPOCH FROM clock_timestamp())::float8 AS now,"
    " LEAST($2::float8, FLOOR($4::float8)) AS first) c"
    " ON CONFLICT (name) DO UPDATE SET asked_at = excluded.asked_at,"
    f" granted = {_GRANTED},"
    f" full_at = GREATEST(p.full_at, excluded.asked_at) + {_GRANTED} / $3::float8"
    " RETURNING granted, full_at - asked_at AS full_in"
)


async def take(name: str, wanted: int, per_second: float, *, most: float) -> tuple[int, float]:
    """Take up to `wanted` tokens, but let no more than `most` be missing from the bucket.

    Returns how many were taken, and in how many seconds the bucket would be full again. Only on
    PostgreSQL: SQLite has one sender, which keeps its own.
    """
    found = await rows(_TAKE, name, wanted, per_second, most)
    return int(found[0]["granted"]), float(found[0]["full_in"])
