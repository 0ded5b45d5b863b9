"""How far two places are apart. Pure."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

#: mean radius of the Earth in metres (IUGG)
_EARTH = 6_371_009
#: metres of a degree of latitude
_DEGREE = 111_195


def metres(from_: tuple[float, float], to: tuple[float, float]) -> float:
    """Along the sphere between two (latitude, longitude) in degrees, by the haversine formula.

    Half a per cent off at most, which is less than a phone's own error at a door.
    """
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, one)) for one in (from_, to))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def box(around: tuple[float, float], within: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a box that holds all within so many metres."""
    latitude, longitude = around
    tall = within / _DEGREE
    wide = within / (_DEGREE * max(cos(radians(latitude)), 0.01))
    return latitude - tall, latitude + tall, longitude - wide, longitude + wide
