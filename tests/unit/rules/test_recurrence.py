"""Rules of recurrence: their days, their written form, and how they move."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.recurrence import (
    WORKDAYS,
    Recurrence,
    Rule,
    begun,
    days_of,
    first_day,
    moved,
    placed,
    read,
    written,
)
from core.rules.workdays import is_workday
from tests.support.recurrences import recurrences, rules

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def _some(rule: Rule, begins: date, n: int = 6) -> list[date]:
    return [one.day for one in islice(days_of(Recurrence(rule), begins), n)]


@given(rules)
def test_a_rule_is_read_back_from_its_written_form(rule: Rule) -> None:
    assert read(written(rule)) == rule


@given(recurrences, days)
def test_days_are_working_days_strictly_one_after_the_other(
    what: Recurrence, begins: date
) -> None:
    found = list(islice(days_of(what, begins), 12))
    assert all(one.day < other.day and one.on < other.on for one, other in pairwise(found))
    assert all(is_workday(one.day) for one in found)
    assert all(one.on >= begins for one in found)
    assert what.ends_on is None or all(one.day <= what.ends_on for one in found)
    assert what.times is None or len(found) <= what.times


@given(rules, days, st.times())
def test_the_first_day_comes_after_now(rule: Rule, today: date, clock: time) -> None:
    for at in (None, time(15)):
        first = first_day(rule, datetime.combine(today, clock), at)
        where = placed(rule, first)
        assert where > today or (where == today and at is not None and at > clock)


@given(rules, days)
def test_a_rule_begun_on_a_working_day_takes_place_there(rule: Rule, day: date) -> None:
    if not is_workday(day):
        return
    begins = begun(rule, day)
    first = next(days_of(Recurrence(begins[0]), begins[1]))
    if rule.every == "day" or len(rule.weekdays) < 2 or rule.on_workdays:
        assert first.day == day
    else:
        assert first.day >= day


@given(rules, days, st.integers(1, 6))
def test_a_rule_that_is_moved_goes_on_from_the_new_day(rule: Rule, day: date, by: int) -> None:
    was = first_day(rule, datetime.combine(day, time()), None)
    to = was + timedelta(days=by)
    if not is_workday(to):
        return
    after, begins = moved(rule, was, to)
    assert next(days_of(Recurrence(after), begins)).day >= placed(rule, was)
    if len(rule.weekdays) < 2 and rule.every != "day":
        assert next(days_of(Recurrence(after), begins)).day == to


def test_a_day_on_a_holiday_moves_to_the_next_working_day() -> None:
    # National Day 2026: off until 7 October, worked on Saturday the 10th.
    assert _some(Rule("week", weekdays=(3,)), date(2026, 9, 24), 3) == [
        date(2026, 9, 24), date(2026, 10, 8), date(2026, 10, 15),
    ]  # fmt: skip


def test_two_that_fall_on_one_day_are_one() -> None:
    found = _some(Rule("week", weekdays=(0, 3)), date(2026, 10, 1), 3)
    assert found == [date(2026, 10, 8), date(2026, 10, 12), date(2026, 10, 15)]


def test_every_working_day_leaves_days_off_out_and_counts_make_up_days() -> None:
    found = _some(WORKDAYS, date(2026, 9, 30), 4)
    assert found == [
        date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10),
    ]  # fmt: skip


def test_a_saturday_that_is_worked_stays() -> None:
    found = _some(Rule("month", day=10), date(2026, 10, 1), 1)
    assert found == [date(2026, 10, 10)]


def test_the_end_of_a_month_moves_back_to_its_last_working_day() -> None:
    found = _some(Rule("month", day=-1), date(2026, 1, 1), 3)
    assert found == [date(2026, 1, 30), date(2026, 2, 28), date(2026, 3, 31)]


def test_every_second_friday_keeps_its_weeks() -> None:
    found = _some(Rule("week", 2, (4,)), date(2026, 11, 27), 3)
    assert found == [date(2026, 11, 27), date(2026, 12, 11), date(2026, 12, 25)]


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    on = [
        one.on for one in islice(days_of(Recurrence(Rule("month", day=31)), date(2027, 1, 1)), 3)
    ]
    assert on == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_one_day_of_several_is_exchanged() -> None:
    rule, begins = moved(Rule("week", weekdays=(0, 3)), date(2026, 12, 3), date(2026, 12, 4))
    assert rule == Rule("week", weekdays=(0, 4))
    assert begins == date(2026, 12, 4)


def test_moving_only_the_hour_keeps_the_rule() -> None:
    # 1 January is off: the visit is on Monday the 4th, and moves there to another hour.
    rule = Rule("week", weekdays=(4,))
    assert moved(rule, date(2027, 1, 1), date(2027, 1, 4)) == (rule, date(2027, 1, 1))


@pytest.mark.parametrize(
    "text",
    ["", "FREQ=HOURLY", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ=MONTHLY;BYMONTHDAY=0",
     "FREQ=MONTHLY;BYMONTHDAY=40", "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "FREQ=MONTHLY;BYDAY=5MO",
     "FREQ=WEEKLY;INTERVAL=0;BYDAY=MO", "FREQ=MONTHLY;BYMONTH=1,2;BYMONTHDAY=1",
     "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "x", "FREQ=WEEKLY;INTERVAL=x;BYDAY=MO"],
)  # fmt: skip
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of its sentences
        read(text)
