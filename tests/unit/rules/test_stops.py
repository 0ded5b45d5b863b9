"""Which stop is worth more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.rules.stops import NEVER, worth

DAYS, METRES = st.integers(0, 3000), st.floats(0, 5000)


@given(days=DAYS, more=st.integers(1, 100), metres=METRES)
def test_longer_silence_is_worth_more(days: int, more: int, metres: float) -> None:
    assert worth(days + more, metres) > worth(days, metres)


@given(days=st.integers(1, 3000), near=st.integers(0, 4000), further=st.integers(1, 1000))
def test_what_is_nearer_is_worth_more(days: int, near: int, further: int) -> None:
    assert worth(days, near) > worth(days, near + further)


def test_who_was_never_contacted_counts_as_a_year_of_silence() -> None:
    assert worth(None, 0) == worth(NEVER, 0)
