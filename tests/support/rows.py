"""What a whole database holds, as one hash: a refused command must not change it."""

from __future__ import annotations

import hashlib

from storage import db, models


async def fingerprint(*, without: tuple[str, ...] = ()) -> str:
    """A hash of every row of every table, but for those of some models."""
    digest = hashlib.sha256()
    for name in models.__all__:
        if name in without:
            continue
        meta = getattr(models, name)._meta
        found = await db.rows(f'SELECT * FROM "{meta.db_table}" ORDER BY "{meta.db_pk_column}"')
        digest.update(f"{name}{found}".encode())
    return digest.hexdigest()
