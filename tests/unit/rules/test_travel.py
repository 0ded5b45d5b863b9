"""How long it takes from one customer to the next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.rules.travel import road_km, travel_minutes

far = st.floats(0, 2_000_000)


def test_the_figures_are_those_of_town_and_road() -> None:
    assert travel_minutes(0) == 10
    assert travel_minutes(5_000) == 30  # 6.5 km in town
    assert travel_minutes(20_000) == 50  # 10 km in town, 16 on the road
    assert road_km(20_000) == 26


@given(far, far)
def test_farther_never_takes_less_and_a_stop_between_never_saves_time(
    one: float, other: float
) -> None:
    assert travel_minutes(max(one, other)) >= travel_minutes(min(one, other))
    assert travel_minutes(one) + travel_minutes(other) >= travel_minutes(one + other)
    assert travel_minutes(one) % 5 == 0
