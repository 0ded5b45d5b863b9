"""What is worth asking for next: the highest weight, and a branch that fills up."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from core.facts.sections import SECTIONS
from core.rules.completeness import NEEDS, next_need, percent

NAMES = [need.section for need in NEEDS]
SETS = st.sets(st.sampled_from(NAMES))


def test_the_weights_sum_up_to_a_hundred_and_each_category_can_be_asked_for() -> None:
    assert sum(need.weight for need in NEEDS) == 100
    for need in NEEDS:
        section = SECTIONS[need.section]
        assert section.asks
        assert section.by_hand


@given(SETS, SETS)
def test_what_is_asked_is_missing_not_put_off_and_worth_most(
    known: set[str], not_now: set[str]
) -> None:
    left = [need for need in NEEDS if need.section not in known | not_now]
    asked = next_need(known, not_now)
    assert asked in left if left else asked is None
    assert asked is None or asked.weight == max(need.weight for need in left)


def test_the_dozen_firms_that_a_manager_visits_fill_up_within_sixty_working_days() -> None:
    """One question a day, of which three in four are answered, at twelve firms in turn."""
    chance = random.Random(7)
    firms = [set(chance.sample(NAMES, 4)) for _ in range(12)]
    assert sum(map(percent, firms)) / len(firms) < 45
    for day in range(60):
        asked = next_need(firms[day % len(firms)])
        if asked is not None and chance.random() < 0.75:
            firms[day % len(firms)].add(asked.section)
    assert sum(map(percent, firms)) / len(firms) >= 80
