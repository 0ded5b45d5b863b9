"""Guarantee circles: firms that, one after the other, end up guaranteeing themselves.

Pure arithmetic on a graph of guarantees: no I/O, no rule of who may see what. A guarantee given by
A for B is an arrow A → B; a mutual or joint one is an arrow each way. Of every guarantee that lies
on a circle the shortest circle through it is told, and no other: a joint guarantee of twenty firms
has more circles than anybody could count, and the shortest ones already name every firm and every
guarantee in danger.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: a customer by its id, or by its name a firm that is none
Firm = int | str
#: kinds of relation that guarantee: one way, or each for the other
ONE_WAY = frozenset({"guarantees"})
BOTH_WAYS = frozenset({"mutual", "joint"})

_Arrows = dict[Firm, list[Firm]]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation from one firm to another, of a kind in core/facts/vocabulary.py."""

    source: Firm
    target: Firm
    kind: str


def circles(ties: Iterable[Tie]) -> tuple[tuple[Firm, ...], ...]:
    """The guarantee circles, shortest first; each once, and starting at its first firm.

    Takes a breadth-first search for each guarantee inside a knot (firms that all reach each
    other), so the time grows with the knots, and not with the graph around them.
    """
    arrows = _arrows(ties)
    found: dict[tuple[Firm, ...], None] = {}
    for knot in _knots(arrows):
        inside = {firm: [to for to in arrows[firm] if to in knot] for firm in knot}
        for firm in sorted(knot, key=_rank):
            for to in inside[firm]:
                found[_turned(_way(inside, to, firm))] = None
    return tuple(sorted(found, key=lambda one: (len(one), [_rank(firm) for firm in one])))


def circles_made(ties: Iterable[Tie], added: Tie) -> tuple[tuple[Firm, ...], ...]:
    """The shortest circles through a guarantee that is about to be added, shortest first.

    Empty where it closes none. The ways back are looked for among the guarantees that are there
    without it: a mutual one is a circle by itself, and must not hide the longer ones that it
    closes, too.
    """
    arrows = _arrows(ties)
    ends = _ends(added)
    found = {
        _turned(way)
        for source, target in ends
        if source in arrows and target in arrows and (way := _way(arrows, target, source))
    }
    if len(ends) > 1:
        found.add(_turned((added.source, added.target)))
    return tuple(sorted(found, key=lambda one: (len(one), [_rank(firm) for firm in one])))


def _ends(tie: Tie) -> list[tuple[Firm, Firm]]:
    if tie.source == tie.target or tie.kind not in ONE_WAY | BOTH_WAYS:
        return []
    there = [(tie.source, tie.target)]
    return there if tie.kind in ONE_WAY else [*there, (tie.target, tie.source)]


def _arrows(ties: Iterable[Tie]) -> _Arrows:
    """Whom each firm guarantees, in a fixed order, so that equal graphs give equal circles."""
    sets: dict[Firm, set[Firm]] = {}
    for tie in ties:
        for source, target in _ends(tie):
            sets.setdefault(source, set()).add(target)
            sets.setdefault(target, set())
    return {firm: sorted(targets, key=_rank) for firm, targets in sets.items()}


def _rank(firm: Firm) -> tuple[bool, int, str]:
    """Customers by their id come before other firms by their name."""
    return (False, firm, "") if isinstance(firm, int) else (True, 0, firm)


def _turned(circle: tuple[Firm, ...]) -> tuple[Firm, ...]:
    """The same circle, told from its first firm on."""
    first = circle.index(min(circle, key=_rank))
    return circle[first:] + circle[:first]


def _way(arrows: _Arrows, start: Firm, end: Firm) -> tuple[Firm, ...]:
    """The shortest way from one firm to another, both included; empty where there is none."""
    came_from: dict[Firm, Firm] = {start: start}
    waiting = deque([start])
    while waiting:
        firm = waiting.popleft()
        if firm == end:
            way = [end]
            while way[-1] != start:
                way.append(came_from[way[-1]])
            return tuple(reversed(way))
        for to in arrows[firm]:
            if to not in came_from:
                came_from[to] = firm
                waiting.append(to)
    return ()


def _knots(arrows: _Arrows) -> list[frozenset[Firm]]:
    """The strongly connected parts of two firms or more (Kosaraju's algorithm).

    Without recursion: a chain of guarantees may be longer than Python's stack is deep.
    """
    backwards: _Arrows = {firm: [] for firm in arrows}
    for firm, targets in arrows.items():
        for to in targets:
            backwards[to].append(firm)
    taken: set[Firm] = set()
    knots = []
    for firm in reversed(_finished(arrows)):
        if firm in taken:
            continue
        taken.add(firm)
        part, waiting = {firm}, [firm]
        while waiting:
            for to in backwards[waiting.pop()]:
                if to not in taken:
                    taken.add(to)
                    part.add(to)
                    waiting.append(to)
        if len(part) > 1:
            knots.append(frozenset(part))
    return knots


def _finished(arrows: _Arrows) -> list[Firm]:
    """The firms in the order in which a depth-first search leaves them."""
    order: list[Firm] = []
    seen: set[Firm] = set()
    for root in arrows:
        if root in seen:
            continue
        seen.add(root)
        open_firms = [(root, iter(arrows[root]))]
        while open_firms:
            firm, targets = open_firms[-1]
            to = next((one for one in targets if one not in seen), None)
            if to is None:
                order.append(firm)
                open_firms.pop()
            else:
                seen.add(to)
                open_firms.append((to, iter(arrows[to])))
    return order
