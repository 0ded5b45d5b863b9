"""Queries by people who had not seen the search: the right firm comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import db
from storage.migrate import migrate
from tests.search import blind

if TYPE_CHECKING:
    from pathlib import Path

GOAL = 0.97


@pytest.mark.parametrize("folder", sorted({folder for folder, _ in blind.SETS}))
async def test_the_right_firm_comes_first_for_queries_of_others(
    folder: str, tmp_path: Path
) -> None:
    url = f"sqlite://{tmp_path / 'bank.db'}"
    await migrate(url)
    await db.connect(url)
    try:
        await blind.load(folder)
        for queries in (queries for one, queries in blind.SETS if one == folder):
            asked = await blind.ask(folder, queries)
            wrong = [(one.text, one.found) for one in asked if not one.is_right]
            assert len(wrong) <= (1 - GOAL) * len(asked), wrong
    finally:
        await db.disconnect()
