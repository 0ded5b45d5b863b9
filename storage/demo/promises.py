"""Follow-ups of the demo's bank: those that were kept, late or not, and those still open.

Every kind that the bot knows is there: due later today, at a moment or some time of the day,
tomorrow and in the weeks after; overdue and told, overdue from the next working morning, and so
late that the leader was told or will be in the next working morning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from storage.demo.organization import LI_WEI
from storage.demo.phrases import PURPOSES
from storage.demo.workdays import MORNING, ZONE, Workdays, local
from storage.models import FollowUp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from random import Random

    from storage.models import Activity, Customer, Staff

LEAD = 30
HALF_HOUR = timedelta(minutes=30)
#: nothing is planned for later in the day than this
LAST_HOUR = time(17, 30)
NOON = 12
TIMES = (time(9, 30), time(10), time(10, 30), time(13, 30), time(14), time(15), time(16))
PROMISING = frozenset({"interested", "follow_up", "complaint"})
IN_PERSON = frozenset({"visit", "meeting"})
#: how purposes begin that nobody serves by telephone
TAKES_A_VISIT = ("送", "取", "看", "收", "装", "节前", "Bring", "Collect", "See")
#: those of a telecaller's or a relationship manager's firms with whom something is planned
OPEN_WITH = frozenset({"active", "intent", "prospect", "at_risk"})


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due."""

    at: datetime
    all_day: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A follow-up with the contacts that made and settled it, whose ids are not known yet."""

    row: FollowUp
    made_by: Activity | None
    settled_by: Activity | None = None

    def link(self) -> None:
        """Point to the contacts, once they have ids."""
        self.row.activity_id = self.made_by.id if self.made_by else None
        self.row.settled_by_id = self.settled_by.id if self.settled_by else None


class Promises:
    """Makes them, around a moment."""

    def __init__(self, random: Random, workdays: Workdays) -> None:
        self._random, self._workdays = random, workdays

    def spread(self, staff: Sequence[Staff], customers: Sequence[Customer]) -> dict[int, Due]:
        """For which customers something is open, and when it is due; one each."""
        found: dict[int, Due] = {}
        for person in staff:
            own = [c for c in customers if c.owner_id == person.id and c.status in OPEN_WITH]
            # The known firms stay in front: the docs tell what is planned with them.
            known, others = (own[:3], own[3:]) if person.number == LI_WEI else ([], own)
            self._random.shuffle(others)
            found.update(
                {
                    customer.id: due
                    for customer, due in zip(known + others, self._dues(person), strict=False)
                }
            )
        return found

    def kept(self, author: Staff, contacts: Sequence[Activity]) -> list[Promise]:
        """What was promised in a contact and settled by the next one."""
        return [
            promise
            for before, after in pairwise(contacts)
            if before.outcome in PROMISING and self._random.random() < 0.75
            if (promise := self._settled(author, before, after)) is not None
        ]

    def open(self, author: Staff, customer: Customer, last: Activity | None, due: Due) -> Promise:
        """What is still to do, and whom the bank has told of it so far."""
        kind = (
            "call"
            if author.role == "telecaller"
            else self._random.choice(("visit", "visit", "call"))
        )
        made_at = last.recorded_at if last else customer.created_at
        row = self._row(author, customer.id, kind, last.product if last else None, due, made_at)
        now = self._workdays.now
        remind_at = due.at - timedelta(minutes=row.lead_minutes)
        row.remind_at = remind_at if remind_at > now else None
        row.overdue_told_at = row.overdue_at if row.overdue_at <= now else None
        row.escalated_at = row.escalate_at if row.escalate_at <= now else None
        return Promise(row, last)

    def _dues(self, person: Staff) -> list[Due]:
        if person.role == "telecaller":
            return [self._soon(0), self._at(1), self._at(3)]
        if person.role != "rm":
            return []
        if person.number == LI_WEI:
            return self._dues_of_li_wei()
        chance, late = self._random.random, self._late
        dues = [self._soon(n) for n in range(self._random.randrange(3))]
        dues += [self._at(0, all_day=True)] * (chance() < 0.4)
        dues += [self._at(1) for _ in range(self._random.randrange(3))]
        dues += [self._at(self._random.randrange(2, 5)) for _ in range(self._random.randrange(4))]
        dues += [self._at(self._random.randrange(5, 16)) for _ in range(self._random.randrange(4))]
        dues += [late(0)] * (chance() < 0.2) + [late(1)] * (chance() < 0.3)
        dues += [late(2)] * (chance() < 0.1) + [late(4)] * (chance() < 0.2)
        return dues

    def _dues_of_li_wei(self) -> list[Due]:
        """One of every kind."""
        late = self._late
        return [
            self._soon(0), self._at(1, time(10)), self._at(2, time(14, 30)),
            self._soon(1), self._at(0, all_day=True), self._at(1, all_day=True),
            late(0), late(1), late(2), late(5),
            self._at(4, time(10, 30)), self._at(8, time(15)),
        ]  # fmt: skip

    def _at(self, later: int, clock: time | None = None, *, all_day: bool = False) -> Due:
        """So many working days after today."""
        day = self._workdays.day(self._workdays.next_open + later)
        clock = MORNING if all_day else clock or self._random.choice(TIMES)
        return Due(local(day, clock), all_day)

    def _soon(self, number: int) -> Due:
        """Later today, while there is time left; else on the next working day."""
        now = self._workdays.now.astimezone(ZONE)
        start = now.replace(minute=0, second=0, microsecond=0) + 4 * HALF_HOUR
        at = max(start, start.replace(hour=10)) + number * 5 * HALF_HOUR
        if at.hour == NOON:
            at += 3 * HALF_HOUR
        today = self._workdays.day(self._workdays.next_open) == now.date()
        if today and at.date() == now.date() and at.time() <= LAST_HOUR:
            return Due(local(at.date(), at.time()))
        return self._at(1 if today else 0, TIMES[number + 1])

    def _late(self, mornings: int) -> Due:
        """Overdue since so many working mornings; 0 from the next one on."""
        day = self._workdays.day(self._workdays.begun - mornings)
        return Due(local(day, self._random.choice(TIMES) if mornings else MORNING))

    def _settled(self, author: Staff, before: Activity, after: Activity) -> Promise | None:
        random, workdays = self._random, self._workdays
        made = workdays.index(before.occurred_at.astimezone(ZONE).date())
        kept = workdays.index(after.occurred_at.astimezone(ZONE).date())
        late = random.randrange(1, 5) if random.random() < 0.25 else 0
        if kept - late <= made:
            return None
        day = workdays.day(kept - late)
        all_day = random.random() < 0.15
        clock = MORNING if all_day else random.choice(TIMES)
        if not late and not all_day:
            clock = _half_hour(after.occurred_at.astimezone(ZONE).time())
        due = Due(local(day, clock), all_day)
        row = self._row(
            author, before.customer_id, after.kind, before.product, due, before.recorded_at
        )
        if random.random() < 0.06:
            row.status, row.settled_at = "cancelled", min(due.at, workdays.now)
            return Promise(row, before)
        row.status, row.settled_at = "done", after.recorded_at
        row.overdue_told_at = row.overdue_at if row.overdue_at < after.recorded_at else None
        row.escalated_at = row.escalate_at if row.escalate_at < after.recorded_at else None
        return Promise(row, before, after)

    def _row(
        self,
        author: Staff,
        customer_id: int,
        kind: str,
        product: str | None,
        due: Due,
        made_at: datetime,
    ) -> FollowUp:
        overdue_at, escalate_at = self._workdays.deadlines(due.at)
        purposes = PURPOSES.get(product or "", PURPOSES[""])
        choices = purposes.en if author.locale == "en" else purposes.zh
        if kind not in IN_PERSON:
            choices = tuple(c for c in choices if not c.startswith(TAKES_A_VISIT)) or choices
        return FollowUp(
            customer_id=customer_id,
            owner_id=author.id,
            created_by_id=author.id,
            kind=kind,
            purpose=self._random.choice(choices),
            due_at=due.at,
            all_day=due.all_day,
            lead_minutes=0 if due.all_day else LEAD,
            overdue_at=overdue_at,
            escalate_at=escalate_at,
            created_at=made_at,
        )


def _half_hour(clock: time) -> time:
    """The half hour that a time falls into."""
    return clock.replace(minute=30 if clock.minute >= 30 else 0)
