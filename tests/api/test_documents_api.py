"""Papers and summaries over HTTP, by the same rules as in the chat."""

from __future__ import annotations

from storage.models import Document, Outbox
from tests.support.api import Served
from tests.support.bank import MONDAY


async def a_contract(api: Served) -> int:
    made = await Document.create(
        customer_id=api.bank.customers["C001"], kind="contract", form="document", file_id="f",
        file_name="合同.pdf", added_at=MONDAY, added_by_id=api.bank.staff["1001"],
    )  # fmt: skip
    return int(made.id)


async def test_papers_are_listed_ended_and_restored(api: Served) -> None:
    paper = await a_contract(api)
    li, customer = await api.asker("1001"), api.bank.customers["C001"]
    listed = (await li.get(f"/customers/{customer}/documents")).json
    assert (listed["total"], listed["items"][0]["name"]) == (1, "合同.pdf")
    path = f"/documents/{paper}"
    ended = await li.post(f"{path}/end", headers=await li.etag(path))
    assert (ended.status, ended.json["ended"]) == (200, True)
    assert (await li.get(f"/customers/{customer}/documents")).json["items"] == []
    restored = await li.post(f"{path}/restore", headers=await li.etag(path))
    assert restored.json["ended"] is False


async def test_papers_of_others_are_not_there_and_head_office_changes_none(api: Served) -> None:
    paper = await a_contract(api)
    zhao, he = await api.asker("1004"), await api.asker("1010")
    assert (await zhao.get(f"/documents/{paper}")).is_problem(404, "not_found")
    path = f"/documents/{paper}"
    refused = await he.post(f"{path}/end", headers=await he.etag(path))
    assert refused.is_problem(403, "not_allowed")


async def test_a_summary_goes_only_to_who_may_see_the_customer(api: Served) -> None:
    li, staff = await api.asker("1001"), api.bank.staff
    path = f"/customers/{api.bank.customers['C001']}/summaries"
    sent = await li.post(path, {"to_staff_id": staff["1003"], "note": "请看"})
    assert sent.status == 201
    for number, status in (("1004", 409), ("1001", 422)):
        assert (await li.post(path, {"to_staff_id": staff[number]})).status == status
    assert (await li.post(path, {"to_staff_id": 999_999})).is_problem(404, "not_found")
    assert await Outbox.filter(chat_id=104).count() == 0
