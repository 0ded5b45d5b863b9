"""Promises over HTTP."""

from __future__ import annotations

from tests.support.api import Served


async def test_a_promise_is_made_listed_and_settled_once(api: Served) -> None:
    li, zhao = await api.asker("1001"), await api.asker("1004")
    path = f"/customers/{api.bank.customers['C001']}/promises"
    given = {"direction": "theirs", "text": "给三季度报表", "due": "2026-11-20"}
    made = await li.post(path, given)
    assert (made.status, made.json["overdue"]) == (201, True)
    assert [one["text"] for one in (await li.get(path)).json["items"]] == ["给三季度报表"]
    assert (await zhao.get(path)).is_problem(404, "not_found")
    promise = f"/promises/{made.json['id']}"
    assert (await zhao.post(f"{promise}/settle", {})).is_problem(404, "not_found")
    settled = await li.post(f"{promise}/settle", {"how": "kept"})
    assert settled.json["status"] == "late"
    again = await li.post(f"{promise}/settle", {"how": "broken"})
    assert again.is_problem(409, "already_settled")
    nonsense = await li.post(path, {"direction": "both", "text": "x"})
    assert nonsense.is_problem(422, "invalid")
