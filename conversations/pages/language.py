"""The choice of language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.screens import Button, Screen
from core.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from core.acting import Acting


async def language(acting: Acting) -> Screen:
    """Both languages, each in its own name."""
    return Screen(
        acting.texts("Which language shall I speak?"),
        (tuple(Button.run(name, "language", code) for code, name in LANGUAGES.items()),),
    )
