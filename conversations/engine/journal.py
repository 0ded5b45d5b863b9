"""The journal: what was asked, answered, done and read, in order; and how it is cut and folded.

An entry's number is its place in the list. Entries are never changed, only cut off the end and
added there; a finished sub-dialogue folds its entries into one, which still holds them, so that
an answer inside it can be changed later. Old answers that are cut off become the prefill.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conversations.engine.questions import Json

#: who an answer comes from
GIVEN, PREFILLED, PRESUMED = "given", "prefill", "presumed"
#: the place in a prefill that names the answers which the person gave himself; no key looks so
OWN = "#own"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: `value` is {"v": …}, or {"refused": …}; an answer also has "by"."""

    kind: str
    key: str
    fingerprint: str
    value: dict[str, Any]

    @property
    def given(self) -> bool:
        """Whether it is an answer that the person gave himself."""
        return self.kind == "ask" and self.value["by"] == GIVEN

    @property
    def rows(self) -> tuple[Entry, ...]:
        """The entries that were folded into this one."""
        return tuple(Entry(*row) for row in self.value.get("rows", ()))


def folded(key: str, fingerprint: str, result: Json, rows: Iterable[Entry]) -> Entry:
    """One entry for a finished sub-dialogue."""
    kept = [[row.kind, row.key, row.fingerprint, row.value] for row in rows]
    return Entry("call", key, fingerprint, {"v": result, "rows": kept})


def flat(entries: Iterable[Entry]) -> Iterator[Entry]:
    """All entries in order, folded ones included."""
    for entry in entries:
        yield entry
        yield from flat(entry.rows)


def did(entries: Iterable[Entry]) -> bool:
    """Whether a command took effect; a refused one did not."""
    return any(entry.kind == "do" and "refused" not in entry.value for entry in flat(entries))


def last_given(entries: Sequence[Entry]) -> str | None:
    """The key of the latest answer that the person gave himself."""
    given = [entry.key for entry in flat(entries) if entry.given]
    return given[-1] if given else None


def target(entries: Sequence[Entry], key: str) -> str | None:
    """The answer that `key` means: itself, or the first one given in the sub-dialogue `key`."""
    for entry in flat(entries):
        if entry.key == key and entry.kind == "ask":
            return key
        if entry.key == key and entry.kind == "call":
            return next((row.key for row in flat(entry.rows) if row.given), None)
    return None


def cut(entries: Sequence[Entry], key: str) -> tuple[list[Entry], list[Entry]]:
    """The entries before the answer `key` and those from it on; unfolds what it must."""
    seq = next(n for n, entry in enumerate(entries) if key in {row.key for row in flat([entry])})
    entry = entries[seq]
    if entry.key == key:
        return list(entries[:seq]), list(entries[seq:])
    before, after = cut(entry.rows, key)
    return [*entries[:seq], *before], [*after, *entries[seq + 1 :]]


def offered(
    prefill: dict[str, Json], entries: Sequence[Entry], *, again: str | None = None
) -> dict[str, Json]:
    """The prefill with the answers in `entries` added.

    With `again`, the question that is put again, presumed answers are left out (apart from that
    one): they are presumed anew, because they may depend on what is going to change.
    """
    merged = {key: value for key, value in prefill.items() if key != OWN}
    given = set(prefill.get(OWN, ()))
    for entry in flat(entries):
        if entry.kind != "ask":
            continue
        if again in (None, entry.key) or entry.value["by"] != PRESUMED:
            merged[entry.key] = entry.value["v"]
            (given.add if entry.given else given.discard)(entry.key)
    return {**merged, OWN: sorted(given)} if given else merged


def withdraw(prefill: dict[str, Json], key: str) -> None:
    """Take an old answer out: it was used, or the person gave another one."""
    prefill.pop(key, None)
    given = [other for other in prefill.pop(OWN, ()) if other != key]
    if given:
        prefill[OWN] = given


def own(value: Json) -> Json:
    """A copy that its receiver may change without changing the journal."""
    return deepcopy(value) if isinstance(value, dict | list) else value
