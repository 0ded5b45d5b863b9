"""Made-up firms: names, codes, addresses, and the people to talk to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from storage.credit_code import COMPANY, SOLE_TRADER, credit_code
from storage.demo.people import customer_phone, office_phone, person_name
from storage.demo.places import PLACES, Place
from storage.demo.trades import (
    ELECTRONICS,
    FAMOUS,
    FIRST,
    LOGISTICS,
    MACHINERY,
    MEANT,
    SECOND,
    SHOPS,
    TRADES,
    Trade,
)
from storage.models import Contact, Customer
from storage.search import fill_search_fields

if TYPE_CHECKING:
    from random import Random

    from storage.demo.organization import Organization
    from storage.models import Staff

PER_RM, PER_TELECALLER, POOLED = 24, 5, 9

GRADES = ("A", "B", "C", "D")
STATUSES = ("active", "intent", "prospect", "dormant", "at_risk", "lost", "exited")
#: by who keeps the firm: weights of the grades and of the statuses
KEPT_BY_RM = ((12, 28, 43, 17), (58, 13, 13, 7, 5, 3, 1))
KEPT_BY_TELECALLER = ((0, 10, 50, 40), (0, 30, 70, 0, 0, 0, 0))
KEPT_BY_NOBODY = ((0, 0, 50, 50), (0, 0, 45, 55, 0, 0, 0))
#: registered capital in ten thousand yuan
CAPITAL = {
    "medium": (2000, 3000, 5000, 6000, 8000),
    "small": (300, 500, 800, 1000, 1500, 2000),
    "micro": (50, 100, 200, 300),
    "individual": (5, 10, 20, 30),
}
LEADERS = ("总经理", "董事长", "总经理", "执行董事")
OTHERS = (
    ("财务总监", "influencer"), ("财务经理", "influencer"), ("出纳", "handler"),
    ("采购经理", "handler"), ("办公室主任", "handler"), ("副总经理", "influencer"),
    ("会计", "handler"),
)  # fmt: skip
#: the known firms are old customers, and so are those that one has lost sight of
PAST = frozenset({"dormant", "lost", "exited"})
_SERVED_LONGER = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Known:
    """A firm that the docs and the journeys know by name; all of them are Li Wei's."""

    brand: str
    brand_en: str
    trade: Trade
    grade: str
    contact: tuple[str, str]


KNOWN = (
    Known("华兴", "Huaxing", MACHINERY, "A", ("王建国", "Wang Jianguo")),
    Known("百维", "Brightway", LOGISTICS, "B", ("林晓东", "Lin Xiaodong")),
    Known("华星", "Huaxing", ELECTRONICS, "B", ("刘洋", "Liu Yang")),
)


@dataclass(frozen=True, slots=True)
class Firms:
    """Rows with their ids set, not yet written."""

    customers: list[Customer] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    #: what each customer asks for first
    products: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Keeper:
    """Whose a firm is: a person's, or only a branch's."""

    staff: Staff | None
    unit_id: int


def build_firms(random: Random, organization: Organization, now: datetime) -> Firms:
    """600 firms with their contacts, spread over the people who keep them."""
    firms = Firms()
    taken: set[str] = set()
    for number, keeper in enumerate(_keepers(random, organization), 1):
        known = KNOWN[number - 1] if number <= len(KNOWN) else None
        places = PLACES[organization.city_of(keeper.unit_id)]
        place = places[0] if known else random.choice(places)
        customer = _known(known, place) if known else _unknown(random, place, taken, firms, number)
        if known:
            firms.products[number] = known.trade.products
        _describe(random, customer, number, place, now)
        customer.owner_id = keeper.staff.id if keeper.staff else None
        customer.unit_id = keeper.unit_id
        _rate(random, customer, keeper, known)
        contacts = _contacts(random, customer, len(firms.contacts), known)
        customer.legal_representative = (
            contacts[0].name if random.random() < 0.7 else person_name(random).zh
        )
        fill_search_fields(customer)
        firms.customers.append(customer)
        firms.contacts.extend(contacts)
    return firms


def _keepers(random: Random, organization: Organization) -> list[_Keeper]:
    """One for each firm: Li Wei's known ones first, the others in any order."""
    first = organization.rms[0]
    others = [_Keeper(rm, rm.unit_id) for rm in organization.rms for _ in range(PER_RM)]
    others = others[len(KNOWN) :]
    others += [
        _Keeper(person, person.unit_id)
        for person in organization.telecallers
        for _ in range(PER_TELECALLER)
    ]
    branches = organization.branches
    others += [_Keeper(None, branches[n % len(branches)].id) for n in range(POOLED)]
    random.shuffle(others)
    return [_Keeper(first, first.unit_id)] * len(KNOWN) + others


