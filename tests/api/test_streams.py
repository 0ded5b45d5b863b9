"""Lines: the export within the scope, and many records at once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.api import customers as area
from core.api.bulk import MOST_LINES
from storage.models import Activity, ApiToken, Audit
from tests.support.api import Served
from tests.support.bank import MONDAY
from tests.support.rows import fingerprint

LINES = {"Content-Type": "application/x-ndjson"}


async def test_the_export_is_the_scope_and_is_written_down(
    api: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(area, "EXPORT_BATCH", 2)
    asker = await api.asker("1003")
    exported = await asker.get("/customers/export")
    assert exported.headers["Content-Type"] == "application/x-ndjson"
    assert "RateLimit" in exported.headers
    assert {one["external_id"] for one in exported.lines} == {
        "C001", "C002", "C003", "C004", "C006", "C007",
    }  # fmt: skip
    listed = (await asker.get("/customers")).json["items"]
    assert exported.lines == listed
    await asker.get("/customers/export", params={"owner": "1002"})
    lines = await Audit.filter(action="export").order_by("id")
    assert [line.detail for line in lines] == [{"count": 6}, {"count": 1, "owner": "1002"}]


async def test_an_export_breaks_off_when_its_token_is_revoked(
    api: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    import aiohttp

    monkeypatch.setattr(area, "EXPORT_BATCH", 2)
    asker = await api.asker("1007")
    batch = area._batch

    async def revoked_after_the_first(*args: Any) -> Any:
        found = await batch(*args)
        await ApiToken.filter(id=asker.token_id).update(revoked_at=api.clock.now())
        return found

    monkeypatch.setattr(area, "_batch", revoked_after_the_first)
    with pytest.raises(aiohttp.ClientError):
        await asker.get("/customers/export")


def lines_of(api: Served, *firms: str) -> list[str]:
    return [
        json.dumps({"customer_id": api.bank.customers[firm], "kind": "call",
                    "occurred_at": MONDAY.isoformat(), "note": str(number)})
        for number, firm in enumerate(firms)
    ]  # fmt: skip


async def test_each_line_stands_for_itself(api: Served) -> None:
    asker = await api.asker("1001")
    good, hidden = lines_of(api, "C001", "C005")
    lines = (good, hidden, "", "not json", '{"kind": "call"}', "\ud83d", good)
    body = "\n".join(lines).encode("utf-8", "surrogatepass")
    told = (await asker.ask("POST", "/activities/bulk", data=body, headers=LINES)).lines
    assert [(one["line"], one["status"]) for one in told] == [
        (1, 201), (2, 404), (4, 400), (5, 422), (6, 400), (7, 201),
    ]  # fmt: skip
    assert [one["problem"] and one["problem"]["code"] for one in told] == [
        None, "not_found", "malformed", "invalid", "malformed", None,
    ]  # fmt: skip
    assert {one["field"] for one in told[3]["problem"]["errors"]} == {"customer_id", "occurred_at"}
    assert await Activity.all().count() == 2
    assert (await asker.get(told[0]["location"])).json["note"] == "0"


async def test_a_repeated_bulk_does_each_line_once(api: Served) -> None:
    asker = await api.asker("1001")
    lines = lines_of(api, "C001", "C002", "C003")
    headers = LINES | {"Idempotency-Key": "night-1"}
    first = await asker.ask("POST", "/activities/bulk", data="\n".join(lines), headers=headers)
    again = await asker.ask("POST", "/activities/bulk", data="\n".join(lines), headers=headers)
    assert again.lines == first.lines
    assert await Activity.all().count() == 3
    lines[1] = lines[1].replace('"1"', '"changed"')
    other = await asker.ask("POST", "/activities/bulk", data="\n".join(lines), headers=headers)
    assert [one["status"] for one in other.lines] == [201, 422, 201]
    assert await Activity.all().count() == 3


async def test_too_many_lines_are_refused_as_a_whole(api: Served) -> None:
    asker = await api.asker("1001")
    await asker.get("/me")
    before = await fingerprint()
    (line,) = lines_of(api, "C001")
    body = "\n".join([line] * (MOST_LINES + 1))
    refused = await asker.ask("POST", "/activities/bulk", data=body, headers=LINES)
    assert refused.is_problem(413, "too_many_lines")
    assert await fingerprint() == before
