"""Sharing customers out: everybody gets an even load, and people who know the place get it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.balancing import PLACE, TRADE, WEIGHTS, Keeper, Piece, balance

pieces = st.lists(
    st.builds(
        Piece,
        id=st.integers(1, 10**6),
        grade=st.sampled_from("ABCD"),
        industry=st.sampled_from("CFI"),
        city=st.sampled_from(["上海", "苏州", "杭州"]),
    ),
    max_size=120,
    unique_by=lambda piece: piece.id,
)


@given(pieces, st.integers(1, 7))
def test_every_customer_goes_to_exactly_one_keeper(given_out: list[Piece], count: int) -> None:
    shares = balance(given_out, [Keeper(number) for number in range(count)])
    got = [piece.id for share in shares.values() for piece in share]
    assert sorted(got) == sorted(piece.id for piece in given_out)


@given(pieces, st.integers(2, 7))
def test_loads_differ_by_no_more_than_a_customer_and_what_knowing_is_worth(
    given_out: list[Piece], count: int
) -> None:
    shares = balance(given_out, [Keeper(number) for number in range(count)])
    loads = [sum(piece.weight for piece in share) for share in shares.values()]
    assert max(loads) - min(loads) <= max(WEIGHTS.values()) + PLACE + TRADE


@given(pieces, st.integers(1, 5), st.randoms())
def test_the_order_in_which_they_are_named_does_not_matter(
    given_out: list[Piece], count: int, chance: object
) -> None:
    shuffled = list(given_out)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    once = balance(given_out, [Keeper(number) for number in range(count)])
    again = balance(shuffled, [Keeper(number) for number in reversed(range(count))])
    assert once == again


def test_who_keeps_much_gets_less() -> None:
    given_out = [Piece(number, "C", "", "") for number in range(10)]
    shares = balance(given_out, [Keeper(1, weight=20, count=10), Keeper(2)])
    assert (len(shares[1]), len(shares[2])) == (0, 10)


def test_the_same_place_and_trade_go_together_where_the_load_allows() -> None:
    given_out = [
        Piece(n, "C", "C" if n % 2 else "F", "上海" if n % 2 else "苏州") for n in range(20)
    ]
    keepers = [
        Keeper(1, 20, 10, Counter({"上海": 10}), Counter({"C": 10})),
        Keeper(2, 20, 10, Counter({"苏州": 10}), Counter({"F": 10})),
    ]
    shares = balance(given_out, keepers)
    assert {piece.city for piece in shares[1]} == {"上海"}
    assert {piece.city for piece in shares[2]} == {"苏州"}


def test_with_nobody_to_take_them_it_says_so() -> None:
    with pytest.raises(ValueError, match="nobody"):
        balance([Piece(1, "A", "", "")], [])
