"""Amounts by month, as a line or as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from core.formats import money
from core.pictures.style import GRID, INK, MAIN, PALE, QUIET, SECOND, font, heading, png, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from core.drawings import Chart

_COLOURS = (MAIN, SECOND)
_GAP = 0.82


def draw_chart(chart: Chart) -> bytes:
    """The chart as a PNG file."""
    figure = sheet(3.1)
    axes = figure.add_axes((0.17, 0.13, 0.79, 0.66 if len(chart.series) > 1 else 0.7))
    _frame(axes, chart)
    if chart.shape == "line":
        _line(axes, chart)
    else:
        _bars(axes, chart)
    heading(figure, 0.92, chart.title)
    if len(chart.series) > 1:
        legend = axes.legend(
            loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, prop=font(10)
        )
        for text in legend.get_texts():
            text.set_color(QUIET)
    return png(figure)


def _frame(axes: Axes, chart: Chart) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)
    axes.grid(visible=True, axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    every = 2 if len(chart.months) > 8 else 1
    shown = [n for n, _ in enumerate(chart.months) if (len(chart.months) - 1 - n) % every == 0]
    axes.set_xticks(shown, [chart.months[n] for n in shown])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(lambda value, _: money(round(value), chart.locale))
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font(9.5))
        label.set_color(QUIET)


def _line(axes: Axes, chart: Chart) -> None:
    [series] = chart.series
    points = [(n, value) for n, value in enumerate(series.values) if value is not None]
    places, values = [n for n, _ in points], [value for _, value in points]
    low, high = min(0, *values), max(0, *values)
    axes.set_ylim(low - (high - low) * 0.05 if low < 0 else 0, high + (high - low or 1) * 0.16)
    axes.set_xlim(-0.4, len(chart.months) - 0.6)
    axes.fill_between(places, values, low, color=PALE, linewidth=0)
    axes.plot(places, values, color=MAIN, linewidth=2.4, solid_capstyle="round")
    axes.plot(places[-1], values[-1], "o", color=MAIN, markersize=6)
    falls = len(values) > 1 and values[-2] > values[-1]
    axes.annotate(
        money(values[-1], chart.locale), (places[-1], values[-1]), textcoords="offset points",
        xytext=(2, -17 if falls else 9), ha="right", fontproperties=font(11), color=INK,
    )  # fmt: skip


def _bars(axes: Axes, chart: Chart) -> None:
    width = _GAP / len(chart.series)
    for number, series in enumerate(chart.series):
        left = -_GAP / 2 + width / 2 + number * width
        axes.bar(
            [n + left for n, _ in enumerate(series.values)],
            [value or 0 for value in series.values],
            width * 0.92, color=_COLOURS[number % len(_COLOURS)], label=series.name,
        )  # fmt: skip
    axes.axhline(0, color=GRID, linewidth=1)
    axes.margins(x=0.02, y=0.12)
