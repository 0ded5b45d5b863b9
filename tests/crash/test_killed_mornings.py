"""Senders and schedulers are killed while digests go out: nobody goes without.

The long run, with more people and more kills on each engine, is `make chaos`.
"""

from __future__ import annotations

import asyncio

import pytest

from tests.crash.mornings import killed_morning


@pytest.mark.timeout(180)
async def test_whoever_is_killed_everybody_has_a_digest_and_few_have_two(
    database_url: str,
) -> None:
    async with asyncio.timeout(150):
        found = await killed_morning(database_url, people=300, kills=2)
    assert not found.wrong
    assert found.kills.total() >= 1
