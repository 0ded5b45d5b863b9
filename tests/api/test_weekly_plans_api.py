"""Weekly plans over HTTP."""

from __future__ import annotations

from datetime import timedelta

from tests.support.api import Served
from tests.support.bank import MONDAY


async def test_a_week_is_proposed_accepted_answered_and_adds_up(api: Served) -> None:
    li, zhao, wang = [await api.asker(number) for number in ("1001", "1004", "1003")]
    made = await li.post("/weekly-plans", {"monday": "2026-11-23"})
    assert (made.status, made.json["state"]) == (201, "proposed")
    own = {api.bank.customers[firm] for firm in ("C001", "C002", "C003", "C006")}
    assert {one["customer_id"] for one in made.json["items"]} == own
    plan = f"/weekly-plans/{made.json['id']}"
    again = await li.post("/weekly-plans", {"monday": "2026-11-23"})
    assert again.json["id"] == made.json["id"]
    assert (await zhao.get(plan)).is_problem(404, "not_found")
    assert (await zhao.post(f"{plan}/accept", {})).is_problem(404, "not_found")
    accepted = await li.post(f"{plan}/accept", {})
    assert accepted.json["state"] == "accepted"
    assert all(one["follow_up_id"] for one in accepted.json["items"])
    assert (await li.post(f"{plan}/accept", {})).is_problem(409, "already_settled")
    assert (await li.post(f"{plan}/answer", {})).is_problem(404, "not_found")
    returned = await wang.post(f"{plan}/answer", {"comment": "C001 first"})
    assert (returned.json["state"], returned.json["comment"]) == ("returned", "C001 first")
    told = (await wang.get(plan)).json
    assert told["planned"] == sum(told[part] for part in ("kept", "moved", "missed", "open")) == 4
    assert (await li.post("/weekly-plans", {"monday": "2026-11-24"})).is_problem(422, "invalid")


async def test_a_leader_lists_the_teams_weeks_and_what_was_missed_and_why(api: Served) -> None:
    li, wang = await api.asker("1001"), await api.asker("1003")
    made = (await li.post("/weekly-plans", {"monday": "2026-11-23"})).json
    await li.post(f"/weekly-plans/{made['id']}/accept", {})
    missed = made["items"][0]["id"]
    await li.post(f"/weekly-items/{missed}/miss", {"why": "urgent"})
    api.clock.move_to(MONDAY + timedelta(days=5))
    asked = {"monday": "2026-11-23"}
    week = (await wang.get("/weekly-plans", params=asked)).json
    told = {one["number"]: one for one in week["items"]}
    assert {"1001", "1002"} <= set(told)
    assert (told["1001"]["plan_id"], told["1001"]["missed"]) == (made["id"], 4)
    assert {one["id"]: one["miss"] for one in told["1001"]["misses"]}[missed] == "urgent"
    assert (told["1002"]["plan_id"], told["1002"]["misses"]) == (None, [])
    for monday in ("0", "2026-11-23T00:00:00", "2026-02-30"):
        assert (await wang.get("/weekly-plans", params={"monday": monday})).status == 422, monday
    first = (await wang.get("/weekly-plans", params=asked | {"limit": "1"})).json
    assert (len(first["items"]), bool(first["next"])) == (1, True)
    assert (await li.get("/weekly-plans", params=asked)).is_problem(403, "not_allowed")
