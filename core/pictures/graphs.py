"""A group of firms and what ties it together, on a ring."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from matplotlib.patches import FancyArrowPatch

from core.pictures.style import ALARM, INK, MAIN, PALE, QUIET, font, heading, png, sheet
from storage.names import is_cjk

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

    from core.drawings import Edge, Graph, Node

_FILL = {"asked": MAIN, "customer": PALE, "outside": "white"}
_LINE = {"asked": MAIN, "customer": MAIN, "outside": QUIET}
_TYPE = {"asked": "white", "customer": INK, "outside": QUIET}
#: so many stand on a ring with their names on two lines
_FEW = 6
#: more letters of a name go onto a second line
_LETTERS = 7

Place = tuple[float, float]


def draw_graph(graph: Graph) -> bytes:
    """The group as a PNG file."""
    many = len(graph.nodes) > _FEW
    figure = sheet(5.6 if many else 4.4)
    axes = figure.add_axes((0.0, 0.06, 1.0, 0.84))
    axes.set_xlim(-1.42, 1.42)
    axes.set_ylim(-1.24, 1.24)
    axes.axis("off")
    places = _places(len(graph.nodes))
    boxes = [
        _node(axes, node, place, many=many)
        for node, place in zip(graph.nodes, places, strict=True)
    ]
    figure.draw_without_rendering()  # only then a box is as large as its text
    _edges(axes, graph, places, boxes)
    heading(figure, 0.935, graph.title)
    if graph.legend:
        figure.text(0.04, 0.03, graph.legend, fontproperties=font(10.5), color=ALARM)
    if graph.more:
        figure.text(0.96, 0.03, graph.more, fontproperties=font(10.5), color=QUIET, ha="right")
    return png(figure)


def _places(count: int) -> list[Place]:
    """The first at the top, or in the middle of many; the others around."""
    if count == 1:
        return [(0.0, 0.0)]
    if count <= _FEW:
        return [_on_ring(n, count, math.pi / 2) for n in range(count)]
    return [(0.0, 0.0), *(_on_ring(n, count - 1, math.pi / 2) for n in range(count - 1))]


def _on_ring(number: int, count: int, start: float) -> Place:
    angle = start - 2 * math.pi * number / count
    return math.cos(angle) * 1.02, math.sin(angle) * 1.0


def _edges(axes: Axes, graph: Graph, places: list[Place], boxes: list[Patch | None]) -> None:
    together: dict[tuple[int, int], list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        together[edge.source, edge.target].append(edge)
    for (source, target), edges in together.items():
        circle = any(edge.circle for edge in edges)
        both = (target, source) in together
        arrow = FancyArrowPatch(
            places[source], places[target],
            connectionstyle="arc3,rad=0.18" if both else "arc3,rad=0.0",
            arrowstyle="-|>", mutation_scale=13, patchA=boxes[source], patchB=boxes[target],
            shrinkA=1.5, shrinkB=1.5,
            color=ALARM if circle else QUIET, linewidth=2.4 if circle else 1.2,
            linestyle="solid" if circle else (0, (5, 2)), zorder=1,
        )  # fmt: skip
        axes.add_patch(arrow)
        label = "、".join(dict.fromkeys(edge.label for edge in edges))
        _on_edge(axes, label, places[source], places[target], bent=both, circle=circle)


def _on_edge(
    axes: Axes, label: str, start: Place, end: Place, *, bent: bool, circle: bool
) -> None:
    (x, y), (u, v) = start, end
    at = 0.5
    # Where the line is bent, its middle lies beside the straight one.
    aside = 0.09 if bent else 0.0
    place = (x + (u - x) * at + (v - y) * aside, y + (v - y) * at - (u - x) * aside)
    axes.text(
        *place, label, fontproperties=font(9), color=ALARM if circle else QUIET, ha="center",
        va="center", zorder=2,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.9},
    )  # fmt: skip


def _node(axes: Axes, node: Node, place: Place, *, many: bool) -> Patch | None:
    """Write a firm in its box, and give the box."""
    text = _on_one(node.name) if many else _in_lines(node.name)
    if node.amount:
        text = f"{text}\n{node.amount}"
    written = axes.text(
        *place, text, fontproperties=font(9 if many else 10.5), color=_TYPE[node.role],
        ha="center", va="center",
        linespacing=1.25, zorder=3,
        bbox={
            "boxstyle": f"round,pad={0.35 if many else 0.45}", "facecolor": _FILL[node.role],
            "edgecolor": _LINE[node.role], "linewidth": 1.4,
            "linestyle": "--" if node.role == "outside" else "-",
        },
    )  # fmt: skip
    return written.get_bbox_patch()


def _on_one(name: str) -> str:
    """A name on one line."""
    most = _LETTERS + 1 if is_cjk(name[:1]) else 2 * _LETTERS
    return name if len(name) <= most else name[: most - 1] + "…"


def _in_lines(name: str) -> str:
    """A name on at most two lines."""
    if is_cjk(name[:1]):
        if len(name) <= _LETTERS:
            return name
        half = min(_LETTERS, (len(name) + 1) // 2)
        rest = name[half:]
        return f"{name[:half]}\n{rest if len(rest) <= half else rest[: half - 1] + '…'}"
    words, lines = name.split(), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= 2 * _LETTERS:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")
