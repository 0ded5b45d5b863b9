"""The audit's chain: rows are sealed in the order in which they are found, and checked.

A row is written without its seal, so that writers don't wait for each other. Sealing it comes
after: each seal hashes the seal before it and the row. The chain follows the seals' own numbers,
not the rows': a row that was committed late simply gets a later seal. See docs/adr/0017.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from storage.db import dialect, rows, transaction
from storage.models import AuditSeal

if TYPE_CHECKING:
    from collections.abc import Iterable

#: how many rows are sealed in one transaction
BATCH = 1_000
#: how many rows back from the newest sealed one a late row is looked for each time
LOOK_BACK = 20_000
#: what the first seal follows
BEGINNING = "0" * 64
_READ = 5_000
_LOCK = 7_240_017
_ROW = "a.id, a.at, a.actor_id, a.action, a.subject, a.subject_id, a.detail, a.cause"


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: kept elsewhere, it tells whether seals were cut off."""

    number: int = 0
    hash: str = BEGINNING

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold."""

    what: Literal["row_changed", "row_removed", "seal_removed", "end_removed", "other_chain"]
    number: int
    audit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found."""

    checked: int
    head: Head
    broken: Broken | None


async def seal(limit: int = BATCH, *, whole: bool = False) -> tuple[int, Head]:
    """Seal committed rows that bear no seal yet, the oldest first.

    Looks at what came after the newest sealed rows, and at all of it with `whole`. Returns how
    many were sealed, and where the chain ends now.
    """
    async with transaction():
        if dialect() == "postgres":
            await rows("SELECT pg_advisory_xact_lock($1) AS locked", _LOCK)
        before = await head()
        found = await rows(
            f"SELECT {_ROW} FROM audit a WHERE a.id > $1 AND NOT EXISTS"  # noqa: S608 - constants of this file
            " (SELECT 1 FROM audit_seal s WHERE s.audit_id = a.id) ORDER BY a.id LIMIT $2",
            -(2**63) if whole else await _newest() - LOOK_BACK,
            limit,
        )
        seals = list(_links(before, found))
        if not seals:
            return 0, before
        await AuditSeal.bulk_create(seals)
    return len(seals), Head(seals[-1].number, seals[-1].hash)


async def head() -> Head:
    """Where the chain ends."""
    found = await rows("SELECT number, hash FROM audit_seal ORDER BY number DESC LIMIT 1")
    return Head(int(found[0]["number"]), found[0]["hash"]) if found else Head()


async def verify(known: Head | None = None) -> Verdict:
    """Walk along the whole chain and stop at the first link that does not hold.

    `known` is a head that was noted before: whether seals were cut off at the end, only that can
    tell.
    """
    last = Head()
    while True:
        found = await rows(
            f"SELECT s.number, s.audit_id, s.hash, {_ROW} FROM audit_seal s"  # noqa: S608 - constants of this file
            " LEFT JOIN audit a ON a.id = s.audit_id WHERE s.number > $1"
            " ORDER BY s.number LIMIT $2",
            last.number,
            _READ,
        )
        for row in found:
            broken = _fault(last, row, known)
            if broken is not None:
                return Verdict(last.number, last, broken)
            last = Head(int(row["number"]), row["hash"])
        if len(found) < _READ:
            break
    if known is not None and known.number > last.number:
        return Verdict(last.number, last, Broken("end_removed", last.number + 1))
    return Verdict(last.number, last, None)


async def unsealed(before: datetime) -> int:
    """How many rows written before a moment bear no seal: usually none is older than minutes."""
    earliest = before.astimezone(UTC)
    found = await rows(
        "SELECT COUNT(*) AS n FROM audit a WHERE a.at < $1 AND NOT EXISTS"
        " (SELECT 1 FROM audit_seal s WHERE s.audit_id = a.id)",
        earliest if dialect() == "postgres" else str(earliest),
    )
    return int(found[0]["n"])


def _fault(last: Head, row: dict[str, Any], known: Head | None) -> Broken | None:
    number, audit_id = int(row["number"]), int(row["audit_id"])
    if number != last.number + 1:
        return Broken("seal_removed", last.number + 1)
    if row["id"] is None:
        return Broken("row_removed", number, audit_id)
    try:
        whole = _hash(last.hash, row) == row["hash"]
    except ValueError:  # what it holds now is not even a moment, or no JSON
        whole = False
    if not whole:
        return Broken("row_changed", number, audit_id)
    if known is not None and known.number == number and known.hash != row["hash"]:
        return Broken("other_chain", number, audit_id)
    return None


async def _newest() -> int:
    found = await rows("SELECT MAX(audit_id) AS newest FROM audit_seal")
    return int(found[0]["newest"] or 0)


def _links(before: Head, found: Iterable[dict[str, Any]]) -> Iterable[AuditSeal]:
    number, previous = before.number, before.hash
    for row in found:
        number, previous = number + 1, _hash(previous, row)
        yield AuditSeal(number=number, audit_id=row["id"], hash=previous)


def _hash(previous: str, row: dict[str, Any]) -> str:
    """The hash of a row in its canonical form, the same on both engines, after the one before."""
    moment, detail = datetime.fromisoformat(str(row["at"])), row["detail"]
    body = [
        row["id"],
        moment.astimezone(UTC).isoformat(timespec="microseconds"),
        row["actor_id"],
        row["action"],
        row["subject"],
        row["subject_id"],
        json.loads(detail) if isinstance(detail, str) else detail,
        row["cause"],
    ]
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
