"""The demo's bank: always the same, believable, and whole."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from core.rules.workdays import add_workdays, is_workday
from core.vocabulary import (
    CONTACT_ROLES,
    INDUSTRIES,
    KINDS,
    OUTCOMES,
    PRODUCTS,
    ROLES,
    SIZES,
    STATUSES,
)
from storage import db
from storage.credit_code import credit_code, is_valid
from storage.demo.load import DEMO_PHONES, NEWCOMER, DemoBank, DemoSummary, build, load
from storage.demo.phrases import NOTES, OPENINGS, PURPOSES
from storage.demo.workdays import Workdays
from storage.models import Activity, Change, Contact, Customer, FollowUp, Staff, Unit
from tests.db.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.support.databases import SqliteDatabases

ZONE = ZoneInfo("Asia/Shanghai")
TABLES = ("units", "staff", "customers", "contacts", "activities", "follow_ups")
#: when somebody may start the demo: in working hours, early, late, on days off, years ahead
MOMENTS = (
    NOW,
    datetime(2026, 11, 24, 8, 30, tzinfo=ZONE),
    datetime(2026, 11, 20, 17, 55, tzinfo=ZONE),
    datetime(2026, 11, 21, 12, 0, tzinfo=ZONE),
    datetime(2026, 10, 1, 9, 0, tzinfo=ZONE),
    datetime(2027, 2, 8, 0, 5, tzinfo=ZONE),
    datetime(2029, 3, 1, 9, 0, tzinfo=UTC),
)


@lru_cache
def built(now: datetime) -> DemoBank:
    """The bank of a moment; what only reads it needs no second one."""
    return build(now)


def row(made: object) -> dict[str, object]:
    return {k: v for k, v in sorted(vars(made).items()) if not k.startswith("_")}


def digest(bank: DemoBank, tables: Iterable[str] = TABLES) -> str:
    rows = (repr(row(made)) for table in tables for made in getattr(bank, table))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@pytest.fixture(scope="module")
def relations(sqlite_databases: SqliteDatabases) -> None:
    """The models know their relations, which the first connection sets up for good."""

    async def connect_once() -> None:
        await db.connect(sqlite_databases.fresh())
        await db.disconnect()

    asyncio.run(connect_once())


@pytest.fixture(scope="module")
def bank(relations: None) -> DemoBank:
    return build(NOW)


def local(moment: datetime) -> datetime:
    return moment.astimezone(ZONE)


def test_same_seed_same_rows(relations: None, bank: DemoBank) -> None:
    random.seed(1)  # nobody else's chance matters
    again = build(NOW)
    assert digest(again) == digest(bank)
    assert digest(build(NOW, seed=8)) != digest(bank)


def test_another_moment_leaves_people_and_names_alone(relations: None, bank: DemoBank) -> None:
    later = build(NOW + timedelta(days=40, hours=3))
    assert digest(later, ("units", "staff", "contacts")) == digest(
        bank, ("units", "staff", "contacts")
    )
    same = [(c.name_zh, c.credit_code, c.owner_id, c.search_text) for c in later.customers]
    assert same == [(c.name_zh, c.credit_code, c.owner_id, c.search_text) for c in bank.customers]


def test_the_organization(bank: DemoBank) -> None:
    kinds = Counter(unit.kind for unit in bank.units)
    assert kinds["head_office"] == 1
    assert kinds["branch"] == 3
    assert kinds["team"] == 8
    by_id = {unit.id: unit for unit in bank.units}
    for unit in bank.units:
        above = by_id.get(unit.parent_id or 0)
        assert unit.path == f"{above.path if above else '/'}{unit.id}/"
    for branch in (unit for unit in bank.units if unit.kind == "branch"):
        teams = [u for u in bank.units if u.kind == "team" and u.path.startswith(branch.path)]
        assert 2 <= len(teams) <= 3
    roles = Counter(person.role for person in bank.staff)
    assert roles == {
        "rm": 25, "telecaller": 3, "team_leader": 8, "branch_manager": 3, "head_office": 2,
        "administrator": 1, "auditor": 1, "service_desk": 1,
    }  # fmt: skip
    assert set(roles) == set(ROLES)
    for what in ("number", "phone", "name_zh"):
        assert len({getattr(person, what) for person in bank.staff}) == len(bank.staff)
    assert all(person.phone.startswith("86100") for person in bank.staff)


def test_the_phones_of_the_demo(bank: DemoBank) -> None:
    staff = {person.number: person for person in bank.staff}
    people = [staff[number] for number, _ in DEMO_PHONES]
    assert [person.role for person in people] == [
        "rm", "telecaller", "team_leader", "head_office", "administrator",
    ]  # fmt: skip
    li, _, leader, _, _ = people
    assert (li.name_zh, li.name_en) == ("李伟", "Li Wei")
    assert li.unit_id == leader.unit_id
    assert staff[NEWCOMER].unit_id == li.unit_id
    assert not [c for c in bank.customers if c.owner_id == staff[NEWCOMER].id]


def test_the_firms_that_the_docs_know(bank: DemoBank) -> None:
    huaxing, brightway, electronics = bank.customers[:3]
    assert huaxing.name_zh == "上海华兴机械制造有限公司"
    assert huaxing.name_en == "Shanghai Huaxing Machinery Manufacturing Co., Ltd."
    assert (huaxing.grade, huaxing.status) == ("A", "active")
    assert brightway.name_zh == "上海百维物流有限公司"
    assert brightway.name_en == "Shanghai Brightway Logistics Co., Ltd."
    assert electronics.name_zh == "上海华星电子科技有限公司"
    assert {c.owner_id for c in (huaxing, brightway, electronics)} == {bank.staff[0].id}
    main = next(c for c in bank.contacts if c.customer_id == huaxing.id and c.is_main)
    assert (main.name, main.title) == ("王建国", "总经理")
    alike = [c for c in bank.customers if "华兴" in c.name_zh or "华星" in c.name_zh]
    assert alike == [huaxing, electronics]


def test_the_portfolios(bank: DemoBank) -> None:
    staff = {person.id: person for person in bank.staff}
    kept = Counter(c.owner_id for c in bank.customers)
    assert len(bank.customers) == 600
    assert kept[None] == 9
    assert {kept[p.id] for p in bank.staff if p.role == "rm" and p.number != NEWCOMER} == {24}
    assert {kept[p.id] for p in bank.staff if p.role == "telecaller"} == {5}
    units = {unit.id: unit for unit in bank.units}
    for customer in bank.customers:
        if customer.owner_id is None:
            assert units[customer.unit_id].kind == "branch"
        else:
            assert customer.unit_id == staff[customer.owner_id].unit_id


def test_firms_are_unlike_and_believable(bank: DemoBank) -> None:
    for what in ("name_zh", "name_en", "credit_code", "external_id", "phone"):
        assert len({getattr(c, what) for c in bank.customers}) == 600, what
    for c in bank.customers:
        assert is_valid(str(c.credit_code))
        assert (str(c.credit_code)[:2] == "92") == (c.size == "individual")
        assert c.name_zh.startswith(c.city)
        assert c.industry in INDUSTRIES
        assert c.size in SIZES
        assert c.status in STATUSES
        assert c.grade in "ABCD"
        assert c.address.startswith(c.city)
        assert c.latitude is not None
        assert c.longitude is not None
        assert 29.9 < c.latitude < 31.8
        assert 119.8 < c.longitude < 121.8
        assert c.founded is not None
        assert c.founded < c.created_at.date() < NOW.date()
        assert c.capital_fen
        assert c.legal_representative
        assert len(c.search_text) < 700
    assert set(Counter(c.status for c in bank.customers)) == set(STATUSES)


def test_everybody_has_somebody_to_call(bank: DemoBank) -> None:
    people: dict[int, list[Contact]] = {}
    for contact in bank.contacts:
        people.setdefault(contact.customer_id, []).append(contact)
    assert set(people) == {c.id for c in bank.customers}
    for contacts in people.values():
        assert 1 <= len(contacts) <= 3
        assert [c.is_main for c in contacts].count(True) == 1
        assert len({c.name for c in contacts}) == len(contacts)
    assert {c.role for c in bank.contacts} == set(CONTACT_ROLES)
    assert len({c.phone for c in bank.contacts}) == len(bank.contacts)
    assert all(len(c.phone) == 13 and c.phone.startswith("86101") for c in bank.contacts)


def test_the_year_of_visits(bank: DemoBank) -> None:
    assert len(bank.activities) > 8000
    assert {a.kind for a in bank.activities} == set(KINDS)
    assert {a.outcome for a in bank.activities} == set(OUTCOMES)
    assert {a.product for a in bank.activities} == {*PRODUCTS, None}
    first, moments = NOW - timedelta(days=370), set()
    for a in bank.activities:
        at = local(a.occurred_at)
        assert first < at < NOW
        assert is_workday(at.date()), at
        assert time(9) <= at.time() < time(18)
        assert a.occurred_at < a.recorded_at <= NOW
        assert a.note
        assert "{" not in a.note
        assert (a.author_id, at) not in moments
        moments.add((a.author_id, at))
        assert a.amount_fen is None or a.amount_fen % 1_000_000 == 0
    assert [a.id for a in bank.activities] == list(range(1, len(bank.activities) + 1))
    assert all(a.recorded_at <= b.recorded_at for a, b in pairwise(bank.activities))


def test_a_third_of_the_managers_write_english(bank: DemoBank) -> None:
    rms = [p for p in bank.staff if p.role == "rm" and p.number != NEWCOMER]
    english = {p.id for p in rms if p.locale == "en"}
    assert len(english) == 8
    for a in bank.activities:
        assert a.note.isascii() == (a.author_id in english)


def test_last_contact_is_the_last_contact(bank: DemoBank) -> None:
    last: dict[int, datetime] = {}
    for a in bank.activities:
        last[a.customer_id] = max(last.get(a.customer_id, a.occurred_at), a.occurred_at)
    for c in bank.customers:
        assert c.last_contact_at == last.get(c.id)
    busy = Counter(a.customer_id for a in bank.activities)
    means = [
        sum(busy[c.id] for c in chosen) / len(chosen)
        for grade in "ABCD"
        if (chosen := [c for c in bank.customers if c.grade == grade and c.status == "active"])
    ]
    assert means == sorted(means, reverse=True)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_promises_follow_the_banks_own_rules(relations: None, now: datetime) -> None:
    made = built(now)
    activities = {a.id: a for a in made.activities}
    customers = {c.id: c for c in made.customers}
    for f in made.follow_ups:
        due = local(f.due_at)
        assert is_workday(due.date())
        overdue = add_workdays(due.date(), 1)
        assert local(f.overdue_at) == datetime.combine(overdue, time(9), ZONE)
        assert local(f.escalate_at) == datetime.combine(add_workdays(overdue, 2), time(9), ZONE)
        assert f.created_at < f.due_at
        assert f.created_at <= now
        assert f.lead_minutes == (0 if f.all_day else 30)
        assert not f.all_day or due.time() == time(9)
        assert f.purpose
        assert f.owner_id == f.created_by_id
        if f.activity_id is not None:
            assert activities[f.activity_id].customer_id == f.customer_id
            assert activities[f.activity_id].recorded_at == f.created_at
        told_by = f.settled_at if f.status != "open" else now
        assert told_by is not None
        assert f.overdue_told_at == (f.overdue_at if f.overdue_at <= told_by else None)
        assert f.escalated_at == (f.escalate_at if f.escalate_at <= told_by else None)
        if f.status == "open":
            assert customers[f.customer_id].owner_id == f.owner_id
            assert f.settled_at is None
            remind = f.due_at - timedelta(minutes=f.lead_minutes)
            assert f.remind_at == (remind if remind > now else None)
        else:
            assert f.remind_at is None
            assert f.settled_at <= now
            assert (f.settled_by_id is None) == (f.status == "cancelled")
            if f.settled_by_id is not None:
                assert activities[f.settled_by_id].customer_id == f.customer_id
                assert activities[f.settled_by_id].recorded_at == f.settled_at
    for a in made.activities:
        assert a.recorded_at <= now
    assert all(local(c.created_at) < now for c in made.customers)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_li_wei_has_something_of_every_kind_to_do(relations: None, now: datetime) -> None:
    own = [f for f in built(now).follow_ups if f.owner_id == 1 and f.status == "open"]
    # The next nine o'clock at which the bank works.
    morning = datetime.combine(local(now).date(), time(9), ZONE)
    while morning <= now or not is_workday(morning.date()):
        morning += timedelta(days=1)
    assert len(own) == 12
    assert [f for f in own if f.escalated_at]
    assert [f for f in own if f.overdue_told_at and not f.escalated_at]
    assert [f for f in own if f.overdue_at == morning]
    assert [f for f in own if f.escalate_at == morning]
    assert [f for f in own if f.all_day and f.overdue_at > now]
    assert [f for f in own if f.remind_at and not f.all_day]
    assert len({f.customer_id for f in own}) == 12


def test_what_is_open_at_the_moment_of_the_docs(bank: DemoBank) -> None:
    opened = [f for f in bank.follow_ups if f.status == "open"]
    today = NOW.date()
    assert 100 < len(opened) < 250
    due = Counter((local(f.due_at).date() - today).days for f in opened)
    assert due[0] > 20
    assert due[1] > 10
    assert sum(due[day] for day in range(2, 5)) > 10
    told = [f for f in opened if f.overdue_told_at]
    assert 5 < len(told) < 30
    assert [f for f in told if f.escalated_at]
    assert [f for f in told if not f.escalated_at]


def test_credit_codes() -> None:
    # The worked example of GB 32100 and a published code with a digit to check it.
    assert is_valid("91350100M000100Y43")
    assert not is_valid("91350100M000100Y44")
    assert not is_valid("91350100M000100Y4")
    assert not is_valid("91350100I000100Y43")
    codes = {credit_code("91", "310115", number) for number in range(3000)}
    assert len(codes) == 3000
    assert all(map(is_valid, codes))


def test_the_calendar_is_the_banks() -> None:
    for year in (2025, 2026, 2027, 2029):
        workdays = Workdays(datetime(year, 6, 1, 10, tzinfo=ZONE))
        day = date(year - 1, 1, 1)
        while day < date(year + 1, 12, 24):
            assert (workdays.day(workdays.index(day)) == day) == is_workday(day), day
            day += timedelta(days=1)


def test_phrases_fit_the_vocabulary() -> None:
    assert set(NOTES) == set(OUTCOMES)
    assert set(OPENINGS) == set(KINDS)
    assert set(PURPOSES) <= {*PRODUCTS, ""}
    for phrases in (*NOTES.values(), *OPENINGS.values(), *PURPOSES.values()):
        assert phrases.zh
        assert phrases.en
        assert all(text.isascii() for text in phrases.en)
    for phrases in NOTES.values():
        for text in phrases.zh + phrases.en:
            product, mark, _ = text.rpartition("|")
            assert not mark or product in PRODUCTS


async def test_load_writes_every_row(demo: str) -> None:
    made = build(NOW)
    for table, model in zip(
        TABLES, (Unit, Staff, Customer, Contact, Activity, FollowUp), strict=True
    ):
        kept = await model.all().order_by("id")
        assert [row(k) for k in kept] == [row(m) for m in getattr(made, table)], table


async def test_load_reports_and_leaves_the_ids_ready(database: str) -> None:
    told: list[tuple[str, int, int]] = []
    summary = await load(NOW, progress=lambda *what: told.append(what))
    assert isinstance(summary, DemoSummary)
    assert (summary.customers, summary.staff) == (600, 44)
    assert [what for what, done, total in told if done == total] == [
        "units", "staff", "customers", "contacts", "visits and calls", "follow-ups",
        "second officers", "series",
        "accounts", "balances", "flows", "holdings", "credit lines", "contributions",
        "other banks", "statements", "partners", "shareholders", "properties", "family",
        "relations", "consents", "changes",
    ]  # fmt: skip
    unit = await Unit.create(kind="team", name_zh="x", name_en="x", path="/x/")
    assert unit.id == summary.units + 1
    contact = await Contact.create(customer_id=1, name="某某")
    assert contact.id == summary.contacts + 1
    assert await Change.filter(customer_id=1).count() == 2
    with pytest.raises(RuntimeError, match="empty"):
        await load(NOW)
    if db.dialect() == "sqlite":
        assert await db.rows("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("now", MOMENTS)
def test_what_firms_have_with_the_bank_belongs_together(relations: None, now: datetime) -> None:
    made = built(now)
    numbers = [account.number for account in made.dealings.accounts]
    assert len(numbers) == len(set(numbers))
    last = {one.account_id: one.balance_fen for one in made.dealings.balances}
    for account in made.dealings.accounts:
        assert account.tail == account.number[-4:]
        assert account.id not in last or account.balance_fen == last[account.id]
    today = local(now).date()
    assert all(one.day <= today for one in (*made.dealings.balances, *made.dealings.flows))
    for line in made.dealings.credit_lines:
        assert 0 <= line.drawn_fen <= line.limit_fen
    for statement in made.firm_facts.statements:
        assert statement.assets_fen >= statement.current_assets_fen
        assert statement.period_end < today


def test_the_three_known_firms_guarantee_one_another_in_a_ring(bank: DemoBank) -> None:
    edges = {
        (one.customer_id, one.other_id)
        for one in bank.firm_facts.relations
        if one.kind == "guarantees"
    }
    assert edges == {(1, 3), (3, 2), (2, 1)}
