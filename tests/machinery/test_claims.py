"""A sender's claims and its own deliveries cross each other, and no chat is left lying."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from core.screens import Screen, content_to_json
from storage import deliveries
from storage.models import Outbox

if TYPE_CHECKING:
    from tests.support.town import Town


async def put(town: Town, text: str, priority: int) -> None:
    await deliveries.put_outbox(
        cause=text, chat_id=101, op="post", content=content_to_json(Screen(text)),
        priority=priority, now=1,
    )  # fmt: skip
    town.app.sender.wake()


@pytest.mark.parametrize("priority", [deliveries.REPLY, deliveries.ALERT])
async def test_a_chat_claimed_anew_before_its_last_delivery_has_ended_is_delivered_to(
    town: Town, monkeypatch: pytest.MonkeyPatch, priority: int
) -> None:
    claimed = asyncio.Event()
    claim, mark = deliveries.claim_mailboxes, deliveries.mark_sent

    async def claim_and_tell(*args: Any, **named: Any) -> list[int]:
        chats = await claim(*args, **named)
        if chats and lingered:
            claimed.set()
        return chats

    async def mark_and_linger(*args: Any, **named: Any) -> bool:
        more = await mark(*args, **named)
        if not lingered:
            lingered.append(True)
            await put(town, "second", priority)
            await asyncio.wait_for(claimed.wait(), 5)
        return more

    lingered: list[bool] = []
    monkeypatch.setattr(deliveries, "claim_mailboxes", claim_and_tell)
    monkeypatch.setattr(deliveries, "mark_sent", mark_and_linger)
    await put(town, "first", priority)
    async with asyncio.timeout(10):
        await town.settles()
    texts = [request.params["text"] for request in town.simulator.sent("sendMessage")]
    assert texts == ["first", "second"]


async def test_a_message_that_cannot_be_rendered_is_given_up_and_holds_up_nothing(
    town: Town,
) -> None:
    for number, content in enumerate(('{"Screen":{"text":7}}', "nonsense", "")):
        await deliveries.put_outbox(
            cause=f"broken:{number}", chat_id=101, op="post", content=content, now=1
        )
    await put(town, "whole", deliveries.REPLY)
    async with asyncio.timeout(10):
        await town.settles()
    assert await Outbox.filter(status="dead").count() == 3
    texts = [request.params["text"] for request in town.simulator.sent("sendMessage")]
    assert texts == ["whole"]
