"""Visits of two officers over HTTP."""

from __future__ import annotations

from tests.support.api import Served
from tests.support.bank import MONDAY


async def test_the_second_officer_confirms_with_a_token_of_their_own(api: Served) -> None:
    li, chen, zhao = [await api.asker(number) for number in ("1001", "1002", "1004")]
    given = {
        "customer_id": api.bank.customers["C001"], "kind": "visit", "note": "厂房正常",
        "occurred_at": MONDAY.isoformat(), "second_officer_id": api.bank.staff["1002"],
    }  # fmt: skip
    made = await li.post("/activities", given)
    assert made.json["second_officer"]["status"] == "waiting"
    [waits] = (await chen.get("/me/confirmations")).json["items"]
    assert (waits["note"], waits["author"]) == ("厂房正常", "李伟")
    path = f"/confirmations/{waits['id']}"
    for other in (li, zhao):
        assert (await other.get(path)).is_problem(404, "not_found")
        refused = await other.post(f"{path}/refuse", {"why": "没去"})
        assert refused.is_problem(404, "not_found")
        refused = await other.ask("POST", f"{path}/confirm", headers={"If-Match": "*"})
        assert refused.is_problem(404, "not_found")
    record = f"/activities/{made.json['id']}"
    assert (await chen.get(record)).is_problem(404, "not_found")
    tag = (await chen.get(path)).headers["ETag"]
    await li.ask("PATCH", record, json={"note": "厂房停工"}, headers={"If-Match": "*"})
    stale = await chen.ask("POST", f"{path}/confirm", headers={"If-Match": tag})
    assert stale.status == 412
    tag = (await chen.get(path)).headers["ETag"]
    confirmed = await chen.ask("POST", f"{path}/confirm", headers={"If-Match": tag})
    assert confirmed.json["status"] == "confirmed"
    assert (await li.get(record)).json["second_officer"]["status"] == "confirmed"
    again = await chen.post(f"{path}/refuse", {"why": "没去"})
    assert again.is_problem(409, "already_settled")


async def test_another_is_named_where_the_first_was_not_there(api: Served) -> None:
    li, chen = await api.asker("1001"), await api.asker("1002")
    given = {
        "customer_id": api.bank.customers["C001"], "kind": "visit",
        "occurred_at": MONDAY.isoformat(),
    }  # fmt: skip
    made = (await li.post("/activities", given)).json["id"]
    path = f"/activities/{made}/second-officer"
    named = await li.post(path, {"staff_id": api.bank.staff["1002"]})
    assert named.json["second_officer"]["name"] == "陈静"
    assert (await chen.post(path, {"staff_id": api.bank.staff["1002"]})).status == 404
    [waits] = (await chen.get("/me/confirmations")).json["items"]
    refused = await chen.post(f"/confirmations/{waits['id']}/refuse", {"why": "没去"})
    assert refused.json["status"] == "refused"
    assert (await chen.get(f"/confirmations/{waits['id']}")).is_problem(404, "not_found")
    again = await li.post(path, {"staff_id": api.bank.staff["1009"]})
    assert again.json["second_officer"]["status"] == "waiting"
    for nobody in ("1001", "1010"):
        wrong = await li.post(path, {"staff_id": api.bank.staff[nobody]})
        assert wrong.is_problem(422, "invalid")
