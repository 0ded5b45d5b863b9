"""A year of visits and calls, at the rhythm that a firm's grade and standing ask for.

Contacts fall into working hours of working days, nobody is at two places at once, and what was
promised in one contact is kept, late or not, in the next (`storage.demo.promises`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from storage.demo.phrases import NOTES, OPENINGS
from storage.demo.promises import Promise, Promises
from storage.demo.workdays import ZONE, Workdays, local
from storage.models import Activity

if TYPE_CHECKING:
    from random import Random

    from storage.demo.firms import Firms
    from storage.demo.organization import Organization
    from storage.models import Contact, Customer, FollowUp, Staff

#: working days between two contacts, by grade
RHYTHM = {"A": 8, "B": 11, "C": 15, "D": 23}
#: the rhythm is stretched by the standing
STRETCH = {"dormant": 2.2, "lost": 1.6, "exited": 1.6, "prospect": 1.1}
#: working days since the last contact, where there is none any more
SILENT = {"dormant": (45, 110), "lost": (30, 120), "exited": (60, 150)}
YEAR = timedelta(days=365)

KINDS = ("visit", "call", "wechat", "meeting", "email", "other")
KIND_WEIGHTS = {"rm": (34, 40, 14, 6, 4, 2), "telecaller": (0, 86, 12, 0, 2, 0)}
OUTCOMES = ("interested", "follow_up", "not_interested", "no_answer", "done", "complaint")
OUTCOME_WEIGHTS = {
    "active": (30, 27, 8, 9, 23, 3),
    "intent": (40, 36, 8, 14, 2, 0),
    "prospect": (18, 30, 24, 28, 0, 0),
    "dormant": (10, 26, 32, 30, 2, 0),
    "at_risk": (10, 30, 28, 15, 5, 12),
    "lost": (6, 22, 44, 20, 2, 6),
    "exited": (8, 26, 34, 14, 14, 4),
}
#: what a firm asks for first it asks for most
PRODUCT_WEIGHTS = (6, 3, 2, 2, 1, 1)
WAN = {
    "medium": (300, 500, 800, 1000, 1500, 2000),
    "small": (100, 200, 300, 500, 800),
    "micro": (30, 50, 80, 100, 200),
    "individual": (10, 20, 30, 50),
}
#: o'clock, with the quiet hours of noon left out
HOURS = (9, 9, 10, 10, 10, 11, 13, 14, 14, 15, 15, 16, 16, 17)
#: how Chinese notes address who holds a post
ADDRESSED = (
    ("总经理", "总"), ("董事长", "董"), ("执行董事", "总"), ("总监", "总"), ("经理", "经理"),
    ("主任", "主任"), ("会计", "会计"), ("出纳", "会计"), ("经营者", "老板"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Histories:
    """Rows with their ids set, not yet written."""

    activities: list[Activity]
    follow_ups: list[FollowUp]


def build_histories(
    random: Random, organization: Organization, firms: Firms, now: datetime
) -> Histories:
    """A year of contacts for every firm, and what is still to do."""
    return _Year(random, organization, firms, Workdays(now)).build()


class _Year:
    """The year that is being made."""

    def __init__(
        self, random: Random, organization: Organization, firms: Firms, workdays: Workdays
    ) -> None:
        self._random, self._firms, self._workdays = random, firms, workdays
        self._organization = organization
        self._staff = {person.id: person for person in organization.staff}
        self._people: dict[int, list[Contact]] = {}
        for contact in firms.contacts:
            self._people.setdefault(contact.customer_id, []).append(contact)
        self._busy: set[tuple[int, datetime]] = set()
        self._promises = Promises(random, workdays)

    def build(self) -> Histories:
        open_promises = self._promises.spread(self._organization.staff, self._firms.customers)
        activities: list[Activity] = []
        promises: list[Promise] = []
        for customer in self._firms.customers:
            author = self._author(customer)
            due = open_promises.get(customer.id)
            days = self._days(customer, due.at.astimezone(ZONE).date() if due else None)
            contacts = [
                self._contact(customer, author, day, last=number == 0)
                for number, day in enumerate(days)
            ]
            contacts.sort(key=lambda activity: activity.occurred_at)
            activities += contacts
            promises += self._promises.kept(author, contacts)
            last = contacts[-1] if contacts else None
            customer.last_contact_at = last.occurred_at if last else None
            if due:
                promises.append(self._promises.open(author, customer, last, due))
        return _numbered(activities, promises)

    def _author(self, customer: Customer) -> Staff:
        """Who keeps the firm; the branch's telecaller tried those that nobody keeps."""
        if customer.owner_id is not None:
            return self._staff[customer.owner_id]
        branches = [branch.id for branch in self._organization.branches]
        return self._organization.telecallers[branches.index(customer.unit_id)]

    def _days(self, customer: Customer, due: date | None) -> list[int]:
        """The working days of the contacts, the last one first."""
        workdays, random = self._workdays, self._random
        between = RHYTHM[customer.grade] * STRETCH.get(customer.status, 1.0)
        first = max(workdays.today - YEAR, customer.created_at.astimezone(ZONE).date())
        last = workdays.begun - int(random.random() * between)
        if customer.owner_id is None:
            last = workdays.begun - random.randrange(30, 90)
        elif customer.status in SILENT:
            last = workdays.begun - random.randrange(*SILENT[customer.status])
        if due is not None:
            # What was promised comes after the contact in which it was promised.
            last = min(last, workdays.index(due) - random.randrange(2, 7))
        days: list[int] = []
        day = float(last)
        while int(day) >= workdays.index(first):
            days.append(int(day))
            day -= max(1.0, between * random.uniform(0.5, 1.5))
        return days

    def _contact(self, customer: Customer, author: Staff, day: int, *, last: bool) -> Activity:
        random = self._random
        kind = random.choices(KINDS, KIND_WEIGHTS[author.role])[0]
        outcome = random.choices(OUTCOMES, OUTCOME_WEIGHTS[customer.status])[0]
        if last and customer.status == "lost":
            outcome = "not_interested"
        if outcome == "no_answer":
            kind = "call"
        product, note, wan = self._note(customer, author, kind, outcome)
        at = self._moment(author, day)
        recorded = at + timedelta(minutes=random.randrange(5, 55))
        return Activity(
            customer_id=customer.id,
            author_id=author.id,
            kind=kind,
            outcome=outcome,
            note=note,
            product=product,
            amount_fen=wan * 10_000 * 100 if wan else None,
            occurred_at=at,
            time_source=random.choices(("message", "stated", "asked"), (60, 30, 10))[0],
            recorded_at=min(recorded, self._workdays.now),
        )

    def _note(
        self, customer: Customer, author: Staff, kind: str, outcome: str
    ) -> tuple[str | None, str, int | None]:
        """The product, the note and the amount in ten thousand yuan."""
        random = self._random
        english = author.locale == "en"
        choices = NOTES[outcome].en if english else NOTES[outcome].zh
        products = self._firms.products[customer.id]
        wanted = random.choices(products, PRODUCT_WEIGHTS[: len(products)])[0]
        about = [text for text in choices if text.partition("|")[0] == wanted]
        plain = [text for text in choices if "|" not in text]
        product, _, body = random.choice(about or plain or choices).rpartition("|")
        people = self._people[customer.id]
        person = random.choices(people, (5, 2, 1)[: len(people)])[0]
        who = person.name_en if english else addressed(person)
        opening = ""
        if outcome != "no_answer":
            opening = random.choice(OPENINGS[kind].en if english else OPENINGS[kind].zh)
        wan = random.choice(WAN[customer.size])
        note = (opening + body).format(who=who, wan=wan, m=f"{wan / 100:g}")
        return product or None, note, wan if "{wan}" in body or "{m}" in body else None

    def _moment(self, author: Staff, day: int) -> datetime:
        """A free moment of a working day that is past by now."""
        random = self._random
        while True:
            clock = time(random.choice(HOURS), random.randrange(0, 60, 5))
            at = local(self._workdays.day(day), clock)
            if at + timedelta(minutes=5) > self._workdays.now:
                day -= 1
            elif (author.id, at) not in self._busy:
                self._busy.add((author.id, at))
                return at


def addressed(person: Contact) -> str:
    """How a Chinese note names a person: 王总, 张会计."""
    for post, address in ADDRESSED:
        if post in person.title:
            return person.name[0] + address
    return person.name


def _numbered(activities: list[Activity], promises: list[Promise]) -> Histories:
    """The rows with ids in the order in which they would have been written."""
    activities.sort(key=lambda row: (row.recorded_at, row.customer_id, row.occurred_at))
    for number, activity in enumerate(activities, 1):
        activity.id, activity.key = number, f"demo:a:{number}"
    follow_ups = [promise.row for promise in promises]
    follow_ups.sort(key=lambda row: (row.created_at, row.customer_id, row.due_at))
    for number, follow_up in enumerate(follow_ups, 1):
        follow_up.id, follow_up.key = number, f"demo:f:{number}"
    for promise in promises:
        promise.link()
    return Histories(activities, follow_ups)
