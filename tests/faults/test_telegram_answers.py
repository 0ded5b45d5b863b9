"""Telegram answers with errors, nonsense, nothing or late: everything arrives, in order, once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from bot.simulator.faults import Fault, FaultKind
from storage.models import Outbox, Staff
from tests.faults.visits import working_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.simulator.faults import Faults
    from tests.faults.visits import Workday

#: how each fault is asked for: what, how often it strikes, and with what chance
TROUBLES: dict[str, Fault] = {
    "500": Fault(FaultKind.SERVER_ERROR, 12, 0.3),
    "500 after it was done": Fault(FaultKind.SERVER_ERROR, 12, 0.3, executed=True),
    "429": Fault(FaultKind.TOO_MANY, 6, 0.3, seconds=1),
    "nonsense": Fault(FaultKind.NONSENSE, 12, 0.3),
    "nonsense after it was done": Fault(FaultKind.NONSENSE, 12, 0.3, executed=True),
    "a cut line": Fault(FaultKind.DROP, 12, 0.3),
    "a cut line after it was done": Fault(FaultKind.DROP, 12, 0.3, executed=True),
    "nothing": Fault(FaultKind.TIME_OUT, 3, 0.2),
    "late": Fault(FaultKind.SLOW, 12, 0.3, seconds=0.5),
}
#: a message that failed once is tried again after a second; one without answer after eight more
LONGEST_RECOVERY = {"nothing": 12.0}


async def recovered(day: Workday, since: float) -> float:
    """Seconds until everything that was due at the end of the trouble was out."""
    last = day.simulator.world.updates.next_id - 1
    await day.has_answered(last)
    return time.monotonic() - since


@pytest.mark.parametrize("name", TROUBLES)
async def test_everything_arrives_once_the_trouble_is_over(
    database_url: str, tmp_path: Path, name: str, record_property: Callable[[str, object], None]
) -> None:
    wanted = TROUBLES[name]
    async with working_day(database_url, tmp_path) as day:
        day.begin()
        await day.goes_on(updates=8)
        fault = struck_by(day.simulator.faults, wanted)
        await day.reaches(lambda: fault.hits == wanted.times)
        over = time.monotonic()
        await day.goes_on(updates=8)
        seconds = await recovered(day, over)
        await day.end()
        await day.nothing_is_lost_or_doubled()
        doubled = await day.doubled_sends()
    record_property("seconds to recover", round(seconds, 3))
    assert seconds < LONGEST_RECOVERY.get(name, 6.0)
    # What was carried out and not confirmed has to be repeated; nothing else may be.
    assert doubled <= (wanted.times or 0 if wanted.executed else 0)


def struck_by(faults: Faults, wanted: Fault) -> Fault:
    """The same trouble, begun anew: a fault counts its own hits."""
    fields: dict[str, Any] = {name: getattr(wanted, name) for name in Fault.__slots__}
    return faults.add(Fault(**fields | {"hits": 0}))


async def test_polls_that_fail_lose_no_update(database_url: str, tmp_path: Path) -> None:
    async with working_day(database_url, tmp_path) as day:
        day.begin()
        for kind in (FaultKind.SERVER_ERROR, FaultKind.NONSENSE, FaultKind.DROP):
            fault = day.simulator.faults.add(Fault(kind, 2, method="getUpdates"))
            await day.reaches(lambda fault=fault: fault.hits == 2)  # type: ignore[misc]
            await day.goes_on(updates=4)
        await day.end()
        await day.nothing_is_lost_or_doubled()


async def test_a_person_who_shut_the_bot_out_delays_nobody_and_is_answered_on_return(
    database_url: str, tmp_path: Path
) -> None:
    async with working_day(database_url, tmp_path) as day:
        leader = day.simulator.phone(106, "1006", language_code="zh-hans", started=True)
        day.begin()
        shut_out = day.simulator.faults.forbidden(chat_id=day.reader.user_id)
        await day.reader.says("/today")
        await day.reaches(lambda: shut_out.hits == 1)
        await day.goes_on(updates=12)

        reader = await Staff.get(chat_id=day.reader.user_id)
        assert reader.unreachable_since
        lost = await Outbox.filter(status="dead")
        assert {row.chat_id for row in lost} == {day.reader.user_id}
        await leader.sees("联系不上王芳", timeout=10)
        await day.reader.says("/help")
        await day.reader.sees("您可以这样用", timeout=10)
        await day.end()
        await Outbox.filter(status="dead").update(status="dismissed")
        await day.nothing_is_lost_or_doubled()
        assert not (await Staff.get(chat_id=day.reader.user_id)).unreachable_since
