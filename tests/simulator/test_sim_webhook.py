"""Webhook delivery: the secret, the order, the retries, and an answer that is a call."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Self

from aiohttp import web
from simulator_support import refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Bot

    from bot.simulator import Phone, Simulator

import pytest


class Receiver:
    """The bot's own little server: it notes what comes and answers as it was told."""

    def __init__(self) -> None:
        self.answers: list[web.Response] = []
        self.got: asyncio.Queue[tuple[str | None, dict[str, object]]] = asyncio.Queue()
        self.hold: dict[int, asyncio.Event] = {}
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def _take(self, request: web.Request) -> web.Response:
        update = json.loads(await request.read())
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.got.put_nowait((secret, update))
        chat = update.get("message", {}).get("chat", {}).get("id", 0)
        if chat in self.hold:
            await self.hold[chat].wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/hook", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def text(self) -> str:
        _, update = await self.got.get()
        message = update["message"]
        assert isinstance(message, dict)
        return str(message["text"])


@pytest.fixture
async def hook(sim: Simulator) -> AsyncIterator[Receiver]:
    sim.webhook.first_wait = 0.01
    async with Receiver() as receiver:
        yield receiver
        await sim.webhook.close()


async def test_updates_are_posted_with_the_secret_token(
    sim: Simulator, bot: Bot, li: Phone, hook: Receiver
) -> None:
    await bot.set_webhook(hook.url, secret_token="s3cret_-")
    await li.says("x")
    secret, update = await hook.got.get()
    assert secret == "s3cret_-"
    assert "message" in update
    await li.settles()
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_what_waited_before_is_delivered_first(bot: Bot, li: Phone, hook: Receiver) -> None:
    await li.says("before")
    await bot.set_webhook(hook.url)
    await li.says("after")
    assert [await hook.text(), await hook.text()] == ["before", "after"]


async def test_a_failed_delivery_is_repeated_and_holds_back_its_chat(
    sim: Simulator, bot: Bot, li: Phone, hook: Receiver
) -> None:
    hook.answers = [web.Response(status=500), web.Response(status=503)]
    await bot.set_webhook(hook.url)
    await li.says("a")
    await li.says("b")
    assert [await hook.text() for _ in range(4)] == ["a", "a", "a", "b"]
    await li.settles()
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503"


async def test_one_slow_chat_does_not_hold_back_another(
    bot: Bot, li: Phone, ann: Phone, hook: Receiver
) -> None:
    hook.hold[101] = asyncio.Event()
    await bot.set_webhook(hook.url)
    await li.says("slow")
    await li.says("behind it")
    await ann.says("free")
    assert sorted([await hook.text(), await hook.text()]) == ["free", "slow"]
    hook.hold[101].set()
    assert await hook.text() == "behind it"


async def test_the_bots_own_wish_for_a_pause_is_obeyed(
    sim: Simulator, bot: Bot, li: Phone, hook: Receiver
) -> None:
    sim.webhook.first_wait = 3600
    hook.answers = [web.Response(status=429, headers={"Retry-After": "0"})]
    await bot.set_webhook(hook.url)
    await li.says("a")
    assert [await hook.text(), await hook.text()] == ["a", "a"]


async def test_an_unreachable_webhook_keeps_the_update(
    sim: Simulator, bot: Bot, li: Phone, hook: Receiver
) -> None:
    await bot.set_webhook("http://127.0.0.1:1/hook")
    await li.says("kept")
    await bot.set_webhook(hook.url)
    assert await hook.text() == "kept"


async def test_a_method_in_the_answer_is_carried_out(bot: Bot, li: Phone, hook: Receiver) -> None:
    hook.answers = [
        web.json_response({"method": "sendMessage", "chat_id": 101, "text": "at once"})
    ]
    await bot.set_webhook(hook.url)
    await li.says("x")
    await li.sees("at once")


async def test_wrong_addresses_and_secrets_are_refused(bot: Bot) -> None:
    with refused("Bad webhook: An HTTPS URL must be provided for webhook"):
        await bot.set_webhook("http://example.com/hook")
    with refused("Secret token contains unallowed characters"):
        await bot.set_webhook("https://example.com/hook", secret_token="no spaces")
    with refused("Secret token is too long"):
        await bot.set_webhook("https://example.com/hook", secret_token="x" * 257)


async def test_the_webhooks_state_can_be_asked(bot: Bot) -> None:
    await bot.set_webhook(
        "https://example.com/hook", max_connections=5, allowed_updates=["message"]
    )
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections) == ("https://example.com/hook", 5)
    assert info.allowed_updates == ("message",)
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
