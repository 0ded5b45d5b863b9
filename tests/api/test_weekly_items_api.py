"""The items of a weekly plan over HTTP: swapped, moved, dropped, explained."""

from __future__ import annotations

from tests.support.api import Served


async def test_an_item_is_changed_by_whose_plan_it_is(api: Served) -> None:
    li, chen = await api.asker("1001"), await api.asker("1002")
    plan = (await li.post("/weekly-plans", {"monday": "2026-11-30"})).json
    first, second, *_ = plan["items"]
    path = f"/weekly-items/{first['id']}"
    assert (await chen.post(f"{path}/drop", {})).is_problem(404, "not_found")
    moved = (await li.post(f"{path}/move", {"day": "2026-12-03"})).json
    days = {one["id"]: one["day"] for one in moved["items"]}
    assert days[first["id"]] == "2026-12-03"
    assert (await li.post(f"{path}/move", {"day": "2026-12-06"})).is_problem(422, "invalid")
    said = (await li.post(f"{path}/miss", {"why": "away"})).json
    assert {one["id"]: one["miss"] for one in said["items"]}[first["id"]] == "away"
    left = (await li.post(f"/weekly-items/{second['id']}/drop", {})).json
    assert second["id"] not in [one["id"] for one in left["items"]]
    assert (await li.post(f"{path}/swap", {})).is_problem(422, "invalid")
    await li.post(f"/weekly-plans/{plan['id']}/accept", {})
    assert (await li.post(f"{path}/drop", {})).is_problem(409, "already_settled")
