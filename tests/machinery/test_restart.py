"""A process is killed in the middle, another one starts: everything arrives, nothing twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.app import App
from bot.carrier import Carrier
from bot.sender import Sender
from storage import deliveries, queues
from storage.models import Activity, Inbox, Outbox, Talk
from tests.support.town import Town, another_process

if TYPE_CHECKING:
    pass


class Trap:
    """A function that somebody is killed in: it is reached, and never comes back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
        self.reached = asyncio.Event()
        self._context = monkeypatch.context()
        self._patch = self._context.__enter__()

        async def never(*_: Any, **__: Any) -> None:
            self.reached.set()
            await asyncio.Event().wait()

        self._patch.setattr(where, name, never)

    def open(self) -> None:
        """Let the next process through."""
        self._context.__exit__(None, None, None)


async def kill(app: App) -> None:
    """Stop everything where it stands: nothing is finished, nothing is said goodbye to."""
    at_work = [*app._tasks, *app.worker._busy.values(), *app.sender._busy.values(), *app._acks]
    for task in at_work:
        task.cancel()
    await asyncio.gather(*at_work, return_exceptions=True)
    app._tasks.clear()
    app._acks.clear()
    await app.__aexit__(None, None, None)


async def to_the_review(town: Town) -> tuple[int, str]:
    """A dialogue up to its review card; returns the message and the data of its first button."""
    li = town.phone("1001")
    await li.says("/visit")
    for label in ("上海百维物流有限公司", "电访", "有意向"):
        await li.presses(label)
    await li.says("备注")
    await li.presses("没有下一步")
    card = await li.sees("请核对")
    return card.message_id, card.buttons[0][0].data


@pytest.mark.parametrize(
    ("where", "name", "most"),
    [
        (queues, "lock_lane", 1),
        (deliveries, "put_outbox", 1),
        (queues, "mark_done", 1),
        (Sender, "_turn_has_come", 1),
        (Carrier, "send", 1),
        (deliveries, "mark_sent", 2),
    ],
    ids=["before", "in the middle", "at the end", "claimed", "before sending", "after sending"],
)
async def test_killed_anywhere_the_save_is_done_once_and_said(
    town: Town, monkeypatch: pytest.MonkeyPatch, where: object, name: str, most: int
) -> None:
    message_id, save = await to_the_review(town)
    li = town.simulator.phone(101)
    trap = Trap(monkeypatch, where, name)
    await li.presses_raw(message_id, save, wait=0)
    await asyncio.wait_for(trap.reached.wait(), 10)
    await kill(town.app)
    trap.open()
    async with another_process(town):
        await town.passes(seconds=11)  # the claims of the killed one end
        await li.sees("✅ 已保存")
        assert await Activity.all().count() == 1
        assert (await Talk.get()).status == "done"
        assert not await Inbox.exclude(status="done").exists()
        assert not await Outbox.exclude(status="sent").exists()
        said = [r for r in town.simulator.sent() if "已保存" in str(r.params.get("text"))]
        assert 1 <= len(said) <= most


async def test_what_came_while_nobody_was_there_is_handled_in_order(town: Town) -> None:
    await kill(town.app)
    li, chen = town.simulator.phone(101), town.simulator.phone(102)
    await li.says("/help")
    await chen.says("/today")
    await li.says("/today")
    async with another_process(town):
        await town.settles()
        said = [message.text[:3] for message in li.messages if message.from_bot]
        assert said == ["您可以", "早上好"]
        await chen.sees("早上好")


async def test_a_quiet_stop_finishes_what_is_under_way(town: Town) -> None:
    li = town.simulator.phone(101)
    await li.says("/help")
    await li.settles()
    await town.app.__aexit__(None, None, None)
    async with another_process(town):
        await town.settles()
        assert [message.text[:3] for message in li.messages if message.from_bot] == ["您可以"]
        assert await Outbox.filter(status="sent").count() == 1


def tasks() -> set[asyncio.Task[Any]]:
    """What runs, but for the simulator's ends of connections."""
    return {task for task in asyncio.all_tasks() if "RequestHandler" not in repr(task)}


async def test_a_start_that_fails_closes_what_it_opened(town: Town) -> None:
    settings = town.app.settings
    await town.app.__aexit__(None, None, None)
    town.simulator.faults.server_error(times=None)
    before = tasks()
    with pytest.raises(Exception, match="Internal Server Error"):
        async with App(settings, town.clock):
            pytest.fail("it started")
    assert tasks() <= before
    town.simulator.faults.clear()
    async with another_process(town):
        await town.phone("1001").says("/today")
        await town.phone("1001").sees("早上好")


@pytest.mark.parametrize("steps", range(6))
async def test_a_role_that_is_called_and_stopped_at_once_stops(town: Town, steps: int) -> None:
    app = town.app
    for role in (app.worker, app.sender, app.downloads):
        task = asyncio.create_task(role.run())
        while not role._wake._waiters:  # noqa: ASYNC110 - the role tells nobody that it waits
            await asyncio.sleep(0.001)
        role.wake()
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task], timeout=2)
        assert task.cancelled()
