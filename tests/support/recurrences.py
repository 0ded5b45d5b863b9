"""Rules of recurrence for properties."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from core.rules.recurrence import WORKDAYS, Recurrence, Rule

_weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
_day = st.integers(-1, 31).filter(bool)
_yearly = st.builds(
    lambda month, day: Rule("month", 12, day=day, month=month), st.integers(1, 12),
    st.integers(1, 28),
)  # fmt: skip
#: every kind that there is
rules = st.one_of(
    st.just(WORKDAYS),
    st.builds(lambda n: Rule("day", n), st.integers(2, 30)),
    st.builds(lambda n, days: Rule("week", n, days), st.integers(1, 8), _weekdays),
    st.builds(lambda n, day: Rule("month", n, day=day), st.integers(1, 12), _day),
    st.builds(
        lambda n, nth, weekday: Rule("month", n, (weekday,), nth=nth), st.integers(1, 12),
        st.sampled_from([1, 2, 3, 4, -1]), st.integers(0, 6),
    ),
    st.sampled_from([Rule("month", 3, day=1, month=1), Rule("month", 3, day=-1, month=3)]),
    st.just(Rule("month", 12, day=-1, month=12)),
    _yearly,
)  # fmt: skip
_ends = st.one_of(st.none(), st.dates(date(2027, 6, 1), date(2030, 12, 31)))
recurrences = st.one_of(
    st.builds(Recurrence, rules, _ends),
    st.builds(Recurrence, rules, st.none(), st.integers(2, 60)),
)
