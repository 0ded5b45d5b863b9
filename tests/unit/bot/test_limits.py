"""The pace: never above the limit, replies first, nothing that may wait is starved."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.limits import GROUP, PRIVATE, OwnPace, Pace, unlimited

RATES = st.sampled_from([0.5, 1, 5, 29, 200, 1000])
SECONDS = st.floats(0, 3)


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def most_at_once(per_second: float) -> float:
    return max(1.0, 0.7 * per_second)


def never_above(sent: list[float], burst: float, per_second: float) -> bool:
    """Whether no span of time, of whatever length, holds more than the bucket can give."""
    return all(
        last - first + 1 <= burst + (sent[last] - sent[first]) * per_second + 1e-3
        for first in range(len(sent))
        for last in range(first, len(sent))
    )


@given(RATES, st.lists(st.tuples(st.booleans(), st.integers(1, 40), SECONDS), max_size=40))
async def test_never_more_is_sent_than_the_overall_pace_allows(
    per_second: float, deeds: list[tuple[bool, int, float]]
) -> None:
    clock = Hand()
    pace = OwnPace(per_second, clock)
    sent = []
    for is_reply, wanted, pause in deeds:
        if is_reply:
            sent.append(clock.now + await pace.reply())
        else:
            granted, _ = await pace.spare(wanted)
            assert granted <= wanted
            sent += [clock.now] * granted
        clock.now += pause
    assert never_above(sorted(sent), most_at_once(per_second), per_second)


@given(st.lists(st.tuples(st.integers(1, 100), st.floats(0, 0.2)), min_size=1, max_size=60))
async def test_a_reply_never_waits_for_what_may_wait(floods: list[tuple[int, float]]) -> None:
    clock = Hand()
    pace = OwnPace(29, clock)
    for wanted, pause in floods:
        await pace.spare(wanted)
        clock.now += pause
    for _ in range(8):
        assert await pace.reply() == 0


@given(RATES)
async def test_what_may_wait_goes_out_at_the_full_pace(per_second: float) -> None:
    clock = Hand()
    pace = OwnPace(per_second, clock)
    began, sent = clock.now, 0
    while sent < 50:
        granted, again = await pace.spare(pace.batch)
        sent += granted
        assert granted == pace.batch or again > 0
        clock.now += again + 1e-6
    assert clock.now - began <= 50 / per_second + 2 * pace.batch / per_second + 1e-3


async def test_replies_beyond_the_pace_wait_their_turn_one_after_the_other() -> None:
    clock = Hand()
    pace = OwnPace(10, clock)
    waits = [await pace.reply() for _ in range(12)]
    assert waits[:7] == pytest.approx([0] * 7)
    assert [after - before for before, after in pairwise(waits[6:])] == pytest.approx([0.1] * 5)


@pytest.mark.parametrize("pace", [PRIVATE, GROUP, Pace(1, 2.5)])
@given(st.lists(SECONDS, max_size=40))
def test_a_chat_is_never_sent_more_than_its_pace_allows(pace: Pace, pauses: list[float]) -> None:
    now, full_at, sent = 1000.0, 0.0, []
    for pause in pauses:
        now += pace.wait(full_at, now)
        full_at = pace.taken(full_at, now)
        sent.append(now)
        now += pause
    assert never_above(sent, pace.burst, pace.per_second)


async def test_without_limits_nobody_waits() -> None:
    limits = unlimited()
    assert await limits.overall.reply() == 0
    assert await limits.overall.spare(500) == (500, 0)
    assert limits.of(-1).wait(1000.0, 1000.0) == limits.of(1).wait(1000.0, 1000.0) == 0


def test_a_chat_waits_for_no_moment_from_before_the_clock_was_set_back() -> None:
    now, before = 1_000.0, 4_600.0
    assert PRIVATE.wait(before, now) == 0
    full_at = PRIVATE.taken(before, now)
    assert full_at == now + PRIVATE.burst / PRIVATE.per_second
    assert PRIVATE.wait(full_at, now) == 1 / PRIVATE.per_second