def _known(known: Known, place: Place) -> Customer:
    return Customer(
        name_zh=f"{place.city}{known.brand}{known.trade.zh}有限公司",
        name_en=f"{place.city_en} {known.brand_en} {known.trade.en} Co., Ltd.",
        short_name=known.brand + known.trade.short,
        industry=known.trade.section,
        size="medium",
    )


def _unknown(random: Random, place: Place, taken: set[str], firms: Firms, number: int) -> Customer:
    """A firm with a name that no other one has; its trade is noted in `firms.products`."""
    while True:
        size = random.choices(("medium", "small", "micro", "individual"), (20, 50, 26, 4))[0]
        brand, brand_en = _brand(random)
        if size == "individual":
            trade, ending, ending_en = random.choice(SHOPS)
            district = place.district.removeprefix(f"{place.city}市")
            seat = place.district if district != place.district else f"{place.city}市"
            name_zh = f"{seat}{brand}{trade.zh}{ending}"
            name_en = f"{place.city_en} {brand_en} {trade.en} {ending_en}"
        else:
            trade = random.choice(TRADES)
            form = random.choices(("有限公司", "股份有限公司"), (93, 7))[0]
            name_zh = f"{place.city}{brand}{trade.zh}{form}"
            name_en = f"{place.city_en} {brand_en} {trade.en} Co., Ltd."
        # In one city no two firms of one trade may share a brand.
        if (key := f"{place.city}{brand}{trade.zh[:2]}") not in taken:
            break
    taken.add(key)
    firms.products[number] = trade.products
    return Customer(
        name_zh=name_zh,
        name_en=name_en,
        short_name=brand + trade.short,
        industry=trade.section,
        size=size,
    )


def _brand(random: Random) -> tuple[str, str]:
    if random.random() < 0.08:
        return random.choice(MEANT)
    while True:
        (first, first_en), (second, second_en) = random.choice(FIRST), random.choice(SECOND)
        brand = first + second
        if brand not in FAMOUS and first != second:
            return brand, first_en + second_en


def _describe(
    random: Random, customer: Customer, number: int, place: Place, now: datetime
) -> None:
    """Everything that does not depend on who keeps the firm."""
    kind = SOLE_TRADER if customer.size == "individual" else COMPANY
    today = datetime(now.year, now.month, now.day, 1, 0, tzinfo=UTC)
    served = timedelta(days=random.randrange(20, 365 if random.random() < 0.12 else 2000))
    customer.id = number
    customer.external_id = f"C{number:06}"
    # A step that shares no factor with 31^5 keeps the codes apart and in no order.
    customer.credit_code = credit_code(kind, place.area, number * 7_919_771 % 31**5)
    customer.city = place.city
    customer.address = (
        f"{place.district}{random.choice(place.streets)}{random.randrange(8, 1999)}号"
    )
    customer.latitude = round(place.latitude + random.uniform(-0.02, 0.02), 5)
    customer.longitude = round(place.longitude + random.uniform(-0.02, 0.02), 5)
    customer.phone = office_phone(place.telephone, number)
    customer.capital_fen = random.choice(CAPITAL[customer.size]) * 10_000 * 100
    customer.founded = (today - served - timedelta(days=random.randrange(200, 7000))).date()
    customer.created_at = today - served


def _rate(random: Random, customer: Customer, keeper: _Keeper, known: Known | None) -> None:
    if keeper.staff is None:
        grades, statuses = KEPT_BY_NOBODY
    else:
        grades, statuses = KEPT_BY_RM if keeper.staff.role == "rm" else KEPT_BY_TELECALLER
    customer.grade = random.choices(GRADES, grades)[0]
    customer.status = random.choices(STATUSES, statuses)[0]
    if known:
        customer.grade, customer.status = known.grade, "active"
    if known or customer.status in PAST:
        assert customer.founded is not None
        customer.created_at -= _SERVED_LONGER
        customer.founded -= _SERVED_LONGER


def _contacts(
    random: Random, customer: Customer, before: int, known: Known | None
) -> list[Contact]:
    """One to three people, the first of whom decides and is the one to call."""
    shop = customer.size == "individual"
    count = 1 if shop else random.choices((1, 2, 3), (35, 42, 23))[0]
    names: list[tuple[str, str]] = [known.contact] if known else []
    while len(names) < count:
        made = person_name(random)
        if (made.zh, made.en) not in names:
            names.append((made.zh, made.en))
    title = LEADERS[0] if known else "经营者" if shop else random.choice(LEADERS)
    posts = [(title, "decision_maker"), *random.sample(OTHERS, 2)]
    return [
        Contact(
            id=before + index,
            customer_id=customer.id,
            name=zh,
            name_en=en,
            title=title,
            phone=customer_phone(before + index),
            role=role,
            is_main=index == 1,
        )
        for index, ((zh, en), (title, role)) in enumerate(zip(names, posts, strict=False), 1)
    ]
