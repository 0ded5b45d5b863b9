"""Chance that always falls the same."""

from __future__ import annotations

from random import Random


def dice(seed: int, what: str) -> Random:
    """A source of chance for one matter, so that more of one never changes another."""
    return Random(f"{seed}:{what}")  # noqa: S311 - made-up data, no secrets
