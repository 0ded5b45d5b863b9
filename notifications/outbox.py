"""What people are told goes through here: replies at once, alerts outside the quiet hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.rules import quiet
from core.rules.workdays import is_workday, next_workday
from core.screens import content_to_json, gone_after
from storage import deliveries
from storage.db import lookup
from storage.deliveries import ALERT, REPLY
from storage.queues import millis

if TYPE_CHECKING:
    from core.acting import Acting, Person
    from core.screens import Content
    from storage.deliveries import OutboxRow


BANK_ZONE = "Asia/Shanghai"


def quiet_now(acting: Acting) -> bool:
    """Whether the bank is asleep: jobs that tell people things wait, so that texts stay true."""
    return quiet.bank().hold(acting.now, BANK_ZONE) != acting.now


def held(person: Person, at: datetime) -> datetime:
    """The first moment from `at` on that is quiet neither for the bank nor for the person."""
    return quiet.bank().hold(at, person.zone, (person.quiet_from, person.quiet_until))


#: causes of what says a day, and is worth nothing on another: `name:person:day`
OF_ONE_DAY = "morning:"
#: causes of what comes on working days only
OF_WORK = ("alert:", "alerts:", "alert_up:", "alerts_up:", "alert_nudge:")


async def held_back(row: OutboxRow, now: datetime) -> bool:
    """Whether something waited for so long that it may not be delivered any more, or not yet.

    In the receiver's quiet hours it waits on; what is work waits for a working day; what says a
    day is dropped when that day is over.
    """
    found = await lookup(
        "SELECT zone, quiet_from, quiet_until FROM staff WHERE chat_id = $1", row.chat_id
    )
    if not found:
        return False
    zone, own = str(found[0]["zone"]), (found[0]["quiet_from"], found[0]["quiet_until"])
    until = quiet.bank().hold(now, zone, own)
    day = until.astimezone(ZoneInfo(zone)).date()
    if row.cause.startswith(OF_WORK) and not is_workday(day):
        morning = datetime.combine(next_workday(day), time(), ZoneInfo(zone))
        until = quiet.bank().hold(morning, zone, own)
    if until != now:
        await deliveries.hold_unsent(row.id, millis(until))
        return True
    today = now.astimezone(ZoneInfo(zone)).date()
    if row.cause.startswith(OF_ONE_DAY) and row.cause.rpartition(":")[2] != str(today):
        await deliveries.renew_unsent(row.id, None, millis(now))
        return True
    return False


async def reply(
    acting: Acting,
    chat_id: int,
    content: Content,
    *,
    number: int,
    card_id: int | None = None,
    op: deliveries.Op = "post",
) -> None:
    """Answer whoever caused this transaction."""
    await deliveries.put_outbox(
        cause=f"{acting.cause}#{number}",
        chat_id=chat_id,
        op=op,
        content=content_to_json(content),
        card_id=card_id,
        priority=REPLY,
        now=millis(acting.now),
        gone_after=gone_after(content),
    )


async def alert(
    acting: Acting,
    person: Person,
    content: Content,
    *,
    cause: str,
    subject: str = "",
    later: timedelta = timedelta(),
    priority: int = ALERT,
) -> bool:
    """Tell a person something on our own account; false when this cause told it before.

    A person without a chat is not told; quiet hours hold it back, and `later` lets what is going
    on in the chat come first. With a subject it becomes a card that changes when it is settled.
    """
    if person.chat_id is None:
        return False
    now = millis(acting.now)
    card_id = await deliveries.new_card(person.chat_id, subject, now) if subject else None
    return await deliveries.put_outbox(
        cause=cause,
        chat_id=person.chat_id,
        op="post",
        content=content_to_json(content),
        card_id=card_id,
        priority=priority,
        subject=subject,
        not_before=millis(held(person, acting.now + later)),
        now=now,
    )
