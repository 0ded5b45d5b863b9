"""The proposal of a week, whatever the customers are; and plan against actual."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.rules.weekly import WEIGHTS, Candidate, became_of, ranked, spread
from core.weekly_keeping import ItemView, counted

MONDAY = date(2026, 11, 30)
reasons = st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.none() | st.integers(0, 90))
places = st.none() | st.tuples(st.floats(30, 32), st.floats(120, 122))
people = st.lists(
    st.builds(Candidate, st.integers(1, 60), st.sampled_from("ABCD"), reasons, places),
    max_size=20, unique_by=lambda one: one.customer_id,
)  # fmt: skip
weeks = st.dictionaries(
    st.integers(0, 6).map(lambda n: MONDAY + timedelta(days=n)), st.integers(0, 3), max_size=7
)


@given(people, weeks)
def test_nobody_twice_never_more_than_fits_and_never_for_no_reason(
    found: list[Candidate], free: dict[date, int]
) -> None:
    order = ranked(found)
    plan = spread(order, free)
    ids = [one.customer_id for _, one in plan]
    assert len(ids) == len(set(ids)) == min(len(order), sum(free.values()))
    assert set(ids) == {one.customer_id for one in order[: len(ids)]}
    for day, places_of_day in free.items():
        assert sum(on == day for on, _ in plan) <= places_of_day
    assert all(one.reasons for _, one in plan)


@given(people, st.randoms())
def test_the_order_does_not_hang_on_the_order_of_the_rows(
    found: list[Candidate], chance: object
) -> None:
    shuffled = sorted(found, key=lambda _: chance.random())  # type: ignore[attr-defined]  # hypothesis' own
    assert ranked(found) == ranked(shuffled)


def test_the_graver_reason_goes_first_and_the_grade_decides_between_equals() -> None:
    silent = Candidate(1, "A", {"silent": 40})
    matures = Candidate(2, "D", {"loan_matures": 25})
    both = Candidate(3, "B", {"silent": 70})
    assert [one.customer_id for one in ranked([silent, both, matures])] == [2, 1, 3]


def test_those_near_each_other_are_met_on_one_day() -> None:
    here, there = (31.2, 121.5), (31.9, 121.9)
    order = [
        Candidate(1, "A", {"overdue": None}, here), Candidate(2, "A", {"complaint": None}, there),
        Candidate(3, "A", {"silent": 40}, (31.21, 121.5)),
    ]  # fmt: skip
    tuesday = MONDAY + timedelta(days=1)
    plan = spread(order, {MONDAY: 2, tuesday: 2})
    assert [(day, one.customer_id) for day, one in plan] == [
        (MONDAY, 1), (MONDAY, 3), (tuesday, 2),
    ]  # fmt: skip


@given(
    st.lists(
        st.builds(
            became_of, contacted=st.booleans(),
            status=st.sampled_from(["", "open", "done", "cancelled"]),
            due=st.none() | st.dates(MONDAY, MONDAY + timedelta(days=14)),
            sunday=st.just(MONDAY + timedelta(days=6)), over=st.booleans(),
        )
    )
)  # fmt: skip
def test_what_became_of_a_plan_adds_up(became: list[str]) -> None:
    kept = counted([ItemView(None, one) for one in became])  # type: ignore[arg-type]  # only counted
    assert kept.planned == kept.kept + kept.moved + kept.missed + kept.open == len(became)
    assert 0 <= kept.percent <= 100


def test_a_contact_on_another_day_counts_and_a_moved_one_is_no_miss() -> None:
    sunday = MONDAY + timedelta(days=6)
    later = sunday + timedelta(days=2)
    assert became_of(contacted=True, status="open", due=MONDAY, sunday=sunday, over=True) == "kept"
    assert (
        became_of(contacted=False, status="open", due=later, sunday=sunday, over=True) == "moved"
    )
    assert (
        became_of(contacted=False, status="open", due=MONDAY, sunday=sunday, over=True) == "missed"
    )
    assert (
        became_of(contacted=False, status="open", due=MONDAY, sunday=sunday, over=False) == "open"
    )
