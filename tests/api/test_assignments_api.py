"""Customers change hands over the API: by the same rules as in the chat, on what was seen."""

from __future__ import annotations

from core.bus import perform
from core.recycling import RuleRecycling
from storage.models import Announcement, Assignment, Customer, Recycling
from tests.support.api import Served
from tests.support.bank import MONDAY
from tests.support.rows import fingerprint


async def test_a_leader_gives_a_customer_on_and_the_new_owner_accepts(api: Served) -> None:
    boss, chen = await api.asker("1003"), await api.asker("1002")
    customer, staff = api.bank.customers["C001"], api.bank.staff
    rights = f"/customers/{customer}/rights"
    seen = await boss.get(rights)
    assert seen.json["owner"]["number"] == "1001"
    assert (await chen.get(rights)).is_problem(404, "not_found")
    given = {"to_staff_id": staff["1002"], "reason": "workload"}
    path = f"/customers/{customer}/assignments"
    made = await boss.post(path, given, headers={"If-Match": seen.headers["ETag"]})
    assert made.status == 201
    assert (made.json["kind"], made.json["to_staff"]["number"]) == ("reassign", "1002")
    stale = await boss.post(path, given, headers={"If-Match": seen.headers["ETag"]})
    assert stale.is_problem(412, "precondition_failed")
    assert (await boss.post(path, given)).is_problem(428, "precondition_required")
    accepted = await chen.post(f"/assignments/{made.json['id']}/accept")
    assert (accepted.status, accepted.json) == (200, {"count": 1})
    again = await chen.post(f"/assignments/{made.json['id']}/accept")
    assert again.is_problem(409, "already_settled")
    history = (await chen.get(path)).json["items"]
    assert [(one["reason"], one["accepted_at"] is not None) for one in history] == [
        ("workload", True)
    ]


async def test_who_leads_nobody_gives_nothing_away(api: Served) -> None:
    li = await api.asker("1001")
    customer = api.bank.customers["C001"]
    path = f"/customers/{customer}/assignments"
    etag = await li.etag(f"/customers/{customer}/rights")
    before = await fingerprint(without=("ApiToken",))
    refused = await li.post(path, {"to_staff_id": api.bank.staff["1002"]},
                            headers=etag)  # fmt: skip
    assert refused.is_problem(403, "not_allowed")
    assert await fingerprint(without=("ApiToken",)) == before
    other = {"to_staff_id": api.bank.staff["1002"], "reason": "other"}
    boss = await api.asker("1003")
    unsaid = await boss.post(path, other, headers=await boss.etag(f"/customers/{customer}/rights"))
    assert unsaid.is_problem(422, "invalid")
    assert await Assignment.all().count() == 0
    assert await Customer.filter(owner_id=api.bank.staff["1001"]).count() == 4


async def test_a_customer_is_shared_released_and_claimed(api: Served) -> None:
    li, zhao, chen = await api.asker("1001"), await api.asker("1004"), await api.asker("1002")
    customer, staff = api.bank.customers["C001"], api.bank.staff
    rights = f"/customers/{customer}/rights"
    shared = await li.post(
        f"/customers/{customer}/collaborations", {"staff_id": staff["1004"], "level": "read"},
        headers=await li.etag(rights),
    )  # fmt: skip
    assert [one["level"] for one in shared.json["collaborations"]] == ["read"]
    assert (await zhao.get(f"/customers/{customer}")).status == 200
    sharing = shared.json["collaborations"][0]["id"]
    assert (await li.ask("DELETE", f"/collaborations/{sharing}")).status == 200
    assert (await zhao.get(f"/customers/{customer}")).status == 404
    released = await li.post(
        f"/customers/{customer}/release", {"reason": "no_progress"},
        headers=await li.etag(rights),
    )  # fmt: skip
    assert released.json["to_staff"] is None
    pool = (await chen.get("/pool")).json
    assert ([one["id"] for one in pool["items"]], pool["size"]) == ([customer], 1)
    assert (await li.post(f"/pool/{customer}/claim")).is_problem(409, "cooling_down")
    assert (await zhao.post(f"/pool/{customer}/claim")).is_problem(404, "not_found")
    claimed = await chen.post(f"/pool/{customer}/claim")
    assert (claimed.status, claimed.json["to_staff"]["number"]) == (201, "1002")


async def test_a_portfolio_is_handed_over_as_it_was_proposed(api: Served) -> None:
    boss, staff = await api.asker("1003"), api.bank.staff
    given = {"from_staff_id": staff["1001"], "to_staff_ids": [staff["1002"], staff["1011"]]}
    proposed = (await boss.post("/hand-overs/proposals", given)).json
    assert (proposed["count"], sum(one["count"] for one in proposed["shares"])) == (4, 4)
    await Customer.filter(id=api.bank.customers["C004"]).update(grade="D")
    await Customer.filter(id=api.bank.customers["C002"]).update(owner_id=staff["1009"])
    done = {**given, "fingerprint": proposed["fingerprint"], "reason": "rm_left"}
    assert (await boss.post("/hand-overs", done)).is_problem(409, "owner_changed")
    fresh = (await boss.post("/hand-overs/proposals", given)).json
    done["fingerprint"] = fresh["fingerprint"]
    handed = await boss.post("/hand-overs", done, headers={"Idempotency-Key": "leaves-1"})
    assert (handed.status, handed.json["count"]) == (201, 3)
    again = await boss.post("/hand-overs", done, headers={"Idempotency-Key": "leaves-1"})
    assert (again.status, again.json) == (201, handed.json)
    assert await Assignment.all().count() == 3
    members = (await boss.get("/team")).json["items"]
    assert next(one for one in members if one["number"] == "1001")["customers"] == 0


async def test_an_untouched_customer_is_ruled_on_and_objected_to(api: Served) -> None:
    boss, li = await api.asker("1003"), await api.asker("1001")
    proposal = await Recycling.create(
        customer_id=api.bank.customers["C001"], owner_id=api.bank.staff["1001"],
        proposed_at=MONDAY, leader_at=MONDAY, leader_told_at=MONDAY,
    )  # fmt: skip
    assert [one["id"] for one in (await boss.get("/recyclings")).json["items"]] == [proposal.id]
    assert (await li.post(f"/recyclings/{proposal.id}/ruling", {"keep": False})).status == 404
    ruled = await boss.post(f"/recyclings/{proposal.id}/ruling", {"keep": False})
    assert ruled.json == {"customer_id": api.bank.customers["C001"]}
    lost = (await Assignment.get(kind="recycle")).id
    assert (await li.post(f"/assignments/{lost}/appeal", {"note": "下周签"})).status == 200
    assert (await boss.post(f"/assignments/{lost}/ruling", {"uphold": True})).status == 200
    kept = await Customer.get(id=api.bank.customers["C001"])
    assert kept.owner_id == api.bank.staff["1001"]


async def test_systems_hear_that_a_customer_changed_hands(api: Served) -> None:
    admin = await api.asker("1008")
    told = await admin.post(
        "/subscriptions",
        {"number": "1007", "url": "https://crm.example/hook",
         "events": ["assignment.changed"]},
    )  # fmt: skip
    assert told.status == 201, told.text
    proposal = await Recycling.create(
        customer_id=api.bank.customers["C001"], owner_id=api.bank.staff["1001"],
        proposed_at=MONDAY, leader_at=MONDAY,
    )  # fmt: skip
    boss = await api.bank.acting("1003")
    await perform(boss, RuleRecycling(proposal.id, keep=False), "recycled")
    one = await Announcement.get()
    assert '"how": "recycle"' in one.body
    assert "华兴" not in one.body
