"""The scorecard: a hundred points, better is never less, and trouble caps the grade."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.rules.scorecard import CAPS, FACTORS, GRADES, LINES, Factor, score

BEST = {one.code: (0.0 if one.falling else 1e12) for one in FACTORS}


def test_the_factors_have_a_hundred_points_and_steps_in_their_order() -> None:
    assert sum(one.most for one in FACTORS) == 100
    for one in FACTORS:
        lines = [line for line, _ in one.steps]
        assert lines == sorted(lines, reverse=not one.falling), one.code
        points = [points for _, points in one.steps]
        assert points == sorted(points, reverse=True), one.code
    assert [letter for _, letter in LINES] == list(GRADES)


def test_nothing_known_is_no_points_and_everything_at_its_best_is_all() -> None:
    assert (score({}).points, score({}).grade) == (0, "D")
    assert (score(BEST).points, score(BEST).grade) == (100, "A")


@given(st.sampled_from(FACTORS), st.floats(-2, 1e12), st.floats(-2, 1e12))
def test_a_better_value_never_gives_less(factor: Factor, one: float, other: float) -> None:
    worse, better = sorted((one, other), reverse=factor.falling)
    assert factor.points(worse) <= factor.points(better)


@given(
    st.sampled_from(["normal", "mention", "substandard", "doubtful", "loss"]), st.integers(0, 9)
)
def test_trouble_caps_the_grade_and_is_named(classification: str, overdue: int) -> None:
    found = score(BEST, overdue_fen=overdue, classification=classification)
    if classification == "normal" and not overdue:
        assert (found.grade, found.cap) == ("A", None)
    else:
        assert found.cap is not None
        assert found.grade == CAPS[found.cap][1]
        assert found.grade == ("C" if classification in {"normal", "mention"} else "D")


def test_a_cap_that_takes_nothing_away_is_not_named() -> None:
    found = score({}, overdue_fen=1)
    assert (found.grade, found.cap) == ("D", None)
