"""Grades over HTTP, by the same rules as in the chat."""

from __future__ import annotations

from storage.models import Grading
from tests.support.api import Served


async def test_a_grade_is_read_taken_over_and_decided(api: Served) -> None:
    li, wang = await api.asker("1001"), await api.asker("1003")
    path = f"/customers/{api.bank.customers['C001']}/grade"
    read = await li.get(path)
    assert (read.json["grade"], read.json["proposed"], read.json["points"]) == ("A", "D", 0)
    refused = await li.post(path, {"grade": "B"}, headers=await li.etag(path))
    assert refused.is_problem(403, "not_allowed")
    taken = await li.post(path, {"grade": "D"}, headers=await li.etag(path))
    assert (taken.status, taken.json["grade"]) == (200, "D")
    unsaid = await wang.post(path, {"grade": "B"}, headers=await wang.etag(path))
    assert unsaid.is_problem(422, "invalid")
    given = {"grade": "B", "reason": "老客户"}
    decided = await wang.post(path, given, headers=await wang.etag(path))
    assert [one["decided"] for one in decided.json["decisions"]] == ["B", "D"]
    assert await Grading.all().count() == 2


async def test_the_grade_of_anothers_customer_is_not_there(api: Served) -> None:
    zhao = await api.asker("1004")
    path = f"/customers/{api.bank.customers['C001']}/grade"
    assert (await zhao.get(path)).is_problem(404, "not_found")
