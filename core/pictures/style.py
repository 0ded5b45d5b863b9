"""How our pictures look: one font with Chinese, few colours that also differ in lightness.

Pictures are 1,080 pixels wide for a phone of 375, so a point of type is about a point there.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from core.typeface import typeface
from storage.names import is_cjk

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

INK, QUIET, GRID = "#1f2a37", "#6b7280", "#e5e7eb"
MAIN, SECOND, ALARM, PALE = "#1d4ed8", "#f59e0b", "#dc2626", "#dbeafe"
_PIXELS_AN_INCH = 240
_WIDTH = 4.5


@lru_cache(maxsize=32)
def font(size: float) -> FontProperties:
    """The font with Chinese characters, so many points high.

    Raises:
        FileNotFoundError: if its package is not installed.
    """
    return font_manager.FontProperties(fname=str(typeface()), size=size)


def sheet(height: float) -> Figure:
    """An empty sheet, so many inches high."""
    figure = Figure(figsize=(_WIDTH, height), dpi=_PIXELS_AN_INCH, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def heading(figure: Figure, height: float, text: str) -> None:
    """What the picture shows, at its top: as large as it can be on one line."""
    wide = sum(1.0 if is_cjk(letter) else 0.56 for letter in text)
    size = max(8.5, min(13.0, (_WIDTH * 72 * 0.93) / wide))
    figure.text(0.04, height, text, fontproperties=font(round(size, 1)), color=INK)


def png(figure: Figure) -> bytes:
    """The sheet as a PNG file."""
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()
