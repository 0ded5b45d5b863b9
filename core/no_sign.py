"""People who don't show that they read: told to their leader, who asks them or gives work away.

Telegram tells a bot nothing of reading. What counts is a sign: any message, tap or command to the
bot. Whoever was sent the morning's digest on each of the last working days and gave no sign since
the first of these is told of, and whoever can't be reached at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core import audit
from core.alert_events import PersonNudged
from core.errors import AlreadyNudged, Invalid, NotFound
from core.i18n import N_
from core.led_units import ABOVE, leaders_below, nearest
from core.people import staff_name
from core.rules.access import OWN, led_people
from core.rules.workdays import add_workdays
from storage.db import rows
from storage.models import Audit, Staff
from storage.statements import moment_of

if TYPE_CHECKING:
    from core.acting import Acting

#: working days in a row without a sign
DAYS = 3
_TOLD = sorted(OWN | ABOVE)


@dataclass(frozen=True, slots=True)
class NudgePerson:
    """Ask somebody to look at what waits."""

    staff_id: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Somebody who gives no sign."""

    staff_id: int
    name: str
    #: since when nothing can be delivered; None where it only is not answered
    unreachable_since: datetime | None


_NO_SIGN = """
SELECT s.id, s.name_zh, s.name_en, s.unreachable_since, u.path
  FROM staff s JOIN unit u ON u.id = s.unit_id
 WHERE s.active AND s.chat_id IS NOT NULL AND s.id <> $1 AND u.path LIKE $2
   AND s.role IN ({roles})
   AND (s.unreachable_since IS NOT NULL
     OR ({digests} = $3
         AND NOT EXISTS (
           SELECT 1 FROM inbox i
            WHERE i.lane = 'c:' || CAST(s.chat_id AS TEXT) AND i.status IN ('done', 'pending')
              AND i.received_at >= (
                SELECT MIN(o.sent_at) FROM outbox o WHERE o.cause IN ({causes})))))
 ORDER BY s.id
"""


async def no_sign(acting: Acting) -> list[Unread]:
    """Those that the acting person is the nearest leader of; nobody for whoever leads none."""
    person = acting.person
    if person.role not in ABOVE:
        return []
    days = [add_workdays(acting.local_now.date(), -back) for back in range(1, DAYS + 1)]
    causes = ", ".join(f"'morning:' || CAST(s.id AS TEXT) || ':{day}'" for day in days)
    sent = f"(SELECT COUNT(*) FROM outbox o WHERE o.cause IN ({causes}) AND o.status = 'sent')"  # noqa: S608 - days only
    sql = _NO_SIGN.format(
        roles=", ".join(f"'{one}'" for one in _TOLD), digests=sent, causes=causes
    )
    found = await rows(sql, person.id, f"{person.unit_path}%", DAYS)
    others = await leaders_below(person) if found else []
    return [
        Unread(
            int(row["id"]),
            row["name_zh"] if acting.locale == "zh" else row["name_en"] or row["name_zh"],
            moment_of(row["unreachable_since"]) if row["unreachable_since"] else None,
        )
        for row in found
        if nearest(person, others, row["path"], int(row["id"]))
    ]


async def nudge_person(acting: Acting, command: NudgePerson) -> int:
    """Ask, once a day, and return the person's id.

    Raises:
        NotFound: if it is nobody that the acting person leads.
        Invalid: if nothing can be delivered to the person.
        AlreadyNudged: if the person was asked today.
    """
    staff = await Staff.filter(
        led_people(acting.person), id=command.staff_id, active=True
    ).first() if command.staff_id != acting.person.id else None  # fmt: skip
    if staff is None:
        raise NotFound
    if staff.chat_id is None or staff.unreachable_since is not None:
        raise Invalid(N_("The bot can't reach {name}. Please call."),
                      name=staff_name(staff, acting.locale))  # fmt: skip
    midnight = datetime.combine(acting.local_now.date(), time(), acting.zone)
    if await Audit.exists(
        subject="staff", subject_id=staff.id, action="nudge", at__gte=midnight,
        at__lt=midnight + timedelta(days=1),
    ):  # fmt: skip
        raise AlreadyNudged
    await audit.record(acting, "nudge", "staff", staff.id)
    acting.emit(PersonNudged(staff.id, acting.person.id))
    return int(staff.id)
