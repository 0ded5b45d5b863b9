"""Processes are killed at random instants while people work: nothing is lost, nothing doubled.

The long run, with 50 kills and 600 dialogues on each engine, is `make chaos`.
"""

from __future__ import annotations

import pytest

from tests.crash.scenario import Chaos


@pytest.mark.timeout(180)
async def test_killed_processes_lose_nothing_and_double_nothing(database_url: str) -> None:
    figures = await Chaos(database_url, people=4, rounds=3, kills=3).run()
    assert not figures.wrong
    assert figures.kills.total() >= 3
    assert figures.dialogues >= 12
