"""The demo's bank, loaded once per engine for tests that only read it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from storage import db
from storage.demo.load import load
from tests.support.databases import ENGINES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module", params=ENGINES)
def loaded_url(request: pytest.FixtureRequest) -> Iterator[str]:
    databases = request.getfixturevalue(f"{request.param}_databases")
    url = databases.fresh()
    asyncio.run(_load(url))
    yield url
    if request.param == "postgres":
        databases.drop(url)


async def _load(url: str) -> None:
    await db.connect(url)
    await load(NOW)
    await db.disconnect()


@pytest.fixture
async def demo(loaded_url: str) -> AsyncIterator[str]:
    """A connected database that holds the demo's bank at NOW; do not write to it."""
    await db.connect(loaded_url)
    yield loaded_url
    await db.disconnect()
