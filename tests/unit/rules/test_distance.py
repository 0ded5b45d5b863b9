"""How far two places are apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.distance import box, metres

SHORE, PUDONG = (31.2397, 121.4900), (31.2397, 121.4998)
places = st.tuples(st.floats(-60, 60), st.floats(-179, 179))


def test_across_the_huangpu_is_nine_hundred_metres() -> None:
    assert metres(SHORE, PUDONG) == pytest.approx(932, rel=0.01)
    assert metres((31.2304, 121.4737), (39.9042, 116.4074)) == pytest.approx(1_067_000, rel=0.01)


@given(places, places)
def test_there_is_as_far_as_back_and_nowhere_is_here(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert metres(one, other) == pytest.approx(metres(other, one))
    assert metres(one, one) == 0


@given(places, st.floats(10, 5000), st.floats(-1, 1), st.floats(-1, 1))
def test_what_is_within_the_distance_is_within_the_box(
    here: tuple[float, float], within: float, up: float, right: float
) -> None:
    there = (here[0] + up * 0.05, here[1] + right * 0.05)
    south, north, west, east = box(here, within)
    if metres(here, there) <= within * 0.99:
        assert south <= there[0] <= north
        assert west <= there[1] <= east
