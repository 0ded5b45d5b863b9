"""Customers are added, told from likely twins, merged and parted over HTTP."""

from __future__ import annotations

from storage.models import Customer
from tests.support.api import Served


async def test_a_customer_is_added_and_then_looks_like_itself(api: Served) -> None:
    asker = await api.asker("1001")
    given = {"name_zh": "上海远德包装有限公司", "city": "上海", "phone": "13812345678"}
    made = await asker.post("/customers", given)
    assert made.status == 201
    assert (made.json["name_zh"], made.json["owner"]["number"]) == (given["name_zh"], "1001")
    trail = (await asker.get(f"/customers/{made.json['id']}/changes")).json["items"]
    assert given["name_zh"] in {one["now"] for one in trail}
    alike = (await asker.get("/customers/alike?name=远德包装")).json["items"]
    assert [(one["id"], one["why"]) for one in alike] == [(made.json["id"], "name")]
    again = await asker.post("/customers", given)
    assert again.is_problem(409, "already_customer")
    other = await asker.post("/customers", {**given, "distinct_from": [made.json["id"]]})
    assert other.status == 201


async def test_two_customers_are_merged_and_parted_again(api: Served) -> None:
    kept, merged = api.bank.customers["C001"], api.bank.customers["C003"]
    await Customer.filter(id=merged).update(credit_code=None)
    asker = await api.asker("1003")
    made = await asker.post(f"/customers/{kept}/merge", {"merged_id": merged})
    assert made.status == 201
    assert (await asker.get(f"/customers/{merged}")).json["id"] == kept
    listed = (await asker.get(f"/customers/{kept}/merges")).json["items"]
    assert [one["merged_id"] for one in listed] == [merged]
    undone = await asker.post(f"/merges/{made.json['id']}/undo", {})
    assert undone.json["undone_at"] is not None
    assert (await asker.get(f"/customers/{merged}")).json["id"] == merged
    twice = await asker.post(f"/merges/{made.json['id']}/undo", {})
    assert twice.is_problem(409, "already_settled")


async def test_a_name_of_signs_only_is_like_nothing_and_one_that_cant_be_shown_is_refused(
    api: Served,
) -> None:
    asker = await api.asker("1001")
    assert (await asker.post("/customers", {"name_zh": "^^"})).status == 201
    assert (await asker.get("/customers/alike?name=%5B")).json["items"] == []
    refused = await asker.post("/customers", {"name_zh": chr(0x7FD89)})
    assert refused.is_problem(422, "invalid")


async def test_an_rm_merges_nothing(api: Served) -> None:
    kept, merged = api.bank.customers["C001"], api.bank.customers["C003"]
    asker = await api.asker("1001")
    refused = await asker.post(f"/customers/{kept}/merge", {"merged_id": merged})
    assert refused.is_problem(403, "not_allowed")
    assert (await asker.get("/customers/duplicates")).json["items"] == []
