"""Leaders plan for their people over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.api import Served
from tests.support.bank import MONDAY


def wanted(api: Served, customer: str = "C001", staff: str = "1001") -> dict[str, Any]:
    """A visit on Thursday."""
    return {
        "staff_id": api.bank.staff[staff],
        "customer_id": api.bank.customers[customer],
        "due_at": (MONDAY + timedelta(days=3)).isoformat(),
    }


async def test_a_plan_is_asked_for_declined_and_another_time_agreed_to(api: Served) -> None:
    li, wang, chen = [await api.asker(number) for number in ("1001", "1003", "1002")]
    plan = (await wang.post("/leader-plans", wanted(api))).json
    assert (plan["status"], plan["kind"]) == ("waiting", "visit")
    assert [one["id"] for one in (await li.get("/leader-plans")).json["items"]] == [plan["id"]]
    assert (await chen.get("/leader-plans")).json["items"] == []
    answer = f"/leader-plans/{plan['id']}/answer"
    assert (await chen.post(answer, {"answer": "accept"})).is_problem(404, "not_found")
    assert (await li.post(answer, {"answer": "decline"})).status == 422
    other = (MONDAY + timedelta(days=4)).isoformat()
    countered = await li.post(answer, {"answer": "propose", "due_at": other})
    assert countered.json["status"] == "countered"
    ruling = f"/leader-plans/{plan['id']}/ruling"
    assert (await li.post(ruling, {"agrees": True})).is_problem(404, "not_found")
    agreed = (await wang.post(ruling, {"agrees": True})).json
    assert (agreed["status"], agreed["due_at"]) == ("accepted", countered.json["proposed_at"])
    again = await li.post(answer, {"answer": "accept"})
    assert again.is_problem(409, "already_settled")
    second = (await wang.post("/leader-plans", wanted(api, "C002"))).json
    refused = await li.post(
        f"/leader-plans/{second['id']}/answer", {"answer": "decline", "reason": "colleague"}
    )
    assert (refused.json["status"], refused.json["reason"]) == ("declined", "colleague")
    gone = await li.get(f"/follow-ups/{second['follow_up_id']}")
    assert (gone.json["status"], gone.json["cancel_reason"]) == ("cancelled", "colleague")


async def test_only_ones_own_people_and_what_they_work_on(api: Served) -> None:
    sun, wang = await api.asker("1005"), await api.asker("1003")
    assert (await sun.post("/leader-plans", wanted(api))).is_problem(404, "not_found")
    assert (await wang.post("/leader-plans", wanted(api, "C005"))).is_problem(404, "not_found")
    assert (await wang.post("/leader-plans", wanted(api, "C004"))).status == 422
