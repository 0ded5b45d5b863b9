"""JOBS: what the clock starts, how often, and who does it.

A tick only ever puts keyed rows into the inbox, `t:<job>:<slot>`: any number of schedulers in any
number of processes cause each slot once. Where the clock was set back, the slots come again under
other keys until the time is reached that had been (docs/adr/0038).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.alert_first_pass import BATCH as PASSED
from core.alert_first_pass import tell_what_holds
from core.crossings import AT_ONCE as LOOKED_AT
from core.crossings import find_crossings
from core.recycling import BATCH as RECYCLING_BATCH
from core.series_job import BATCH as SERIES
from core.series_job import plan_series_ahead
from notifications import sealing, vanishing
from notifications.alerts import BATCH as TOLD
from notifications.alerts import escalate_alerts, tell_alerts
from notifications.assignments import BATCH as UNACCEPTED_BATCH
from notifications.assignments import tell_unaccepted
from notifications.digests import BATCH as DIGESTED
from notifications.digests import friday_digest, morning_digest
from notifications.leader_plans import BATCH as PLANS_LATE
from notifications.leader_plans import tell_unanswered
from notifications.recycling import ask_leaders, propose_recycling
from notifications.reminders import BATCH, escalate, remind_due, tell_overdue
from notifications.visits import ask_how_it_went
from notifications.weekly import BATCH as PLANS_TOLD
from notifications.weekly import tell_weekly_plans
from storage import queues
from storage.archive import archive_settled
from storage.db import transaction
from storage.deliveries import forget_the_future
from storage.queues import Arrival, millis

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class Job:
    """Something done at every slot of a length.

    `run` returns how much it did; where that was as much as it does at once, it runs again.
    """

    every: timedelta
    run: Callable[[Acting], Awaitable[int]]
    at_once: int | None = None


#: how long what is settled stays where every update passes; longer than Telegram repeats any
KEPT = timedelta(days=30)


async def archive_old(acting: Acting) -> int:
    """Move a batch of what was settled long ago into the archive."""
    return await archive_settled(millis(acting.now - KEPT))


JOBS: dict[str, Job] = {
    "remind_due": Job(timedelta(minutes=1), remind_due, BATCH),
    "tell_overdue": Job(timedelta(minutes=1), tell_overdue, BATCH),
    "ask_how_it_went": Job(timedelta(minutes=1), ask_how_it_went, BATCH),
    "morning_digest": Job(timedelta(minutes=1), morning_digest, DIGESTED),
    "friday_digest": Job(timedelta(minutes=1), friday_digest, DIGESTED),
    "tell_weekly_plans": Job(timedelta(minutes=1), tell_weekly_plans, PLANS_TOLD),
    "tell_unanswered": Job(timedelta(minutes=5), tell_unanswered, PLANS_LATE),
    "escalate": Job(timedelta(minutes=1), escalate, BATCH),
    "tell_unaccepted": Job(timedelta(minutes=5), tell_unaccepted, UNACCEPTED_BATCH),
    "propose_recycling": Job(timedelta(hours=1), propose_recycling, RECYCLING_BATCH),
    "ask_leaders_recycling": Job(timedelta(hours=1), ask_leaders, RECYCLING_BATCH),
    "plan_series": Job(timedelta(minutes=15), plan_series_ahead, SERIES),
    "find_crossings": Job(timedelta(minutes=1), find_crossings, LOOKED_AT),
    "tell_what_holds": Job(timedelta(minutes=1), tell_what_holds, PASSED),
    "tell_alerts": Job(timedelta(minutes=1), tell_alerts, TOLD),
    "escalate_alerts": Job(timedelta(minutes=1), escalate_alerts, TOLD),
    "archive_old": Job(timedelta(minutes=1), archive_old),
    "seal_audit": Job(timedelta(minutes=1), sealing.seal_audit, sealing.BATCH),
    "remove_shown": Job(timedelta(seconds=30), vanishing.remove_shown, vanishing.BATCH),
}


def slot_of(job: Job, now: datetime) -> int:
    """The number of the slot that a moment falls into."""
    return int(now.timestamp() // job.every.total_seconds())


#: the latest moment of all ticks, and the one that the clock was set back from
_LATEST, _SET_BACK = "tick", "set_back"
#: the clocks of several machines may differ by so much, and more is a clock that was set back
APART = timedelta(minutes=1)


async def tick(now: datetime) -> int:
    """Put what is to be done in the present slots into the inbox; returns how many were new."""
    async with transaction():
        latest = await queues.get_cursor(_LATEST)
        set_back = millis(now) < latest - millis_of(APART)
        if set_back and await queues.get_cursor(_SET_BACK) != latest:
            await forget_the_future(millis(now))
            await queues.set_cursor(_SET_BACK, latest)
        again = f"~{latest}" if set_back else ""
        arrivals = []
        for name, job in JOBS.items():
            slot = slot_of(job, now)
            body = json.dumps({"job": name, "slot": slot, "again": again})
            arrivals.append(Arrival(f"t:{name}:{slot}{again}", f"j:{name}", slot, body))
        place = (_LATEST, max(latest, millis(now)))
        return await queues.put_inbox(arrivals, millis(now), cursor=place)


def millis_of(length: timedelta) -> int:
    """A length of time as the machinery counts it."""
    return int(length.total_seconds() * 1000)


async def run(acting: Acting, name: str, slot: int, part: int, again: str = "") -> int:
    """Do a job's part of a slot, and have the next part done if this one was full.

    Returns how much was done. To be called in the transaction that marks the part as done.
    """
    job = JOBS.get(name)
    if job is None:
        return 0
    done = await job.run(acting)
    if job.at_once is not None and done >= job.at_once:
        body = json.dumps({"job": name, "slot": slot, "part": part + 1, "again": again})
        key = f"t:{name}:{slot}{again}.{part + 1}"
        following = Arrival(key, f"j:{name}", slot, body)
        await queues.put_inbox([following], millis(acting.now))
    return done
