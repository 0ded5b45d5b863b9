"""The working calendar: make-up days, years without a list, the bank's own table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules import workdays


@pytest.fixture(autouse=True)
def _no_overrides() -> Iterator[None]:
    yield
    workdays.override({})


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # a Saturday worked for National Day
        (date(2026, 10, 11), False),
        (date(2026, 9, 20), True),
        (date(2026, 11, 23), True),
        (date(2027, 2, 8), False),
        (date(2027, 10, 7), False),
    ],
)
def test_days_off_and_make_up_days(day: date, *, worked: bool) -> None:
    assert workdays.is_workday(day) is worked


def test_counting_starts_on_the_next_day() -> None:
    assert workdays.add_workdays(date(2026, 11, 23), 3) == date(2026, 11, 26)
    assert workdays.add_workdays(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert workdays.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert workdays.add_workdays(date(2026, 10, 1), 0) == date(2026, 10, 1)
    assert workdays.next_workday(date(2026, 9, 30)) == date(2026, 10, 8)


def test_a_year_without_a_list_says_so() -> None:
    assert workdays.is_announced(2026)
    assert not workdays.is_announced(2035)


def test_the_banks_own_table_wins() -> None:
    workdays.override({date(2026, 11, 24): False, date(2026, 11, 28): True})
    assert workdays.next_workday(date(2026, 11, 23)) == date(2026, 11, 25)
    assert workdays.is_workday(date(2026, 11, 28))


@settings(deadline=None)
@given(st.dates(date(2026, 1, 1), date(2028, 12, 1)), st.integers(1, 30))
def test_there_and_back_is_a_working_day(day: date, count: int) -> None:
    there = workdays.add_workdays(day, count)
    assert workdays.is_workday(there)
    between = (day + timedelta(days=i) for i in range(1, (there - day).days + 1))
    assert sum(workdays.is_workday(d) for d in between) == count


def test_a_run_of_rest_has_both_its_ends() -> None:
    assert workdays.run_of_rest(date(2026, 10, 3)) == (date(2026, 10, 1), date(2026, 10, 7))
