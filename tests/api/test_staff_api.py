"""Staff and stand-ins over the API, by the chat's own commands."""

from __future__ import annotations

from datetime import timedelta

from storage.models import Customer, Staff
from tests.support.api import Served
from tests.support.bank import MONDAY
from tests.support.rows import fingerprint


async def test_an_administrator_changes_a_colleague(api: Served) -> None:
    admin, staff = await api.asker("1008"), api.bank.staff
    path = f"/staff/{staff['1002']}"
    seen = await admin.get(path)
    assert (seen.json["role"], seen.json["customers"]) == ("rm", 1)
    assert seen.json["phone"] == "•••• 1002"
    etag = {"If-Match": seen.headers["ETag"]}
    moved = await admin.post(f"{path}/unit", {"unit_id": api.bank.units["team_b"]}, headers=etag)
    assert moved.status == 200
    kept = await Customer.get(id=api.bank.customers["C004"])
    assert kept.unit_id == api.bank.units["team_b"]
    stale = await admin.post(f"{path}/role", {"role": "telecaller"}, headers=etag)
    assert stale.is_problem(412, "precondition_failed")
    changed = await admin.post(f"{path}/role", {"role": "telecaller"},
                               headers=await admin.etag(path))  # fmt: skip
    assert changed.json["role"] == "telecaller"
    refused = await admin.post(f"{path}/deactivate", {}, headers=await admin.etag(path))
    assert refused.status == 409
    left = await admin.post(f"{path}/deactivate", {"leave_customers": True},
                            headers=await admin.etag(path))  # fmt: skip
    assert not left.json["active"]
    assert (await Staff.get(number="1002")).chat_id is None
    assert (await admin.post(f"{path}/activate")).json["active"]


async def test_nobody_else_does(api: Served) -> None:
    li, path = await api.asker("1001"), f"/staff/{api.bank.staff['1002']}"
    before = await fingerprint(without=("ApiToken",))
    assert (await li.get(path)).is_problem(403, "not_allowed")
    for deed, body in (("revoke-phone", None), ("activate", None)):
        assert (await li.post(f"{path}/{deed}", body)).is_problem(403, "not_allowed")
    assert await fingerprint(without=("ApiToken",)) == before


async def test_a_colleague_stands_in_and_reaches_the_customers(api: Served) -> None:
    li, chen, staff = await api.asker("1001"), await api.asker("1002"), api.bank.staff
    customer = f"/customers/{api.bank.customers['C001']}"
    assert (await chen.get(customer)).status == 404
    given = {
        "absent_id": staff["1001"], "substitute_id": staff["1002"],
        "from_at": MONDAY.isoformat(), "until_at": (MONDAY + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    made = await li.post("/stand-ins", given)
    assert made.status == 201, made.text
    assert (await chen.get(customer)).status == 200
    assert [one["id"] for one in (await chen.get("/stand-ins")).json["items"]] == [made.json["id"]]
    assert (await chen.ask("DELETE", f"/stand-ins/{made.json['id']}")).status == 200
    assert (await chen.get(customer)).status == 404
