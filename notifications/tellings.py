"""Messages that tell of several alerts: sent, and changed when any of these is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.acting import Acting
from core.people import person_reading, with_reach
from core.screens import content_to_json
from core.tellings import open_telling, telling_screen, tellings_of
from notifications.outbox import alert
from notifications.shown import change_sent
from storage import deliveries
from storage.queues import millis

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from core.acting import Person
    from storage.models import Alert


def subject_of(telling_id: int) -> str:
    """What the card of such a message is about."""
    return f"telling:{telling_id}"


def telling_of(subject: str) -> int:
    """The message that such a subject names."""
    return int(subject.rpartition(":")[2])


def subject_showing(subject: str, name: str, args: Sequence[str]) -> str:
    """What the card of such a message is about while another page is read on it.

    `telling:7` shows the message, `reading:7:5` the alert 5 of it, `reading:7` anything else.
    Other cards stay what they are about.
    """
    kind, _, rest = subject.partition(":")
    if kind not in {"telling", "reading"}:
        return subject
    telling_id = rest.partition(":")[0]
    within = list(args[-1:]) == [telling_id]
    if within and name in _BACK:
        return subject_of(int(telling_id))
    if within and name in _ONE:
        return f"reading:{telling_id}:{int(args[0])}"
    return f"reading:{telling_id}"


#: what shows the message again, and what shows one alert of it
_BACK = frozenset({"telling", "alert_done", "alert_dismiss", "alert_later"})
_ONE = frozenset({"alert", "alert_why"})


async def change_tellings(acting: Acting, alert_ids: Collection[int]) -> None:
    """Strike these alerts in every message that tells them.

    Whoever reads something else in its place, a profile or another alert of it, goes on reading
    what somebody else settled meanwhile; the own acts lead back. One that is unsent says so from
    the first, and nothing where all of it is settled.
    """
    for telling_id, staff_id in await tellings_of(alert_ids):
        person = await person_reading(staff_id, acting.now)
        if person is None:
            continue
        reading = Acting(person, acting.now, acting.cause)
        screen, is_open = await telling_screen(reading, telling_id)
        subject = subject_of(telling_id)
        await deliveries.renew_unsent_of(
            subject, content_to_json(screen) if is_open else None, millis(acting.now)
        )
        step = f"told:{min(alert_ids)}"
        await change_sent(acting, subject, screen, step=step)
        own = acting.person.id == staff_id
        for read in [f"reading:{telling_id}:{one}" for one in alert_ids] + (
            [f"reading:{telling_id}"] if own else []
        ):
            await change_sent(acting, read, screen, step=step)
            await deliveries.rename_cards(read, subject)


async def tell_several(
    acting: Acting, receiver: Person, kind: str, alerts: Sequence[Alert], *, cause: str
) -> None:
    """Tell a person several alerts in one message, to be acted on one by one in its place."""
    reading = Acting(await with_reach(receiver, acting.now), acting.now, acting.cause)
    telling = await open_telling(reading, kind, alerts)
    screen, _ = await telling_screen(reading, telling.id)
    await alert(reading, receiver, screen, cause=cause, subject=subject_of(telling.id))
