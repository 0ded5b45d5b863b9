"""Which product and which sum of a statement are wanted, and which are merely mentioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language import cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.language.money import Amount


def product_in(text: str) -> tuple[str, tuple[int, int]] | None:
    """The product that is wanted; of several the first, those merely mentioned last."""
    best: tuple[float, cues.Cue] | None = None
    for cue in cues.cues(cues.PRODUCTS, text):
        score = _wanted(text, cue.start, cue.end)
        if best is None or score > best[0]:
            best = (score, cue)
    return (best[1].value, (best[1].start, best[1].end)) if best else None


def amount_in(text: str, amounts: Sequence[Amount], begin: int) -> Amount | None:
    """The sum that is wanted; the statement begins at `begin` of the line."""
    best: tuple[float, Amount] | None = None
    for amount in amounts:
        start, end = amount.at[0] - begin, amount.at[1] - begin
        score = _wanted(text, start, end)
        if best is None or score > best[0]:
            best = (score, amount)
    return best[1] if best else None


def _wanted(text: str, start: int, end: int) -> float:
    """How much the words around speak for something wanted rather than mentioned."""
    before = text[max(0, start - 16) : start]
    for stop in ",。;;,\n":
        before = before.rpartition(stop)[2]
    behind = text[end : end + 4]
    score = 0.0
    if cues.DEMAND.search(before):
        score += 1.0
    if cues.BACKGROUND.search(before):
        score -= 1.5
    if "到期" in behind or "matur" in text[end : end + 14] or "expir" in text[end : end + 14]:
        score -= 1.0
    return score
