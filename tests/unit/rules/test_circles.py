"""Guarantee circles: all that are planted are found, and none that is not there."""

from __future__ import annotations

from itertools import pairwise, permutations
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.circles import BOTH_WAYS, Firm, Tie, circles, circles_made

KINDS = ("guarantees", "mutual", "joint", "subsidiary", "common_control")
FIRMS = st.sampled_from([1, 2, 3, 4, "Five", "六"])
TIES = st.lists(st.builds(Tie, FIRMS, FIRMS, st.sampled_from(KINDS)), max_size=9)


def arrows(ties: list[Tie]) -> set[tuple[Firm, Firm]]:
    """The guarantees as pairs, written a second time and more plainly than in the code."""
    pairs: set[tuple[Firm, Firm]] = set()
    for tie in ties:
        if tie.kind in {"guarantees", "mutual", "joint"} and tie.source != tie.target:
            pairs.add((tie.source, tie.target))
            if tie.kind != "guarantees":
                pairs.add((tie.target, tie.source))
    return pairs


def steps(circle: tuple[Firm, ...]) -> set[tuple[Firm, Firm]]:
    return set(pairwise([*circle, circle[0]]))


def all_circles(pairs: set[tuple[Firm, Firm]]) -> list[tuple[Firm, ...]]:
    """Every simple circle, by trying all orders of all firms."""
    firms = sorted({firm for pair in pairs for firm in pair}, key=str)
    return [
        order
        for length in range(2, len(firms) + 1)
        for order in permutations(firms, length)
        if steps(order) <= pairs
    ]


def test_two_firms_that_guarantee_each_other_are_a_circle() -> None:
    assert circles([Tie(1, 2, "guarantees"), Tie(2, 1, "guarantees")]) == ((1, 2),)
    assert circles([Tie(1, 2, "mutual")]) == ((1, 2),)


def test_a_circle_goes_through_firms_that_are_no_customers() -> None:
    ring = [Tie(7, "Wide", "guarantees"), Tie("Wide", 3, "guarantees"), Tie(3, 7, "guarantees")]
    assert circles(ring) == ((3, 7, "Wide"),)


def test_a_chain_ownership_and_a_guarantee_for_oneself_are_no_circle() -> None:
    assert circles([Tie(1, 2, "guarantees"), Tie(2, 3, "guarantees")]) == ()
    assert circles([Tie(1, 2, "subsidiary"), Tie(2, 1, "subsidiary")]) == ()
    assert circles([Tie(1, 1, "guarantees")]) == ()


def test_the_guarantee_that_would_close_a_circle_is_told_with_its_way() -> None:
    chain = [Tie(1, 2, "guarantees"), Tie(2, 3, "guarantees")]
    assert circles_made(chain, Tie(3, 1, "guarantees")) == ((1, 2, 3),)
    assert circles_made(chain, Tie(1, 3, "guarantees")) == ()
    assert circles_made(chain, Tie(3, 1, "subsidiary")) == ()
    # A mutual one is a circle by itself, and closes the chain, too.
    assert circles_made(chain, Tie(3, 1, "mutual")) == ((1, 3), (1, 2, 3))


def test_a_joint_guarantee_of_many_firms_is_told_in_pairs_at_once() -> None:
    ties = [Tie(one, two, "joint") for one in range(20) for two in range(one)]
    assert len(circles(ties)) == 20 * 19 / 2
    assert {len(one) for one in circles(ties)} == {2}


def test_a_chain_longer_than_the_stack_is_deep_closes() -> None:
    ties = [Tie(n, n + 1, "guarantees") for n in range(3000)]
    assert circles(ties) == ()
    assert circles_made(ties, Tie(3000, 0, "guarantees")) == (tuple(range(3001)),)


@given(TIES)
def test_every_circle_told_is_there_and_every_guarantee_on_one_is_in_the_shortest(
    ties: list[Tie],
) -> None:
    pairs, found = arrows(ties), circles(ties)
    real = all_circles(pairs)
    assert all(steps(one) <= pairs and len(set(one)) == len(one) for one in found)
    assert len({frozenset(steps(one)) for one in found}) == len(found)
    for pair in pairs:
        through = [len(one) for one in real if pair in steps(one)]
        told = [len(one) for one in found if pair in steps(one)]
        assert min(through, default=0) == min(told, default=0)


@given(TIES, st.builds(Tie, FIRMS, FIRMS, st.sampled_from(KINDS)))
def test_a_new_guarantee_is_told_to_close_circles_where_it_then_lies_on_one(
    ties: list[Tie], added: Tie
) -> None:
    pairs = arrows([*ties, added])
    made = circles_made(ties, added)
    assert all(steps(one) <= pairs and steps(one) & arrows([added]) for one in made)
    on_one = any(steps(one) & arrows([added]) for one in all_circles(pairs))
    assert bool(made) == on_one
    assert on_one or added.kind not in BOTH_WAYS or added.source == added.target


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_circles_planted_among_five_thousand_firms_are_found_within_a_second(
    seed: int,
) -> None:
    random = Random(seed)
    firms = list(range(5000))
    random.shuffle(firms)
    planted: set[tuple[Firm, ...]] = set()
    ties: list[Tie] = []
    at = 0
    # Noise runs from earlier blocks to later ones only, and so closes nothing.
    for length in [2, 3, 4, 5, 6, 7, 8] * 20:
        ring = tuple(firms[at : at + length])
        at += length
        ties += [Tie(*step, "guarantees") for step in steps(ring)]
        first = ring.index(min(ring))
        planted.add((*ring[first:], *ring[:first]))
    for _ in range(10_000):
        source, target = sorted(random.sample(range(at, 5000), 2))
        ties.append(Tie(firms[source], firms[target], "guarantees"))
        ties.append(Tie(firms[random.randrange(at)], firms[target], "guarantees"))
    random.shuffle(ties)
    started = process_time()
    found = circles(ties)
    assert process_time() - started < 1
    assert set(found) == planted
