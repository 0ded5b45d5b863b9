"""Several statements in one message: where one customer's record ends and the next one's begins.

A new statement starts with the clause that names another customer. Clauses that name nobody belong
to the customer named before them; those in front of the first name belong to the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.language.clauses import Clause
    from core.language.names import Mention


@dataclass(frozen=True, slots=True)
class Segment:
    """A statement: its span, its clauses, whom it is about, and the names inside it."""

    start: int
    end: int
    clauses: Sequence[Clause]
    mention: Mention | None
    names: tuple[tuple[int, int], ...]


def segments_of(
    text: str, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> list[Segment]:
    """The statements of a normalised line, at least one."""
    groups: list[tuple[list[Clause], Mention | None]] = [([], None)]
    for clause in clauses:
        here = next((m for m in mentions if clause.start <= m.at[0] < clause.end), None)
        members, about = groups[-1]
        if here is not None and about is not None and _differ(here, about):
            groups.append(([clause], here))
            continue
        members.append(clause)
        if about is None and here is not None:
            groups[-1] = (members, here)
    result = []
    for i, (members, about) in enumerate(groups):
        start = 0 if i == 0 else members[0].start
        end = len(text) if i + 1 == len(groups) else groups[i + 1][0][0].start
        names = tuple(m.at for m in mentions if start <= m.at[0] < end and not m.by_contact)
        result.append(Segment(start, end, members, about, names))
    return result


def _differ(one: Mention, other: Mention) -> bool:
    if one.id is not None and other.id is not None:
        return one.id != other.id
    return not set(one.candidates) & set(other.candidates)
