"""A year of visits and calls, and the follow-ups that came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import holidays

from storage.demo.phrases import NOTES, PURPOSES_EN, PURPOSES_ZH
from storage.models import Activity, FollowUp

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from storage.demo.firms import Firms
    from storage.demo.organization import Organization
    from storage.models import Contact, Customer

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = time(9)
YEAR = timedelta(days=365)
CONTACTS_A_YEAR = {"A": 26, "B": 17, "C": 11, "D": 6}
KINDS, KIND_WEIGHTS = ("visit", "call", "wechat", "meeting", "email"), (32, 45, 14, 6, 3)
OUTCOMES = ("interested", "follow_up", "not_interested", "no_answer", "done", "complaint")
OUTCOME_WEIGHTS = (34, 30, 12, 12, 10, 2)
WAN = (50, 100, 200, 300, 500, 800, 1000, 2000)
LEAD = 30
#: every third person writes English notes
ENGLISH_EVERY = 3
OPEN_EVERY = 4


@dataclass(frozen=True, slots=True)
class Histories:
    """Rows with their ids set, not yet written."""

    activities: list[Activity]
    follow_ups: list[FollowUp]


@lru_cache(maxsize=1)
def _calendar() -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=range(2024, 2029))


def is_working_day(day: date) -> bool:
    """Whether banks work on this day, make-up days included."""
    return bool(_calendar().is_working_day(day))


def later_workday(day: date, count: int) -> date:
    """The day that lies this many working days after."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def build_histories(
    random: Random, organization: Organization, firms: Firms, now: datetime
) -> Histories:
    """A year of contacts for every firm that somebody keeps, and what is still to do."""
    made = Histories([], [])
    mains = {contact.customer_id: contact for contact in firms.contacts if contact.is_main}
    numbers = {person.id: int(person.number) for person in organization.staff}
    for customer in firms.customers:
        if customer.owner_id is None:
            continue
        _contacts(random, made, customer, mains[customer.id], numbers[customer.owner_id], now)
        if customer.id % OPEN_EVERY == 1 or customer.id <= OPEN_EVERY:
            _open_follow_up(random, made, customer, numbers[customer.owner_id], now)
    return made


def _contacts(
    random: Random, made: Histories, customer: Customer, main: Contact, staff_number: int,
    now: datetime,
) -> None:  # fmt: skip
    count = max(1, round(CONTACTS_A_YEAR[customer.grade] * random.uniform(0.6, 1.3)))
    moments = sorted(_working_moment(random, now) for _ in range(count))
    for at in moments:
        kind = random.choices(KINDS, KIND_WEIGHTS)[0]
        outcome = random.choices(OUTCOMES, OUTCOME_WEIGHTS)[0]
        if outcome == "no_answer" and kind != "call":
            outcome = "follow_up"
        wan = random.choice(WAN)
        english = staff_number % ENGLISH_EVERY == 0
        product, _, note = random.choice(NOTES[outcome][english]).rpartition("|")
        who = main.name_en if english else f"{main.name[0]}总"
        number = len(made.activities) + 1
        made.activities.append(
            Activity(
                id=number,
                key=f"demo:{number}",
                customer_id=customer.id,
                author_id=customer.owner_id,
                kind=kind,
                outcome=outcome,
                note=note.format(who=who, wan=wan, m=f"{wan / 100:g}"),
                product=product or None,
                amount_fen=wan * 10_000 * 100 if "{wan}" in note or "{m}" in note else None,
                occurred_at=at,
                time_source="stated",
                recorded_at=at + timedelta(minutes=random.randrange(1, 90)),
            )
        )
        if outcome == "follow_up":
            _done_follow_up(random, made, made.activities[-1], staff_number)
    customer.last_contact_at = moments[-1]


def _working_moment(random: Random, now: datetime) -> datetime:
    while True:
        day = (now - YEAR * random.random()).astimezone(ZONE).date()
        clock = time(
            random.choice((9, 10, 11, 13, 14, 15, 16)), random.choice((0, 10, 20, 30, 45))
        )
        at = datetime.combine(day, clock, ZONE)
        if is_working_day(day) and at < now - timedelta(hours=2):
            return at.astimezone(UTC)


def _done_follow_up(
    random: Random, made: Histories, activity: Activity, staff_number: int
) -> None:
    day = later_workday(activity.occurred_at.astimezone(ZONE).date(), random.randrange(2, 8))
    due_at = datetime.combine(day, time(random.choice((10, 14, 15))), ZONE)
    follow_up = _follow_up(made, activity.customer_id, activity.author_id, due_at, staff_number,
                           random)  # fmt: skip
    follow_up.activity_id = activity.id
    follow_up.status, follow_up.settled_at, follow_up.remind_at = "done", due_at, None
    follow_up.overdue_told_at = follow_up.escalated_at = None
    follow_up.created_at = activity.recorded_at


def _open_follow_up(
    random: Random, made: Histories, customer: Customer, staff_number: int, now: datetime
) -> None:
    """Something still to do: overdue, due today, tomorrow, or later this month."""
    today = now.astimezone(ZONE).date()
    shift = (0, 1, 0, 2, -1, 3, -4, 5, 0, 8)[len(made.follow_ups) % 10]
    if customer.id <= OPEN_EVERY:
        shift = (0, 0, -2, 1)[customer.id - 1]
    day = today + timedelta(days=shift)
    while not is_working_day(day):
        day += timedelta(days=-1 if shift < 0 else 1)
    clock = time(random.choice((10, 11, 14, 15, 16)), random.choice((0, 30)))
    if customer.id == 1:
        clock = time(15)
    due_at = datetime.combine(day, clock, ZONE)
    assert customer.owner_id is not None
    follow_up = _follow_up(made, customer.id, customer.owner_id, due_at, staff_number, random)
    if follow_up.overdue_at <= now:
        follow_up.overdue_told_at = follow_up.overdue_at
    if follow_up.escalate_at <= now:
        follow_up.escalated_at = follow_up.escalate_at
    follow_up.remind_at = max(due_at - timedelta(minutes=LEAD), now) if due_at > now else None
    follow_up.created_at = now - timedelta(days=random.randrange(5, 20))


def _follow_up(
    made: Histories, customer_id: int, owner_id: int, due_at: datetime, staff_number: int,
    random: Random,
) -> FollowUp:  # fmt: skip
    overdue = later_workday(due_at.date(), 1)
    purposes = PURPOSES_EN if staff_number % ENGLISH_EVERY == 0 else PURPOSES_ZH
    number = len(made.follow_ups) + 1
    follow_up = FollowUp(
        id=number,
        key=f"demo:{number}",
        customer_id=customer_id,
        owner_id=owner_id,
        created_by_id=owner_id,
        kind=random.choice(("visit", "visit", "call")),
        purpose=random.choice(purposes),
        due_at=due_at,
        lead_minutes=LEAD,
        overdue_at=datetime.combine(overdue, MORNING, ZONE),
        escalate_at=datetime.combine(later_workday(overdue, 2), MORNING, ZONE),
        created_at=due_at,
    )
    made.follow_ups.append(follow_up)
    return follow_up
