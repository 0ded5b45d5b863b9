"""The log never says what people wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import structlog
from pydantic import SecretStr

from bot.logs import configure_logs
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def former_logs() -> Iterator[None]:
    """Put the suite's own logging back afterwards."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


WRITTEN = "王总想续贷五百万"


def handle(note: str) -> None:
    """Fail with what somebody wrote in a local variable."""
    raise RuntimeError(len(note))


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_traceback_shows_no_local_variables(
    log_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs(Settings(_env_file=None, token=SecretStr(""), log_format=log_format))  # type: ignore[arg-type]
    try:
        handle(WRITTEN)
    except RuntimeError as error:
        structlog.get_logger().error("update_failed", exc_info=error)
    printed = capsys.readouterr().err
    assert "RuntimeError" in printed
    assert WRITTEN not in printed
