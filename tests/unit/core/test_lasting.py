"""How long a planned visit takes: read from a line, kept when it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.lengths import minutes_said, minutes_said_at
from core.rules.lasting import LONGEST, SHORTEST, end_after, moved_end, planned_end

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
LENGTHS = st.integers(SHORTEST, LONGEST)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them naive


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("周四下午2点到4点拜访华兴", 120),
        ("周四下午两点半到四点", 90),
        ("下午2:00-3:30见明达", 90),
        ("visit Huaxing Thu 2-3:30pm", 90),
        ("from 11am to 1pm", 120),
        ("for an hour and a half", 90),
        ("for two hours", 120),
        ("拜访华兴半小时", 30),
        ("开会一个半小时", 90),
        ("半小时后打给王总", None),
        ("call back in two hours", None),
        ("提前10分钟提醒我", None),
        ("loan of 3-5m", None),
        ("贷款3到5年", None),
        ("11-27 3pm", None),
        ("500万到800万", None),
        ("周四2点", None),
    ],
)
def test_a_length_is_read_and_a_delay_is_none(line: str, minutes: int | None) -> None:
    assert minutes_said(line) == minutes


@pytest.mark.parametrize(
    ("line", "phrase", "minutes"),
    [
        ("刚拜访,聊了半小时,下周二下午3点去两小时", "下周二下午3点", 120),
        ("下周二下午3点到5点再谈,今天聊了一小时", "下周二下午3点到5点", 120),
        ("下周二下午3点再去,大概两小时", "下周二下午3点", 120),
        ("下周二下午3点再去,今天聊了两小时", "下周二下午3点", None),
        ("聊了两小时约下周二下午三点再谈", "下周二下午三点", None),
        ("called for an hour, back Tuesday 3pm for 45 minutes", "Tuesday 3pm", 45),
        ("called for an hour, back Tuesday 3pm, about 90 minutes. Likes us", "Tuesday 3pm", 90),
        ("called for half an hour, meet Tuesday 3pm. Stayed for an hour", "Tuesday 3pm", None),
    ],
)
def test_a_length_said_of_the_next_step_is_told_from_others(
    line: str, phrase: str, minutes: int | None
) -> None:
    assert minutes_said_at(line, line.index(phrase)) == minutes


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), length=st.integers(5, 719))
def test_a_span_of_two_times_says_their_difference(hour: int, minute: int, length: int) -> None:
    start = NOON.replace(hour=hour, minute=minute)
    end = start + timedelta(minutes=length)
    assert minutes_said(f"{start:%H:%M}-{end:%H:%M}") == length
    assert minutes_said(f"{start:%H:%M}到{end:%H:%M}") == length


@given(due=MOMENTS, to=MOMENTS, minutes=LENGTHS)
def test_what_is_moved_takes_as_long_as_before(due: datetime, to: datetime, minutes: int) -> None:
    end = end_after(due, minutes, all_day=False)
    moved = moved_end(due, end, to, all_day=False)
    assert moved is not None
    assert moved - to == timedelta(minutes=minutes)
    assert moved_end(due, end, to, all_day=True) is None


@given(due=MOMENTS, minutes=st.none() | LENGTHS, kind=st.sampled_from(["visit", "call", "sms"]))
def test_every_plan_ends_after_it_begins(due: datetime, minutes: int | None, kind: str) -> None:
    assert planned_end(due, end_after(due, minutes, all_day=False), kind) > due
