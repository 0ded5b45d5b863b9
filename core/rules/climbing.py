"""Up the tree: who hears next of what nobody has acted on. Pure.

Each step goes to a unit strictly above the last one's, so it comes to an end whoever leads, is
away or has left: units are no circle, as leaders' stand-ins may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Rung:
    """A leader of a unit at or above somebody's own."""

    staff_id: int
    #: the unit's, "/1/4/9/"
    path: str
    #: whether the leader, or who stands in, can be told anything
    reachable: bool


def next_rung(rungs: Iterable[Rung], own: str, told: str = "") -> Rung | None:
    """Who hears of it next, of a person in the unit `own`; None where nobody is left.

    `told` is the path of the unit whose leader heard of it last, empty for nobody. Who can't be
    told is passed over.
    """
    above = [
        rung
        for rung in rungs
        if rung.reachable
        and own.startswith(rung.path)
        and (not told or len(rung.path) < len(told))
    ]
    return max(above, key=lambda rung: (len(rung.path), -rung.staff_id), default=None)
