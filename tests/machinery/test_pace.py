"""A Telegram that enforces its limits: none is broken, and nobody who talks waits for alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.screens import Screen, content_to_json
from storage import deliveries
from storage.db import transaction
from storage.models import Outbox
from tests.faults.visits import until, working_day

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.visits import Workday

FLOOD, FIRST = 90, 500_001
#: what is out or under way when a reply comes: a batch of alerts, and the idle bucket's savings
AHEAD = 40


async def flood(day: Workday, count: int, priority: int, first: int = FIRST) -> None:
    """Something to be told to so many chats."""
    for number in range(count):
        day.simulator.phone(first + number, "x", started=True)
        await deliveries.put_outbox(
            cause=f"flood:{priority}:{number}", chat_id=first + number, op="post",
            content=content_to_json(Screen(f"told {priority}")), priority=priority, now=1,
        )  # fmt: skip
    day.app.sender.wake()  # type: ignore[union-attr]


async def all_sent() -> bool:
    return not await Outbox.filter(status="pending").exists()


def texts(day: Workday) -> list[str]:
    return [str(request.params.get("text")) for request in day.simulator.sent("sendMessage")]


async def test_replies_overtake_a_flood_of_alerts_and_digests_come_last(
    database_url: str, tmp_path: Path
) -> None:
    async with working_day(database_url, tmp_path, paced=True) as day:
        async with transaction():  # so that no digest is out before the alerts are there
            await flood(day, 10, deliveries.DIGEST, FIRST + FLOOD)
            await flood(day, FLOOD, deliveries.ALERT)
        day.app.sender.wake()  # type: ignore[union-attr]
        await day.reaches(lambda: len(texts(day)) > 20)
        before = len(texts(day))
        await day.reader.says("/help")
        await day.reader.sees("您可以这样用", timeout=10)
        assert len(texts(day)) - before < AHEAD < FLOOD - 20
        await until(all_sent)
        told = [text for text in texts(day) if text.startswith("told")]
        assert told.index("told 2") >= told.count("told 1") - 5
        assert not [request for request in day.simulator.sent() if request.code == 429]
        assert not day.simulator.violations


async def test_a_chat_that_may_not_be_sent_more_yet_keeps_nobody_waiting(
    database_url: str, tmp_path: Path
) -> None:
    async with working_day(database_url, tmp_path, paced=True) as day:
        quick = [*day.phones, day.reader]
        for phone in quick:
            for part in range(4):
                await deliveries.put_outbox(
                    cause=f"burst:{phone.user_id}:{part}", chat_id=phone.user_id, op="post",
                    content=content_to_json(Screen("burst")), now=1,
                )  # fmt: skip
        day.app.sender.wake()  # type: ignore[union-attr]
        await flood(day, 30, deliveries.ALERT)
        await until(all_sent)
        order = [request.chat_id or 0 for request in day.simulator.sent("sendMessage")]
        fourth = next(at for at, chat in enumerate(order) if order[: at + 1].count(chat) == 4)
        assert sum(chat >= FIRST for chat in order[:fourth]) >= 10
        assert not [request for request in day.simulator.sent() if request.code == 429]
        assert not day.simulator.violations
