"""How long it takes from one customer to the next: a rough figure, no map is asked. Pure.

Roads are longer than the straight line by a factor of 1.2 to 1.4 in most countries (Ballou,
Rahardja and Sakai, "Selected country circuity factors for road travel distance estimation", 2002).
The speeds and the minutes for parking are our assumptions.
"""

from __future__ import annotations

from math import ceil

DETOUR = 1.3
#: so far it is town traffic, beyond it is the road, in km and km/h
TOWN_KM, TOWN_SPEED, ROAD_SPEED = 10.0, 25.0, 60.0
#: to park, and to be let in
ARRIVING = 10
#: metres within which nobody needs to be told
NEXT_DOOR = 2000


def road_km(metres: float) -> float:
    """Kilometres by road for so many metres of straight line."""
    return metres * DETOUR / 1000


def travel_minutes(metres: float) -> int:
    """Minutes for so many metres of straight line, to the next five."""
    road = road_km(metres)
    town = min(road, TOWN_KM)
    minutes = town / TOWN_SPEED * 60 + (road - town) / ROAD_SPEED * 60 + ARRIVING
    return ceil(minutes / 5) * 5
