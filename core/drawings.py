"""What is to be drawn, as plain data in the reader's own language; core/pictures/ draws it.

The outbox keeps it, so it survives a trip through JSON. Amounts are in fen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one bar of each group."""

    name: str
    #: None where nothing is known
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Amounts by month."""

    shape: Literal["line", "bars"]
    title: str
    #: below the axis: "11月", "Nov"
    months: tuple[str, ...]
    series: tuple[Series, ...]
    locale: str
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class Node:
    """A firm of a group."""

    name: str
    #: a second line below the name; may be empty
    amount: str
    #: customer, the one that was asked for, or a firm that is none
    role: Literal["customer", "asked", "outside"]


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie from one node to another, by their numbers."""

    source: int
    target: int
    label: str
    #: lies on a guarantee circle
    circle: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """A group and what ties it together."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    #: what the other colour means; empty where there is no circle
    legend: str
    #: how many firms there was no room for: "+3"; empty for none
    more: str
    kind: Literal["graph"] = "graph"


Drawing = Chart | Graph
