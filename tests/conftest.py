"""Fixtures of the whole suite."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings

from storage import db
from tests.support.databases import ENGINES, PostgresDatabases, SqliteDatabases

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


# A deadline for an example would measure the machine, not the code.
settings.register_profile("roundsman", deadline=None)
settings.load_profile("roundsman")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured of the bot's recoveries: the figures are the result."""
    measured = [
        f"{report.nodeid.partition('::')[2]}  {name}: {value}"
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
    ]
    if measured:
        terminalreporter.section("measured")
        for line in sorted(measured):
            terminalreporter.line(line)


@pytest.fixture(autouse=True)
def quiet_logs() -> None:
    """Only errors are worth reading in a test's output.

    Anew for each test: the command line's set the logs up to write where the test before looked.
    """
    structlog.reset_defaults()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    databases = PostgresDatabases()
    yield databases
    databases.stop()


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh, migrated database; the test runs on both engines."""
    databases = request.getfixturevalue(f"{request.param}_databases")
    url = databases.fresh()
    yield url
    if request.param == "postgres":
        databases.drop(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """A fresh database, connected."""
    await db.connect(database_url)
    yield database_url
    await db.disconnect()
