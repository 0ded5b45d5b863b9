"""Updates by webhook: the secret is checked, the row is kept before the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import WEBHOOK_PATH, App
from bot.limits import unlimited
from bot.settings import Settings
from bot.simulator import Simulator
from core.clock import MovableClock
from storage import db
from storage.models import Inbox
from tests.support.bank import MONDAY, build_bank

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SECRET = "a-secret_of-ours"


@pytest.fixture
async def webhook(
    database_url: str, tmp_path: Path, unused_tcp_port: int
) -> AsyncIterator[tuple[str, Simulator]]:
    """A running process that takes updates by webhook; its address and the simulator."""
    clock = MovableClock(MONDAY)
    await db.connect(database_url)
    await build_bank()
    await db.disconnect()
    address = f"http://127.0.0.1:{unused_tcp_port}"
    async with Simulator(clock=clock, token="1:TEST") as simulator:
        settings = Settings(
            _env_file=None,
            token=SecretStr("1:TEST"),
            api_base=simulator.api_base,
            file_base=simulator.file_base,
            database_url=database_url,
            data_dir=tmp_path,
            public_url=address,
            webhook_secret=SecretStr(SECRET),
            listen_port=unused_tcp_port,
        )
        limits = unlimited()
        async with App(settings, clock, limits=limits, tick_seconds=3600):
            yield address + WEBHOOK_PATH, simulator
        assert not simulator.violations


async def test_a_chat_by_webhook_reads_like_one_by_polling(
    webhook: tuple[str, Simulator],
) -> None:
    phone = webhook[1].phone(101, "李伟", language_code="zh-hans", started=True)
    await phone.says("/today")
    await phone.sees("早上好")


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        ("", b"{}", 403),
        ("wrong", b'{"update_id": 1}', 403),
        (SECRET, b"not json", 400),
        (SECRET, b"[]", 400),
        (SECRET, b'{"update_id": "x"}', 400),
        (SECRET, b"\xff\xfe", 400),
        (SECRET, b'{"update_id": 7, "unknown": {}}', 200),
    ],
)
async def test_what_is_no_update_of_telegrams_is_refused(
    webhook: tuple[str, Simulator], secret: str, body: bytes, status: int
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    async with (
        aiohttp.ClientSession() as session,
        session.post(webhook[0], data=body, headers=headers) as answer,
    ):
        assert answer.status == status
    assert await Inbox.filter(key="u:7").count() == (1 if status == 200 else 0)
