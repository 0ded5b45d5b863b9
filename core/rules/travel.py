"""How long it takes from one customer to the next: a rough figure, no map is asked. Pure.

Roads are longer than the straight line by a factor of 1.2 to 1.4 in most countries (Ballou,
Rahardja and Sakai, "Selected country circuity factors for road travel distance estimation", 2002).
The speeds and the minutes for parking are our assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from core.rules.distance import metres

if TYPE_CHECKING:
    from datetime import datetime

DETOUR = 1.3
#: so far it is town traffic, beyond it is the road, in km and km/h
TOWN_KM, TOWN_SPEED, ROAD_SPEED = 10.0, 25.0, 60.0
#: to park, and to be let in
ARRIVING = 10
#: metres within which nobody needs to be told
NEXT_DOOR = 2000


def road_km(away: float) -> float:
    """Kilometres by road for so many metres of straight line."""
    return away * DETOUR / 1000


def travel_minutes(away: float) -> int:
    """Minutes for so many metres of straight line, to the next five."""
    road = road_km(away)
    town = min(road, TOWN_KM)
    minutes = town / TOWN_SPEED * 60 + (road - town) / ROAD_SPEED * 60 + ARRIVING
    return ceil(minutes / 5) * 5


@dataclass(frozen=True, slots=True)
class Stay:
    """Somewhere from a moment to a moment; no place where the firm has no position on record."""

    begins: datetime
    ends: datetime
    place: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Way:
    """From one visit to the next, for which there is too little time."""

    #: by road
    km: int
    minutes: int
    #: minutes from the end of the one to the beginning of the other
    left: int


def overlap(one: Stay, other: Stay) -> bool:
    """Whether one begins before the other is over."""
    return one.begins < other.ends and other.begins < one.ends


def too_tight(before: Stay, after: Stay) -> Way | None:
    """The way between two visits, where it takes longer than there is time; else None."""
    if before.ends > after.begins or before.place is None or after.place is None:
        return None
    away = metres(before.place, after.place)
    minutes = travel_minutes(away)
    left = after.begins - before.ends
    if away <= NEXT_DOOR or left >= timedelta(minutes=minutes):
        return None
    return Way(round(road_km(away)), minutes, int(left.total_seconds() // 60))
