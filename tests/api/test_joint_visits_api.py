"""Joint visits over HTTP."""

from __future__ import annotations

from datetime import timedelta

from tests.support.api import Served
from tests.support.bank import MONDAY


async def test_a_colleague_is_asked_answers_and_stands_with_the_record(api: Served) -> None:
    li, zhao, chen = [await api.asker(number) for number in ("1001", "1004", "1002")]
    customer, due = api.bank.customers["C001"], (MONDAY + timedelta(hours=5)).isoformat()
    plan = (await li.post("/follow-ups", {"customer_id": customer, "due_at": due})).json["id"]
    path = f"/follow-ups/{plan}/companions"
    asked = await li.post(path, {"staff_id": api.bank.staff["1004"]})
    assert [one["status"] for one in asked.json["items"]] == ["waiting"]
    assert (await zhao.get(path)).is_problem(404, "not_found")
    [waits] = (await zhao.get("/me/invitations")).json["items"]
    assert (waits["owner"], waits["kind"]) == ("李伟", "visit")
    answer = f"/invitations/{waits['id']}/answer"
    assert (await chen.post(answer, {"accepts": True})).is_problem(404, "not_found")
    assert (await zhao.post(answer, {"accepts": True})).json["accepts"] is True
    logged = await li.post(
        "/activities",
        {"customer_id": customer, "kind": "visit", "occurred_at": MONDAY.isoformat(),
         "settles": plan},
    )  # fmt: skip
    record = await li.get(f"/activities/{logged.json['id']}")
    assert record.json["with_colleagues"] == ["赵磊"]
    assert (await zhao.get("/me/invitations")).json["items"] == []
    own = await li.post(path, {"staff_id": api.bank.staff["1001"]})
    assert own.is_problem(409, "already_settled")
