"""What the API gives is exactly the scope, computed by brute force; what it refuses, it leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storage import db
from storage.models import Activity, Contact, FollowUp, Series
from tests.support.api import Asker, Served, serving
from tests.support.bank import MONDAY
from tests.support.random_bank import RandomBank, random_bank
from tests.support.rows import fingerprint

SOON = (MONDAY + timedelta(hours=5)).isoformat()


async def fill(bank: RandomBank) -> None:
    """A contact, a record and a promise for every customer."""
    author = bank.staff[0].id
    for customer in bank.customers:
        by = customer.owner_id or author
        await Contact.create(customer=customer, name="x")
        record = await Activity.create(
            key=f"a{customer.id}", customer=customer, author_id=by, kind="visit",
            occurred_at=MONDAY, time_source="stated", recorded_at=MONDAY,
        )  # fmt: skip
        await Series.create(
            key=f"api{customer.id}", customer=customer, owner_id=by, created_by_id=by,
            rule="FREQ=WEEKLY;BYDAY=FR", begins=MONDAY.date(), created_at=MONDAY,
        )  # fmt: skip
        await FollowUp.create(
            key=f"api{customer.id}", customer=customer, owner_id=by, created_by_id=by,
            activity=record, due_at=MONDAY, overdue_at=MONDAY, escalate_at=MONDAY,
            created_at=MONDAY,
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
async def test_every_way_in_gives_exactly_the_scope(database: str, seed: int) -> None:
    bank = await random_bank(seed)
    await fill(bank)
    async with serving(bank) as api:
        for person in bank.staff:
            asker = await api.asker(person.number)
            expected = {one.id for one in bank.customers if bank.may_see(person, one)}
            listed = await every(asker, "/customers")
            found = await every(asker, "/customers/search", q="华兴")
            exported = (await asker.get("/customers/export")).lines
            planned = await every(asker, "/follow-ups")
            assert {one["id"] for one in listed} == expected
            assert {one["id"] for one in found} == expected
            assert {one["id"] for one in exported} == expected
            assert {one["customer_id"] for one in planned} == expected
            repeating = await every(asker, "/series")
            assert {one["customer_id"] for one in repeating} == expected
            assert (await asker.get("/me/today")).json["customers"] == len(expected)
            for customer in bank.customers[:8]:
                await look(api, asker, customer.id, seen=customer.id in expected)


async def every(asker: Asker, path: str, **params: str) -> list[Any]:
    """All pages of a list, small ones."""
    items: list[Any] = []
    cursor: str | None = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = (await asker.get(path, params={"limit": "7", **params, **more})).json
        items += page["items"]
        cursor = page["next"]
        if cursor is None:
            return items


async def ways(customer: int) -> tuple[list[str], list[tuple[str, str, Any]]]:
    """Every read and every change of one thing that belongs to a customer."""
    record = (await Activity.get(customer_id=customer, key=f"a{customer}")).id
    contact = (await Contact.filter(customer_id=customer).first().values("id"))["id"]
    promise = (await FollowUp.get(customer_id=customer, key=f"api{customer}")).id
    again = (await Series.get(customer_id=customer, key=f"api{customer}")).id
    reads = [
        f"/series/{again}",
        f"/customers/{customer}", f"/customers/{customer}/profile",
        f"/customers/{customer}/contacts", f"/customers/{customer}/activities",
        f"/activities/{record}", f"/follow-ups/{promise}", f"/follow-ups/{promise}/nearby",
        f"/customers/{customer}/rights",
        f"/customers/{customer}/assignments", f"/customers/{customer}/facts?section=contacts",
        f"/customers/{customer}/facts?section=basic", f"/customers/{customer}/changes",
        f"/facts/contacts/{contact}", f"/facts/basic/{customer}",
        f"/customers/{customer}/group", f"/customers/{customer}/completeness",
        f"/customers/{customer}/documents", f"/customers/{customer}/permits",
    ]  # fmt: skip
    changes: list[tuple[str, str, Any]] = [
        ("POST", "/activities",
         {"customer_id": customer, "kind": "visit", "occurred_at": MONDAY.isoformat()}),
        ("POST", "/follow-ups", {"customer_id": customer, "due_at": SOON}),
        ("PATCH", f"/activities/{record}", {"note": "x"}),
        ("POST", f"/activities/{record}/undo", None),
        ("POST", f"/follow-ups/{promise}/settle", {}),
        ("POST", f"/follow-ups/{promise}/postpone", {"due_at": SOON}),
        ("POST", f"/follow-ups/{promise}/length", {"minutes": 90}),
        ("POST", f"/follow-ups/{promise}/nudge", None),
        ("POST", "/series",
         {"customer_id": customer, "due_at": SOON, "rule": "FREQ=WEEKLY;BYDAY=FR"}),
        ("POST", f"/series/{again}/change", {"rule": "FREQ=WEEKLY;BYDAY=MO"}),
        ("POST", f"/series/{again}/end", {"reason": "not_needed"}),
        ("POST", f"/customers/{customer}/assignments", {"to_staff_id": 1}),
        ("POST", f"/customers/{customer}/collaborations", {"staff_id": 1}),
        ("POST", f"/customers/{customer}/release", {}),
        ("POST", f"/customers/{customer}/facts",
         {"section": "other_banks", "values": {"bank": "宁波银行"}}),
        ("POST", f"/customers/{customer}/permits", {"act": "export"}),
        ("PATCH", f"/facts/contacts/{contact}", {"values": {"title": "x"}}),
        ("POST", f"/facts/contacts/{contact}/end", None),
    ]  # fmt: skip
    return reads, changes


async def look(api: Served, asker: Asker, customer: int, *, seen: bool) -> None:
    """Reads are answered exactly within the scope; what is hidden looks like what is missing."""
    reads, changes = await ways(customer)
    if seen:
        for path in reads:
            assert (await asker.get(path)).status == 200, path
        return
    missing = (await asker.get("/customers/999999")).json
    before = await fingerprint()
    for path in reads:
        hidden = await asker.get(path)
        assert hidden.is_problem(404, "not_found")
        assert {**hidden.json, "instance": ""} == {**missing, "instance": ""}
    for method, path, body in changes:
        headers = {"If-Match": "*", "Idempotency-Key": f"{asker.token_id}-{customer}"}
        refused = await asker.ask(method, path, json=body, headers=headers)
        assert refused.status in {403, 404}, path
        assert "华兴" not in refused.text
    assert await fingerprint() == before


async def test_an_auditor_reads_everything_and_changes_nothing(api: Served) -> None:
    asker = await api.asker("1010")
    assert len((await asker.get("/customers")).json["items"]) == 7
    before = await fingerprint()
    customer = api.bank.customers["C001"]
    for path, body in (
        ("/activities",
         {"customer_id": customer, "kind": "visit", "occurred_at": MONDAY.isoformat()}),
        ("/follow-ups", {"customer_id": customer, "due_at": SOON}),
    ):  # fmt: skip
        assert (await asker.post(path, body)).is_problem(403, "not_allowed")
    assert await fingerprint() == before


@pytest.mark.parametrize("level", ["read", "write"])
async def test_what_is_shared_is_reached_over_the_api_too(api: Served, level: str) -> None:
    from storage.models import Collaboration

    customer = api.bank.customers["C005"]
    asker = await api.asker("1001")
    assert (await asker.get(f"/customers/{customer}")).status == 404
    await Collaboration.create(
        customer_id=customer, staff_id=api.bank.staff["1001"], level=level, given_at=MONDAY
    )
    assert (await asker.get(f"/customers/{customer}")).status == 200
    given = {"customer_id": customer, "kind": "visit", "occurred_at": MONDAY.isoformat()}
    logged = await asker.post("/activities", given)
    assert logged.status == (201 if level == "write" else 404)
    assert db.dialect() in {"sqlite", "postgres"}
