"""What is sent by mistake or on purpose: a clear problem document, and nothing written."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from core.api.routes import ROUTES
from storage import db
from tests.support.api import PROBLEM, Served
from tests.support.bank import MONDAY
from tests.support.rows import fingerprint

ASKED = b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\n"
SENT = b"POST /api/v1/activities HTTP/1.1\r\nHost: x\r\n"
JSON = {"Content-Type": "application/json"}
SQL = (
    "'; DROP TABLE customer; --",
    '" OR "1"="1',
    "1) UNION SELECT secret_hash FROM api_token --",
    "%' OR name_zh LIKE '%",
    "$1",
    "{customer_id}",
    "%(x)s",
    "\\",
)


def good(api: Served) -> dict[str, Any]:
    return {
        "customer_id": api.bank.customers["C001"], "kind": "visit",
        "occurred_at": MONDAY.isoformat(),
    }  # fmt: skip


MALFORMED = (
    b"", b"{", b"nonsense", b"\xff\xfe\x00", b'{"note": "\xff"}', b'{"note": "\\ud800"}',
    b"[" * 100_000, b'{"a":' * 50_000, b"\x00",
)  # fmt: skip


async def test_what_is_no_json_is_called_so(api: Served) -> None:
    asker = await api.asker("1001")
    await asker.get("/me")
    before = await fingerprint()
    for body in MALFORMED:
        refused = await asker.ask("POST", "/activities", data=body, headers=JSON)
        assert refused.is_problem(400, "malformed"), body[:20]
    assert await fingerprint() == before


WRONG: tuple[tuple[str, Any], ...] = (
    ("customer_id", "1"), ("customer_id", 1.5), ("customer_id", True), ("customer_id", None),
    ("customer_id", -1), ("customer_id", 10**30), ("customer_id", [1]),
    ("kind", "party"), ("kind", 3), ("kind", None), ("kind", {}),
    ("occurred_at", "yesterday"), ("occurred_at", "2026-11-23T10:00:00"),
    ("occurred_at", "0001-01-01T00:00:00Z"), ("occurred_at", "9999-12-31T23:59:59Z"),
    ("occurred_at", 1e300), ("occurred_at", None),
    ("note", "x" * 2001), ("note", "nul \x00"), ("note", 1), ("note", ["x"]),
    ("time_known", "yes"), ("amount_fen", -1), ("amount_fen", 1e18), ("amount_fen", "5"),
    ("outcome", "great"), ("product", "car"), ("settles", 0),
    ("next_step", {}), ("next_step", []), ("next_step", {"due_at": "soon"}),
    ("next_step", {"due_at": "2026-12-01T10:00:00Z", "lead_minutes": 10**9}),
    ("unknown", 1), ("note ", "x"), ("__proto__", {}),
)  # fmt: skip


async def test_a_wrong_type_names_its_field_and_repeats_nothing(api: Served) -> None:
    asker = await api.asker("1001")
    await asker.get("/me")
    before = await fingerprint()
    for field, value in WRONG:
        refused = await asker.post("/activities", good(api) | {field: value})
        assert refused.is_problem(422, "invalid"), (field, value)
        assert {one["field"].split(".")[0] for one in refused.json["errors"]} == {field}
        assert str(value)[:100] not in refused.text or len(str(value)) < 7
    assert await fingerprint() == before


QUERIES = (
    "limit=0", "limit=201", "limit=x", "limit=1.0", "limit=%2B1", "limit=1_0", "limit=",
    "limit=1&limit=2", "cursor=!", "cursor=AAAA", "cursor=%00", "cursor=" + "A" * 81,
    "grade=E", "unit_id=0", "unit_id=99999999999999999999", "city=%00", "unknown=1",
    "owner=" + "x" * 21, "%00=1", "%ff=%fe",
)  # fmt: skip


async def test_a_wrong_query_is_refused(api: Served) -> None:
    from yarl import URL

    asker = await api.asker("1001")
    headers = {"Authorization": f"Bearer {asker.token}"}
    for query in QUERIES:
        url = URL(f"{api.address}/api/v1/customers?{query}", encoded=True)
        async with api.http.get(url, headers=headers) as answer:
            assert answer.status == 422, (query, await answer.text())
            assert answer.headers["Content-Type"].startswith(PROBLEM)


@pytest.mark.parametrize("text", SQL)
async def test_sql_in_every_string_is_only_a_string(api: Served, text: str) -> None:
    asker, administrator = await api.asker("1001"), await api.asker("1008")
    tables = await _tables()
    for path, name in (
        ("/customers", "city"), ("/customers", "external_id"), ("/customers", "owner"),
        ("/customers/search", "q"), ("/customers/export", "city"), ("/follow-ups", "owner"),
    ):  # fmt: skip
        found = await asker.get(path, params={name: text})
        if found.status == 200:
            assert not (found.lines if path.endswith("export") else found.json["items"]), path
        else:
            assert found.is_problem(422, "invalid")
    for path, name in (
        ("/customers", "cursor"), ("/customers", "grade"), ("/customers", "limit"),
        ("/staff", "role"), ("/units", "cursor"), ("/customers", text),
    ):  # fmt: skip
        assert (await asker.get(path, params={name: text})).status == 422, path
    made = await asker.post("/activities", good(api) | {
        "note": text, "next_step": {"due_at": "2026-12-01T10:00:00Z", "purpose": text},
    }, headers={"Idempotency-Key": text.replace(" ", "_").replace("名", "")})  # fmt: skip
    assert made.json["note"] == text.strip()
    (planned,) = (await asker.get("/follow-ups")).json["items"]
    assert planned["purpose"] == text.strip()
    mended = await asker.ask(
        "PATCH", made.headers["Location"], json={"note": text + "!"},
        headers={"If-Match": made.headers["ETag"]},
    )  # fmt: skip
    assert mended.json["note"] == text + "!"
    token = await administrator.post(
        "/tokens", {"number": "1001", "name": text, "scopes": ["export"]}
    )
    assert token.json["name"] == text
    for body in ({"number": text[:20], "name": "x", "scopes": ["export"]},
                 {"number": "1001", "name": "x", "scopes": [text]}):  # fmt: skip
        assert (await administrator.post("/tokens", body)).status in {404, 422}
    assert (await administrator.post(f"/staff/{text[:20]}/invitations")).status == 404
    assert (await api.stranger(text).get("/me")).status == 401
    assert await _tables() == tables
    assert await db.rows("SELECT COUNT(*) AS n FROM customer") == [{"n": 7}]


async def _tables() -> list[str]:
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if db.dialect() == "sqlite"
        else "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    )
    return sorted(row["name"] for row in await db.rows(catalogue))


PATHS = (
    "/api/v1/../../../etc/passwd", "/api/v1/%2e%2e/%2e%2e/etc/passwd", "/api/v1/..%2f..%2fetc",
    "//etc/passwd", "/api/docs/../../settings.py", "/static/../core/api/server.py",
    "/api/v1/customers/../tokens/../../x", "/api/v1/customers/1/..%5c..%5cwindows", "/.env",
    "/api/v1/customers/-1", "/api/v1/customers/0", "/api/v1/customers/1e3",
    "/api/v1/customers/99999999999999999999", "/api/v1/customers/%00", "/api/v1/nothing", "/",
    "/api/v1/customers/1%20OR%201=1", "/metrics",
)  # fmt: skip


async def test_a_path_leads_nowhere_else(api: Served) -> None:
    asker = await api.asker("1007")
    for path in PATHS:
        head = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {asker.token}\r\n"
        said = await api.raw(f"{head}Connection: close\r\n\r\n".encode())
        status, _, body = said.partition(b"\r\n\r\n")
        assert status.startswith(b"HTTP/1.1 404"), (path, said[:200])
        assert PROBLEM.encode() in status
        assert json.loads(body)["code"] == "not_found"


async def test_a_method_that_is_not_there_is_told_which_are(api: Served) -> None:
    asker = await api.asker("1001")
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE"):
        refused = await asker.ask(method, "/activities")
        assert refused.is_problem(405, "method_not_allowed")
        assert refused.headers["Allow"] == "POST"


async def test_a_body_of_ten_megabytes_is_too_much(api: Served) -> None:
    asker = await api.asker("1001")
    await asker.get("/me")
    before = await fingerprint()
    large = b'{"note": "' + b"x" * (10 << 20) + b'"}'
    refused = await asker.ask("POST", "/activities", data=BytesIO(large), headers=JSON)
    assert refused.is_problem(413, "too_large")

    async def dripping() -> Any:
        for _ in range(11):
            yield b" " * (1 << 20)

    chunked = await asker.ask("POST", "/activities", data=dripping(), headers=JSON)
    assert chunked.is_problem(413, "too_large")
    lines = {"Content-Type": "application/x-ndjson"}
    bulk = await asker.ask("POST", "/activities/bulk", data=BytesIO(large), headers=lines)
    assert bulk.is_problem(413, "too_large")
    assert await fingerprint() == before


async def test_a_body_of_another_kind_is_refused(api: Served) -> None:
    asker = await api.asker("1001")
    for kind in ("text/plain", "application/xml", "multipart/form-data", "application/jsonp"):
        headers = {"Content-Type": kind}
        refused = await asker.ask("POST", "/activities", data=b"{}", headers=headers)
        assert refused.is_problem(415, "unsupported_media_type")


NO_REQUESTS = (
    ASKED + b"".join(b"X-%d: 1\r\n" % n for n in range(1000)) + b"\r\n",
    ASKED + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
    b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ASKED + b"Broken\r\n\r\n",
    SENT + b"Content-Length: -5\r\n\r\n",
    SENT + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 this is TLS \r\n\r\n",
    b"nonsense\r\n\r\n",
)


async def test_what_is_no_request_is_answered_with_a_problem(api: Served) -> None:
    for sent in NO_REQUESTS:
        said = await api.raw(sent)
        head, _, body = said.partition(b"\r\n\r\n")
        assert head.split()[1] == b"400", (sent[:80], said[:200])
        assert PROBLEM.encode() in head
        assert json.loads(body)["code"] == "malformed"
        assert b"aiohttp" not in said


async def test_a_key_that_is_none_is_refused(api: Served) -> None:
    asker = await api.asker("1001")
    for key in ("", "x" * 81, "with space", "名"):
        refused = await asker.post("/activities", good(api), headers={"Idempotency-Key": key})
        assert refused.is_problem(422, "idempotency_key_invalid")


async def test_odd_headers_are_no_trouble(api: Served) -> None:
    asker = await api.asker("1001")
    for name in ("Accept-Language", "If-None-Match", "Accept", "Cookie"):
        for value in (",,;q=9", "é" * 50, '"' * 99, "*;q=x", "zh;q=1.0000000001"):
            assert (await asker.get("/me", headers={name: value})).status in {200, 304}


async def test_an_error_of_ours_tells_nothing(
    api: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = await api.asker("1001")

    async def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("core.api.problems.log.error", lambda *_, **__: None, raising=False)
    monkeypatch.setattr("core.listings.customers_after", broken)
    monkeypatch.setattr("core.api.customers.customers_after", broken)
    failed = await asker.get("/customers")
    assert failed.is_problem(500, "internal")
    assert "secret" not in failed.text
    assert "RuntimeError" not in failed.text


async def test_while_the_database_is_away_the_client_is_told_to_come_again(
    api: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage.unavailable import UnavailableError

    asker = await api.asker("1001")
    for away in (UnavailableError("disk full"), ConnectionRefusedError("no server")):

        async def gone(*_: Any, away: Exception = away, **__: Any) -> None:
            raise away

        monkeypatch.setattr("core.api.customers.customers_after", gone)
        refused = await asker.get("/customers")
        assert refused.is_problem(503, "unavailable")
        assert refused.headers["Retry-After"] == "2"


def test_every_change_with_a_body_is_tried_here() -> None:
    """A new body brings its own tests, or is strict and closed as these are."""
    for route in ROUTES:
        if route.body is not None:
            assert route.body.model_config["extra"] == "forbid", route.name
            assert route.body.model_config["strict"], route.name
