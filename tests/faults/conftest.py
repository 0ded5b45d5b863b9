"""Fixtures of the faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.server import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@pytest.fixture(scope="session")
def own_server() -> Iterator[Server]:
    """A PostgreSQL that may be killed."""
    server = Server()
    yield server
    server.remove()


@pytest.fixture
async def server(own_server: Server) -> AsyncIterator[Server]:
    """The same, running."""
    await own_server.start()
    yield own_server
    await own_server.stop()
