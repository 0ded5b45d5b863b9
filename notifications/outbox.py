"""What people are told goes through here: replies at once, alerts outside the quiet hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.screens import content_to_json, gone_after
from storage import deliveries
from storage.db import lookup
from storage.deliveries import ALERT, REPLY
from storage.queues import millis

if TYPE_CHECKING:
    from core.acting import Acting, Person
    from core.screens import Content
    from storage.deliveries import OutboxRow


class QuietHours:
    """The hours of the receiver's day in which only replies are delivered."""

    def __init__(self, start: int = 20, end: int = 8) -> None:
        self.start, self.end = start, end

    def hold(self, at: datetime, zone: str) -> datetime:
        """The first moment from `at` on that is not quiet."""
        local = at.astimezone(ZoneInfo(zone))
        hour = local.hour
        quiet = (
            (self.start <= hour or hour < self.end)
            if self.start > self.end
            else self.start <= hour < self.end
        )
        if not quiet:
            return at
        day = local.date() + timedelta(days=1 if hour >= self.end else 0)
        return datetime.combine(day, time(self.end), ZoneInfo(zone))


BANK_ZONE = "Asia/Shanghai"
_quiet = QuietHours()


def quiet_now(acting: Acting) -> bool:
    """Whether the bank is asleep: jobs that tell people things wait, so that texts stay true."""
    return _quiet.hold(acting.now, BANK_ZONE) != acting.now


#: causes of what says a day, and is worth nothing on another: `name:person:day`
OF_ONE_DAY = "morning:"


async def held_back(row: OutboxRow, now: datetime) -> bool:
    """Whether something waited for so long that it may not be delivered any more, or not yet.

    In the receiver's quiet hours it waits on; what says a day is dropped when that day is over.
    """
    found = await lookup("SELECT zone FROM staff WHERE chat_id = $1", row.chat_id)
    if not found:
        return False
    zone = str(found[0]["zone"])
    if (until := _quiet.hold(now, zone)) != now:
        await deliveries.hold_unsent(row.id, millis(until))
        return True
    today = now.astimezone(ZoneInfo(zone)).date()
    if row.cause.startswith(OF_ONE_DAY) and row.cause.rpartition(":")[2] != str(today):
        await deliveries.renew_unsent(row.id, None, millis(now))
        return True
    return False


def configure(quiet: QuietHours) -> None:
    """Set the bank's quiet hours; called once, at start."""
    globals()["_quiet"] = quiet


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
        not_before=millis(_quiet.hold(acting.now + later, person.zone)),
        now=now,
    )
