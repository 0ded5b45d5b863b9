"""The API, running, in front of the small bank, on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.api import Served, serving
from tests.support.bank import build_bank

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def api(database: str) -> AsyncIterator[Served]:
    """The API in front of the small bank."""
    bank = await build_bank()
    async with serving(bank) as served:
        yield served
