"""When an alert is told: never at night or on a day off, always at last."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.rules.alerts import (
    ALERTS,
    CLOSES,
    DIGEST,
    LABELS,
    OPENS,
    escalated_from,
    next_digest,
    told_from,
    tomorrow,
)
from core.rules.crossings import CROSSINGS
from core.rules.workdays import is_workday

ZONE = ZoneInfo("Asia/Shanghai")
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 - the zone is put on
    lambda at: at.replace(tzinfo=ZONE)
)


def test_every_line_that_is_crossed_has_a_rule() -> None:
    assert set(CROSSINGS) < set(ALERTS) == set(LABELS)


@given(moments, st.sampled_from(["now", "digest"]))
def test_nothing_is_told_at_night_or_on_a_day_off(local: datetime, timing: str) -> None:
    at = told_from(local, timing)
    assert at >= local
    assert is_workday(at.date())
    assert OPENS <= at.time() < CLOSES
    assert at - local <= timedelta(days=14)


@given(moments)
def test_the_digest_and_tomorrow_are_at_their_hour(local: datetime) -> None:
    assert next_digest(local).time() == tomorrow(local).time() == DIGEST
    assert tomorrow(local).date() > local.date()


@given(moments, st.sampled_from(sorted(ALERTS)))
def test_every_escalation_comes_after_the_telling_and_in_the_end(
    local: datetime, code: str
) -> None:
    at = escalated_from(local, ALERTS[code].escalate_after)
    if ALERTS[code].escalate_after is None:
        assert at is None
    else:
        assert at is not None
        assert timedelta() < at - local <= timedelta(days=20)
