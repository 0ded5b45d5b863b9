"""Plans that repeat over HTTP: planned, listed, changed and ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.api import Served
from tests.support.bank import MONDAY

FRIDAY = (MONDAY + timedelta(days=4)).isoformat()


def wanted(api: Served, **more: Any) -> dict[str, Any]:
    """A visit every Friday."""
    customer = api.bank.customers["C001"]
    return {"customer_id": customer, "rule": "FREQ=WEEKLY;BYDAY=FR", "due_at": FRIDAY, **more}


async def test_a_series_is_planned_listed_changed_and_ended(api: Served) -> None:
    li = await api.asker("1001")
    made = await li.post("/series", wanted(api, ends_on="2026-12-31"))
    assert made.status == 201
    told = made.json
    assert (told["at_minute"], told["state"]) == (600, "running")
    assert told["next_days"] == ["2026-11-27", "2026-12-04", "2026-12-11", "2026-12-18"]
    assert told["repeats"] == "每周五,到2026年12月31日为止"
    plans = (await li.get("/follow-ups")).json["items"]
    assert {one["series_id"] for one in plans} == {told["id"]}
    listed = (await li.get(f"/series?customer_id={told['customer_id']}&state=running")).json
    assert [one["id"] for one in listed["items"]] == [told["id"]]

    change = {"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "at_minute": 540}
    changed = (await li.post(f"/series/{told['id']}/change", change)).json
    assert (changed["replaces_id"], changed["at_minute"]) == (told["id"], 540)
    assert changed["next_days"][:2] == ["2026-11-25", "2026-12-09"]
    assert (await li.get(f"/series/{told['id']}")).json["state"] == "replaced"

    second = next(
        one["id"]
        for one in (await li.get("/follow-ups?status=open")).json["items"]
        if one["due_at"].startswith("2026-12-09")
    )
    move = {"follow_up_id": second, "due_at": "2026-12-10T15:00:00+08:00"}
    assert (await li.post(f"/series/{told['id']}/change", move)).is_problem(404, "not_found")
    moved = (await li.post(f"/series/{changed['id']}/change", move)).json
    assert moved["rule"] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"

    end = f"/series/{moved['id']}/end"
    assert (await li.post(end, {})).status == 422
    ended = (await li.post(end, {"reason": "not_needed"})).json
    assert (ended["state"], ended["reason"], ended["next_days"]) == ("ended", "not_needed", [])
    assert (await li.post(end, {"reason": "not_needed"})).is_problem(409, "already_settled")


async def test_a_repeated_request_plans_once_and_a_wrong_rule_nothing(api: Served) -> None:
    li = await api.asker("1001")
    headers = {"Idempotency-Key": "once"}
    first = await li.ask("POST", "/series", json=wanted(api), headers=headers)
    second = await li.ask("POST", "/series", json=wanted(api), headers=headers)
    assert first.json == second.json
    for wrong in ({"rule": "FREQ=SECONDLY"}, {"times": 0}, {"ends_on": "2026-11-01"}):
        assert (await li.post("/series", wanted(api, **wrong))).status == 422
    assert len((await li.get("/series")).json["items"]) == 1
