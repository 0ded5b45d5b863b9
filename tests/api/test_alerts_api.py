"""Alerts over HTTP, by the same rules as in the chat."""

from __future__ import annotations

from datetime import timedelta

from storage.models import Alert, CreditLine
from tests.support.api import Served
from tests.support.bank import MONDAY


async def an_alert(api: Served) -> int:
    made = await Alert.create(
        rule="silent", key="k", staff_id=api.bank.staff["1001"],
        customer_id=api.bank.customers["C001"], importance=2, made_at=MONDAY,
        not_before=MONDAY + timedelta(days=1),
    )  # fmt: skip
    return int(made.id)


async def test_alerts_are_listed_put_off_and_settled_once(api: Served) -> None:
    alert = await an_alert(api)
    li = await api.asker("1001")
    listed = (await li.get("/alerts")).json
    assert (listed["total"], listed["items"][0]["customer"]) == (1, "华兴机械")
    assert (await li.post(f"/alerts/{alert}/postpone")).status == 200
    unsaid = await li.post(f"/alerts/{alert}/settle", {"how": "dismissed"})
    assert unsaid.is_problem(422, "invalid")
    given = {"how": "dismissed", "reason": "small"}
    settled = await li.post(f"/alerts/{alert}/settle", given)
    assert (settled.status, settled.json["reason"]) == (200, "small")
    again = await li.post(f"/alerts/{alert}/settle", {"how": "done"})
    assert again.is_problem(409, "already_settled")


async def test_colleagues_and_readers_settle_nothing_and_leaders_do(api: Served) -> None:
    alert = await an_alert(api)
    chen, he, wang = [await api.asker(number) for number in ("1002", "1010", "1003")]
    path = f"/alerts/{alert}/settle"
    assert (await chen.post(path, {"how": "done"})).is_problem(404, "not_found")
    assert (await he.post(path, {"how": "done"})).is_problem(403, "not_allowed")
    assert (await wang.post(path, {"how": "done"})).status == 200


async def test_only_head_office_sets_the_rules(api: Served) -> None:
    li, wu = await api.asker("1001"), await api.asker("1007")
    assert (await li.get("/alert-rules")).is_problem(403, "not_allowed")
    given = {"on": False, "timing": "digest"}
    assert (await li.patch("/alert-rules/silent", given)).is_problem(403, "not_allowed")
    changed = await wu.patch("/alert-rules/silent", given)
    assert (changed.status, changed.json["on"]) == (200, False)
    assert (await wu.patch("/alert-rules/nonsense", given)).is_problem(404, "not_found")


async def test_wishes_are_changed_within_what_the_bank_allows(api: Served) -> None:
    li, he = await api.asker("1001"), await api.asker("1010")
    before = (await li.get("/me/wishes")).json
    assert (before["quiet_from"], before["digest_at"], before["daily"]) == (20, 505, 5)
    assert before["topics"]["danger"] == "bank"
    given = {"quiet_until": 9, "daily": 2, "topics": [{"topic": "contact", "how": "off"}]}
    changed = await li.patch("/me/wishes", given)
    assert (changed.status, changed.json["rules"]["silent"]) == (200, "off")
    assert (changed.json["quiet_until"], changed.json["digest_at"]) == (9, 540)
    for refused in ({"quiet_from": 3}, {"daily": 7}, {"digest_at": 511},
                    {"topics": [{"topic": "danger", "how": "digest"}]}):  # fmt: skip
        assert (await li.patch("/me/wishes", refused)).is_problem(422, "invalid")
    assert (await he.get("/me/wishes")).is_problem(403, "not_allowed")
    assert (await li.get("/me/wishes")).json == changed.json


async def test_a_leader_asks_about_an_alert_once_a_day(api: Served) -> None:
    path = f"/alerts/{await an_alert(api)}/nudge"
    li, wang = await api.asker("1001"), await api.asker("1003")
    assert (await li.post(path)).is_problem(403, "not_allowed")
    assert (await wang.post(path)).status == 200
    assert (await wang.post(path)).is_problem(409, "already_nudged")


async def test_head_office_tries_a_rules_numbers_changes_them_and_sees_who_did(
    api: Served,
) -> None:
    li, wu = await api.asker("1001"), await api.asker("1007")
    await CreditLine.create(
        customer_id=api.bank.customers["C001"], number="HT1", limit_fen=9_00, drawn_fen=8_00,
        matures=MONDAY.date() + timedelta(days=119), source="warehouse", as_of=MONDAY.date(),
        recorded_at=MONDAY,
    )  # fmt: skip
    numbers = [{"code": "days", "values": [30, 120]}]
    path = "/alert-rules/loan_matures"
    assert (await li.post(f"{path}/trial", {"numbers": numbers})).is_problem(403, "not_allowed")
    before = (await wu.post(f"{path}/trial", {})).json
    assert before == {"alerts": 0, "flooded": 0, "standing": 0}
    tried = (await wu.post(f"{path}/trial", {"numbers": numbers})).json
    assert tried == {"alerts": 1, "flooded": 0, "standing": 1}
    changed = (await wu.patch(path, {"numbers": numbers})).json
    assert (changed["on"], changed["numbers"][0]["values"]) == (True, [120, 30])
    [change] = (await wu.get(f"{path}/changes")).json["items"]
    assert (change["by"]["number"], change["changes"]) == (
        "1007", {"days": [[90, 60, 30], [120, 30]]},
    )  # fmt: skip
    for refused in ([{"code": "days", "values": [400]}], [{"code": "percent", "values": [5]}]):
        assert (await wu.patch(path, {"numbers": refused})).is_problem(422, "invalid")
    assert (await li.get(f"{path}/changes")).is_problem(403, "not_allowed")
