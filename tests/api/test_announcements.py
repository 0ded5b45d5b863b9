"""Systems that are told: what they may hear, signed, tried again, given up in the end."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.announcer import GIVE_UP_AFTER, Announcer
from storage import announcements
from storage.models import Announcement, Subscription
from tests.support.api import Asker, Served
from tests.support.bank import MONDAY


@dataclass
class Listener:
    """A system that listens, and may be out of order."""

    url: str = ""
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    found = Listener()

    async def hear(request: web.Request) -> web.Response:
        found.heard.append((dict(request.headers), await request.read()))
        return web.Response(status=found.status, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.router.add_post("/hear", hear)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hear"
    yield found
    await runner.cleanup()


async def subscribe(api: Served, url: str, number: str = "1003", **more: Any) -> tuple[int, str]:
    """Subscribe over the API, and move the address to the listener, which has no certificate."""
    administrator = await api.asker("1008")
    given = {"number": number, "url": "https://core.example/hear", "events": ["activity.logged"],
             **more}  # fmt: skip
    made = (await administrator.post("/subscriptions", given)).json
    await Subscription.filter(id=made["id"]).update(url=url)
    return made["id"], made["secret"]


async def log(asker: Asker, api: Served, firm: str) -> int:
    given = {"customer_id": api.bank.customers[firm], "kind": "visit",
             "occurred_at": MONDAY.isoformat(), "note": "secret words"}  # fmt: skip
    return int((await asker.post("/activities", given)).json["id"])


@contextlib.asynccontextmanager
async def announcer(api: Served) -> AsyncIterator[Any]:
    """Tells what is due, once for each call."""
    telling = Announcer(api.clock)
    async with aiohttp.ClientSession() as http:

        async def tell() -> int:
            return await telling.tell_due(http)

        yield tell


async def test_a_system_hears_of_its_persons_customers_signed(
    api: Served, listener: Listener
) -> None:
    _, secret = await subscribe(api, listener.url)
    record = await log(await api.asker("1001"), api, "C001")
    await log(await api.asker("1004"), api, "C005")  # another branch's
    async with announcer(api) as tell:
        assert await tell() == 1
        assert await tell() == 0
    ((headers, body),) = listener.heard
    assert json.loads(body) == {
        "event": "activity.logged", "at": api.clock.now().isoformat(), "activity_id": record,
        "customer_id": api.bank.customers["C001"],
    }  # fmt: skip
    assert headers["Roundsman-Event"] == "activity.logged"
    timestamp, _, given = headers["Roundsman-Signature"].partition(",v1=")
    signed = timestamp.removeprefix("t=").encode() + b"." + body
    assert hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() == given
    assert (await Announcement.get()).status == "sent"


async def test_what_is_rolled_back_is_not_announced(api: Served, listener: Listener) -> None:
    await subscribe(api, listener.url)
    asker = await api.asker("1001")
    given = {"customer_id": api.bank.customers["C001"], "kind": "visit",
             "occurred_at": MONDAY.isoformat(),
             "next_step": {"due_at": "2020-01-01T00:00:00Z"}}  # fmt: skip
    assert (await asker.post("/activities", given)).status == 422
    assert await Announcement.all().count() == 0


@pytest.mark.parametrize("status", [301, 404, 500])
async def test_a_system_out_of_order_is_tried_again_and_given_up(
    api: Served, listener: Listener, status: int
) -> None:
    subscription, _ = await subscribe(api, listener.url)
    await log(await api.asker("1001"), api, "C001")
    listener.status = status
    async with announcer(api) as tell:
        for attempt in range(1, GIVE_UP_AFTER + 1):
            assert await tell() == 1
            assert await tell() == 0
            assert len(listener.heard) == attempt
            api.clock.advance(timedelta(hours=1))
        assert await tell() == 0
    (given_up,) = await announcements.given_up()
    assert (given_up["id"], given_up["n"], given_up["error"]) == (
        subscription, 1, f"status {status}",
    )  # fmt: skip


async def test_a_system_that_comes_back_hears_of_it(api: Served, listener: Listener) -> None:
    subscription, _ = await subscribe(api, "http://127.0.0.1:9/")
    await log(await api.asker("1001"), api, "C001")
    async with announcer(api) as tell:
        await tell()
        assert (await Announcement.get()).error == "ClientConnectorError"
        await Subscription.filter(id=subscription).update(url=listener.url)
        assert await tell() == 0
        api.clock.advance(timedelta(seconds=10))
        assert await tell() == 1
    assert len(listener.heard) == 1


async def test_who_has_unsubscribed_hears_nothing(api: Served, listener: Listener) -> None:
    subscription, _ = await subscribe(api, listener.url)
    asker = await api.asker("1001")
    await log(asker, api, "C001")
    administrator = await api.asker("1008")
    ended = await administrator.ask("DELETE", f"/subscriptions/{subscription}")
    assert ended.json["ended_at"] is not None
    await log(asker, api, "C001")
    async with announcer(api) as tell:
        assert await tell() == 0
    assert not listener.heard
    (listed,) = (await administrator.get("/subscriptions")).json["items"]
    assert "secret" not in listed


@pytest.mark.parametrize(
    "given",
    [{"url": "http://core.example/"}, {"url": "https://"}, {"url": "file:///etc/passwd"},
     {"url": "https://[bad"}, {"url": "https://x:99999/"}, {"events": []},
     {"events": ["everything"]}],
)  # fmt: skip
async def test_a_subscription_that_makes_no_sense_is_refused(
    api: Served, given: dict[str, Any]
) -> None:
    administrator = await api.asker("1008")
    body = {"number": "1003", "url": "https://x.example", "events": ["activity.logged"], **given}
    assert (await administrator.post("/subscriptions", body)).is_problem(422, "invalid")
    assert await Subscription.all().count() == 0


async def test_only_an_administrator_subscribes(api: Served) -> None:
    leader = await api.asker("1003")
    body = {"number": "1003", "url": "https://x.example", "events": ["activity.logged"]}
    assert (await leader.post("/subscriptions", body)).is_problem(403, "not_allowed")
