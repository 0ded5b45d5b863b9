"""When a leader is told that there is no answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.leader_plans import BEFORE_DUE, PATIENCE, late_at

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@given(st.integers(min_value=0, max_value=3 * 366 * 24 * 60))
def test_it_is_told_within_four_hours_and_in_time_for_another_colleague(minutes: int) -> None:
    due = NOW + timedelta(minutes=minutes)
    told = late_at(NOW, due)
    assert NOW <= told <= NOW + PATIENCE
    assert told <= due
    if due - NOW >= BEFORE_DUE:
        assert told <= due - BEFORE_DUE
