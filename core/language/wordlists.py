"""Word lists written as running text, so that they stay readable and reviewable."""

from __future__ import annotations


def listed(text: str) -> list[str]:
    """The words of a text, parted by blanks."""
    return text.split()
