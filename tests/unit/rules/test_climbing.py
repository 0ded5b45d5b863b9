"""What nobody acts on climbs the tree, and comes to an end, whoever leads, is away or has left."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.rules.climbing import Rung, next_rung


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[Rung], str]:
    """A person's unit, and leaders of any units of the tree, some not to be reached."""
    depth = draw(st.integers(1, 6))
    own = "/" + "/".join(str(number) for number in range(1, depth + 1)) + "/"
    parts = own.strip("/").split("/")
    paths = ["/" + "/".join(parts[:length]) + "/" for length in range(1, depth + 1)]
    others = [f"{path}99/" for path in paths]
    rungs = draw(st.lists(
        st.builds(Rung, st.integers(1, 9), st.sampled_from(paths + others), st.booleans()),
        max_size=12,
    ))  # fmt: skip
    return rungs, own


@given(trees())
def test_every_climb_goes_strictly_up_and_ends(tree: tuple[list[Rung], str]) -> None:
    rungs, own = tree
    told: list[str] = []
    while (rung := next_rung(rungs, own, told[-1] if told else "")) is not None:
        assert rung.reachable
        assert own.startswith(rung.path)
        told.append(rung.path)
        assert len(told) <= own.count("/")
    assert told == sorted(set(told), key=len, reverse=True)
    # Every unit above that has a leader who can be told was told.
    assert set(told) == {
        rung.path for rung in rungs if rung.reachable and own.startswith(rung.path)
    }


@given(trees(), st.data())
def test_who_leaves_comes_and_is_away_meanwhile_makes_no_circle(
    tree: tuple[list[Rung], str], data: st.DataObject
) -> None:
    _, own = tree
    told, steps = "", 0
    while steps <= own.count("/"):
        rungs, _ = data.draw(trees())
        rung = next_rung(rungs, own, told)
        if rung is None:
            return
        assert not told or len(rung.path) < len(told)
        told, steps = rung.path, steps + 1
    raise AssertionError(told)
