"""The one font that files and pictures are set in, and how wide its letters are."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from storage.names import is_cjk

_PACKAGE = "pylopdf_fonts_zh_cn"


def typeface() -> Path:
    """The file of the font, which has Chinese characters.

    Raises:
        FileNotFoundError: if its package is not installed.
    """
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise FileNotFoundError(_PACKAGE)
    return Path(found.origin).parent / "NotoSansSC-Regular.otf"


def columns_of(text: str) -> int:
    """How wide a text is, a Chinese character counting as two letters."""
    return sum(2 if is_cjk(letter) else 1 for letter in text)
