"""What people are told goes through here: replies at once, alerts outside the quiet hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.screens import content_to_json, gone_after
from storage import deliveries
from storage.deliveries import ALERT, REPLY
from storage.queues import millis

if TYPE_CHECKING:
    from core.acting import Acting, Person
    from core.screens import Content


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
