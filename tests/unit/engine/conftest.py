"""A registry that each test has for itself, and a chat that checks every step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_support import Chat

from conversations.engine import registry

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "FLOWS", {})
    monkeypatch.setattr(registry, "latest", {})
    return


@pytest.fixture
def chat() -> Chat:
    return Chat()
