"""The API and the metrics of a running process: only where an address was set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from pydantic import SecretStr, ValidationError

from bot.app import App
from bot.limits import unlimited
from bot.settings import Settings
from bot.simulator import Simulator
from core.clock import MovableClock
from core.tokens import SCOPES
from storage import db
from tests.support.api import make_token
from tests.support.bank import MONDAY, build_bank

if TYPE_CHECKING:
    from pathlib import Path


def settings_of(simulator: Simulator, url: str, folder: Path, **more: object) -> Settings:
    return Settings(
        _env_file=None, token=SecretStr("1:TEST"), api_base=simulator.api_base,
        file_base=simulator.file_base, database_url=url, data_dir=folder, public_url="", **more,
    )  # fmt: skip


async def test_a_nudge_over_the_api_reaches_the_phone_and_is_counted(
    database_url: str, tmp_path: Path
) -> None:
    clock = MovableClock(MONDAY)
    await db.connect(database_url)
    bank = await build_bank()
    _, secret = await make_token("1003", tuple(SCOPES), clock=clock)
    await db.disconnect()
    async with Simulator(clock=clock, token="1:TEST") as simulator:
        phone = simulator.phone(101, "李伟", language_code="zh-hans", started=True)
        settings = settings_of(simulator, database_url, tmp_path, api_address="127.0.0.1:0",
                               metrics_address="127.0.0.1:0")  # fmt: skip
        async with (
            App(settings, clock, limits=unlimited(), tick_seconds=3600) as app,
            aiohttp.ClientSession(headers={"Authorization": f"Bearer {secret}"}) as http,
        ):
            await phone.says("/today")
            await phone.sees("早上好")
            api = f"http://127.0.0.1:{app.serving.ports['api']}/api/v1"
            monitors = f"http://127.0.0.1:{app.serving.ports['metrics']}"
            given = {"customer_id": bank.customers["C001"],
                     "due_at": MONDAY.replace(hour=18).isoformat()}  # fmt: skip
            async with http.post(f"{api}/follow-ups", json=given) as planned:
                follow_up = (await planned.json())["id"]
            async with http.post(f"{api}/follow-ups/{follow_up}/settle", json={}) as refused:
                assert refused.status == 428
            await app.settle()
            async with http.get(f"{monitors}/metrics") as answer:
                text = await answer.text()
            for line in (
                'roundsman_handling_seconds_count{kind="update",result="done"} 1.0',
                'roundsman_latency_seconds_count{kind="update"} 1.0',
                'method="POST",path="/api/v1/follow-ups",status="201"} 1.0',
                'roundsman_queue_depth{queue="outbox"} 0.0',
                'roundsman_dead_letters{queue="inbox"} 0.0',
                "roundsman_database_up 1.0",
            ):
                assert line in text, text
            for path in ("/healthz", "/readyz"):
                async with http.get(monitors + path) as answer:
                    assert answer.status == 200
            async with http.get(api.replace("/api/v1", "/metrics")) as answer:
                assert answer.status == 404
        assert not simulator.violations


@pytest.mark.parametrize("roles", [("worker",), ("worker", "api")])
async def test_without_an_address_nothing_listens(
    database_url: str, tmp_path: Path, roles: tuple[str, ...]
) -> None:
    clock = MovableClock(MONDAY)
    async with Simulator(clock=clock, token="1:TEST") as simulator:
        settings = settings_of(simulator, database_url, tmp_path, roles=roles)
        async with App(settings, clock, tick_seconds=3600) as app:
            assert app.serving.ports == {}


async def test_without_the_role_the_api_is_not_served(database_url: str, tmp_path: Path) -> None:
    clock = MovableClock(MONDAY)
    async with Simulator(clock=clock, token="1:TEST") as simulator:
        settings = settings_of(simulator, database_url, tmp_path, roles=("worker",),
                               api_address="127.0.0.1:0")  # fmt: skip
        async with App(settings, clock, tick_seconds=3600) as app:
            assert app.serving.ports == {}


@pytest.mark.parametrize("address", ["8080", "host", "host:", ":8080", "host:x", "host:99999"])
def test_an_address_needs_host_and_port(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None, api_address=address)
