"""What one calls a customer, over HTTP."""

from __future__ import annotations

from tests.support.api import Served


async def test_a_word_is_said_listed_used_and_forgotten(api: Served) -> None:
    li, chen = await api.asker("1001"), await api.asker("1002")
    customer = api.bank.customers["C002"]
    made = await li.post("/me/nicknames", {"customer_id": customer, "said": "大拇指"})
    assert (made.status, made.json["customer"]) == (201, "百维物流")
    found = (await li.get("/customers/search", params={"q": "大拇指"})).json["items"]
    assert [one["id"] for one in found] == [customer]
    assert (await chen.get("/me/nicknames")).json["items"] == []
    path = f"/me/nicknames/{made.json['id']}"
    assert (await chen.ask("DELETE", path)).is_problem(404, "not_found")
    assert (await li.ask("DELETE", path)).json == {"customer_id": customer}
    assert (await li.get("/me/nicknames")).json["items"] == []
    hidden = await chen.post("/me/nicknames", {"customer_id": customer, "said": "大拇指"})
    assert hidden.is_problem(404, "not_found")
    common = await li.post("/me/nicknames", {"customer_id": customer, "said": "客户"})
    assert common.is_problem(422, "invalid")
