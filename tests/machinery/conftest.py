"""The machinery is tested in the running town, on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.town import Town, running_town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The town, in Chinese."""
    async with running_town(database_url, tmp_path) as running:
        yield running
