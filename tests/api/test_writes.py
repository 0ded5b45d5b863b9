"""What can be changed: once, on the version that was meant, and by the bot's own rules."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from storage.models import Activity, ApiAnswer, FollowUp, Outbox
from tests.support.api import Served
from tests.support.bank import MONDAY
from tests.support.rows import fingerprint

SOON = (MONDAY + timedelta(hours=5)).isoformat()


def visit(api: Served, firm: str = "C001", **more: Any) -> dict[str, Any]:
    return {
        "customer_id": api.bank.customers[firm], "kind": "visit",
        "occurred_at": MONDAY.isoformat(), **more,
    }  # fmt: skip


async def test_a_record_is_logged_read_corrected_and_taken_back(api: Served) -> None:
    asker = await api.asker("1001")
    made = await asker.post(
        "/activities", visit(api, note="谈续贷", amount_fen=500_000_000, product="loan",
                             next_step={"due_at": SOON, "purpose": "带方案"})
    )  # fmt: skip
    assert made.status == 201
    path = made.headers["Location"]
    read = await asker.get(path)
    assert (read.json, read.headers["ETag"]) == (made.json, made.headers["ETag"])
    assert (await FollowUp.get(id=made.json["follow_ups"][0])).purpose == "带方案"

    mended = await asker.ask(
        "PATCH", path, json={"note": "谈新贷", "amount_fen": None},
        headers={"If-Match": made.headers["ETag"]},
    )  # fmt: skip
    assert mended.status == 200
    assert (mended.json["note"], mended.json["amount_fen"], mended.json["corrected"]) == (
        "谈新贷", None, True,
    )  # fmt: skip
    assert mended.json["product"] == "loan"

    undone = await asker.post(f"{path}/undo", headers={"If-Match": mended.headers["ETag"]})
    assert undone.json["undone"]
    assert (await FollowUp.get(id=made.json["follow_ups"][0])).status == "cancelled"


async def test_a_follow_up_is_planned_put_off_and_settled(api: Served) -> None:
    asker = await api.asker("1001")
    given = {"customer_id": api.bank.customers["C001"], "due_at": SOON, "kind": "call"}
    made = await asker.post("/follow-ups", given)
    assert made.status == 201
    path = made.headers["Location"]
    later = (MONDAY + timedelta(days=1)).isoformat()
    moved = await asker.post(f"{path}/postpone", {"due_at": later, "all_day": True},
                             headers=await asker.etag(path))  # fmt: skip
    assert moved.json["all_day"]
    done = await asker.post(f"{path}/settle", {}, headers={"If-Match": moved.headers["ETag"]})
    assert done.json["status"] == "done"
    again = await asker.post(f"{path}/settle", {}, headers=await asker.etag(path))
    assert again.is_problem(409, "already_settled")


async def test_a_leaders_nudge_reaches_the_owners_chat(api: Served) -> None:
    owner, leader = await api.asker("1001"), await api.asker("1003")
    given = {"customer_id": api.bank.customers["C001"], "due_at": SOON}
    made = await owner.post("/follow-ups", given)
    assert (await owner.post(f"/follow-ups/{made.json['id']}/nudge")).is_problem(
        403, "not_allowed"
    )
    assert (await leader.post(f"/follow-ups/{made.json['id']}/nudge")).status == 200
    assert await Outbox.filter(chat_id=101).count() == 1


async def test_a_record_settles_what_it_was_made_for(api: Served) -> None:
    asker = await api.asker("1001")
    planned = await asker.post(
        "/follow-ups", {"customer_id": api.bank.customers["C001"], "due_at": SOON}
    )
    await asker.post("/activities", visit(api, settles=planned.json["id"]))
    assert (await FollowUp.get(id=planned.json["id"])).status == "done"


@pytest.mark.parametrize("known", [None, '"other"', 'W/"other"', "nonsense"])
async def test_a_change_must_name_the_version_it_means(api: Served, known: str | None) -> None:
    asker = await api.asker("1001")
    path = (await asker.post("/activities", visit(api))).headers["Location"]
    before = await fingerprint()
    headers = {"If-Match": known} if known else {}
    refused = await asker.ask("PATCH", path, json={"note": "x"}, headers=headers)
    code = (428, "precondition_required") if known is None else (412, "precondition_failed")
    assert refused.is_problem(*code)
    assert await fingerprint() == before


async def test_of_two_changes_of_one_version_one_is_done(api: Served) -> None:
    asker = await api.asker("1001")
    made = await asker.post("/activities", visit(api))
    headers = {"If-Match": made.headers["ETag"]}
    answers = await asyncio.gather(
        *(
            asker.ask("PATCH", made.headers["Location"], json={"note": note}, headers=headers)
            for note in ("a", "b", "c")
        )
    )
    assert sorted(answer.status for answer in answers) == [200, 412, 412]


async def test_of_two_kinds_of_change_of_one_version_one_is_done(api: Served) -> None:
    asker = await api.asker("1001")
    given = {"customer_id": api.bank.customers["C001"], "due_at": SOON}
    made = await asker.post("/follow-ups", given)
    path, headers = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    later = (MONDAY + timedelta(days=1)).isoformat()
    answers = await asyncio.gather(
        asker.post(f"{path}/settle", {}, headers=headers),
        asker.post(f"{path}/postpone", {"due_at": later}, headers=headers),
    )
    assert sorted(answer.status for answer in answers) == [200, 412]


async def test_a_repeat_is_told_what_the_first_was_told(api: Served) -> None:
    asker = await api.asker("1001")
    headers = {"Idempotency-Key": "k-1"}
    first = await asker.post("/activities", visit(api), headers=headers)
    again = await asker.post("/activities", visit(api), headers=headers)
    assert (again.status, again.text) == (first.status, first.text)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert await Activity.all().count() == 1
    other = await (await api.asker("1001")).post("/activities", visit(api), headers=headers)
    assert other.json["id"] != first.json["id"]  # another token's keys are its own


async def test_a_repeat_of_a_change_needs_no_new_version(api: Served) -> None:
    asker = await api.asker("1001")
    made = await asker.post("/activities", visit(api))
    headers = {"If-Match": made.headers["ETag"], "Idempotency-Key": "k-2"}
    path = made.headers["Location"]
    first = await asker.ask("PATCH", path, json={"note": "a"}, headers=headers)
    again = await asker.ask("PATCH", path, json={"note": "a"}, headers=headers)
    assert (again.status, again.text) == (200, first.text)


async def test_many_repeats_at_once_do_it_once(api: Served) -> None:
    asker = await api.asker("1001")
    answers = await asyncio.gather(
        *(
            asker.post("/activities", visit(api), headers={"Idempotency-Key": "k-3"})
            for _ in range(6)
        )
    )
    assert {(answer.status, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert await Activity.all().count() == 1


async def test_a_key_with_another_body_is_refused(api: Served) -> None:
    asker = await api.asker("1001")
    headers = {"Idempotency-Key": "k-4"}
    await asker.post("/activities", visit(api), headers=headers)
    before = await fingerprint()
    other = await asker.post("/activities", visit(api, note="x"), headers=headers)
    assert other.is_problem(422, "idempotency_key_reused")
    assert await fingerprint() == before


async def test_what_is_refused_leaves_its_key_free(api: Served) -> None:
    asker = await api.asker("1001")
    await asker.get("/me")
    before = await fingerprint()
    headers = {"Idempotency-Key": "k-5"}
    hidden = await asker.post("/activities", visit(api, "C005"), headers=headers)
    assert hidden.is_problem(404, "not_found")
    assert await fingerprint() == before
    assert (await asker.post("/activities", visit(api), headers=headers)).status == 201


async def test_a_forgotten_key_neither_doubles_nor_swallows(api: Served) -> None:
    asker = await api.asker("1001")
    headers = {"Idempotency-Key": "k-6"}
    first = await asker.post("/activities", visit(api), headers=headers)
    api.clock.advance(timedelta(hours=25))
    again = await asker.post("/activities", visit(api), headers=headers)
    assert again.json["id"] == first.json["id"]
    assert "Idempotency-Replayed" not in again.headers
    api.clock.advance(timedelta(hours=25))
    new = await asker.post("/activities", visit(api, note="new"), headers=headers)
    assert new.json["id"] != first.json["id"]


async def test_old_answers_are_forgotten(api: Served) -> None:
    asker = await api.asker("1001")
    await asker.post("/activities", visit(api), headers={"Idempotency-Key": "k-7"})
    assert await ApiAnswer.all().count() == 1
    api.clock.advance(timedelta(hours=25))
    await asker.post("/activities", visit(api))
    assert await ApiAnswer.all().count() == 0


async def test_a_kept_answer_holds_no_secret(api: Served) -> None:
    asker = await api.asker("1008")
    given = {"number": "1001", "name": "feed", "scopes": ["customers:read"]}
    headers = {"Idempotency-Key": "k-8"}
    first = await asker.post("/tokens", given, headers=headers)
    again = await asker.post("/tokens", given, headers=headers)
    assert first.json["secret"].startswith("rdm_")
    assert again.json == first.json | {"secret": None}
    invited = await asker.post("/staff/1011/invitations", headers={"Idempotency-Key": "k-9"})
    assert invited.json["code"]
    for kept in await ApiAnswer.all():
        assert first.json["secret"] not in kept.body
        assert invited.json["code"] not in kept.body


async def test_a_colleague_is_invited_by_an_administrator_only(api: Served) -> None:
    leader = await api.asker("1003")
    assert (await leader.post("/staff/1011/invitations")).is_problem(403, "not_allowed")
    administrator = await api.asker("1008")
    assert (await administrator.post("/staff/404/invitations")).is_problem(404, "not_found")


async def test_a_follow_up_is_called_off_with_a_reason_and_opened_again(api: Served) -> None:
    asker = await api.asker("1001")
    made = await asker.post(
        "/follow-ups", {"customer_id": api.bank.customers["C001"], "due_at": SOON}
    )
    place = f"/follow-ups/{made.json['id']}"

    async def settle(**given: Any) -> Any:
        tag = (await asker.get(place)).headers["ETag"]
        return await asker.post(f"{place}/settle", given, headers={"If-Match": tag})

    assert (await settle(how="cancelled")).status == 422
    assert (await settle(how="cancelled", reason="other")).status == 422
    told = await settle(how="cancelled", reason="twice")
    assert (told.status, told.json["status"], told.json["cancel_reason"]) == (
        200, "cancelled", "twice",
    )  # fmt: skip
    again = await asker.post(f"{place}/reopen")
    assert (again.status, again.json["status"], again.json["cancel_reason"]) == (200, "open", None)
