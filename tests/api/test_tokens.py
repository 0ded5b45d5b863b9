"""Tokens: what they open, for how long, how often, and that they close at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.tokens import SCOPES, hashed
from storage import db
from storage.models import ApiToken, Staff
from tests.support.api import Served, serving
from tests.support.bank import build_bank

READS = {
    "/me/today": "follow_ups:read",
    "/customers": "customers:read",
    "/customers/search?q=x": "customers:read",
    "/customers/export": "export",
    "/customers/1": "customers:read",
    "/customers/1/activities": "activities:read",
    "/follow-ups": "follow_ups:read",
    "/staff": "staff:read",
    "/units": "staff:read",
    "/tokens": "tokens:admin",
    "/subscriptions": "subscriptions:admin",
}


async def test_without_a_good_token_nothing_is_told(api: Served) -> None:
    for token in ("", "wrong", "rdm_" + "x" * 43, "x" * 300, "a b"):
        for path in READS:
            refused = await api.stranger(token).get(path)
            assert refused.is_problem(401, "unauthorized")
            assert refused.headers["WWW-Authenticate"].startswith("Bearer")


async def test_another_scheme_is_no_token(api: Served) -> None:
    asker = await api.asker("1001")
    headers = {"Authorization": f"Basic {asker.token}"}
    assert (await asker.get("/me", headers=headers)).is_problem(401, "unauthorized")


@pytest.mark.parametrize("path", READS)
async def test_a_token_opens_what_it_was_made_for_and_nothing_else(api: Served, path: str) -> None:
    fitting = await api.asker("1008", [READS[path]])
    assert (await fitting.get(path)).status == 200
    others = await api.asker("1008", [scope for scope in SCOPES if scope != READS[path]])
    refused = await others.get(path)
    assert refused.is_problem(403, "insufficient_scope")
    assert refused.json["fields"] == {"scope": READS[path]}
    assert 'error="insufficient_scope"' in refused.headers["WWW-Authenticate"]


async def test_scopes_give_no_more_than_the_person_has(api: Served) -> None:
    for number in ("1001", "1003", "1007", "1010"):
        asker = await api.asker(number)
        assert (await asker.get("/tokens")).is_problem(403, "not_allowed")
        given = {"number": "1008", "name": "x", "scopes": ["tokens:admin"]}
        assert (await asker.post("/tokens", given)).is_problem(403, "not_allowed")
        assert (await asker.ask("DELETE", "/tokens/1")).is_problem(403, "not_allowed")


async def test_an_expired_token_is_like_a_wrong_one(api: Served) -> None:
    asker = await api.asker("1001", days=2)
    assert (await asker.get("/me")).status == 200
    api.clock.advance(timedelta(days=2))
    expired = await asker.get("/me")
    wrong = await api.stranger("wrong").get("/me")
    assert expired.is_problem(401, "unauthorized")
    assert {**expired.json, "instance": ""} == {**wrong.json, "instance": ""}


async def test_a_token_of_somebody_who_left_does_nothing(api: Served) -> None:
    asker = await api.asker("1001")
    await Staff.filter(number="1001").update(active=False)
    assert (await asker.get("/me")).is_problem(401, "unauthorized")


async def test_a_token_is_listed_and_revoked_at_once(api: Served) -> None:
    administrator = await api.asker("1008")
    given = {"number": "1001", "name": "feed", "scopes": ["customers:read"], "days": 7}
    made = (await administrator.post("/tokens", given)).json
    theirs = api.stranger(made["secret"])
    assert (await theirs.get("/customers")).status == 200
    listed = (await administrator.get("/tokens")).json["items"]
    (row,) = [one for one in listed if one["id"] == made["id"]]
    assert "secret" not in row
    assert (row["number"], row["name"], row["scopes"]) == ("1001", "feed", ["customers:read"])
    assert row["last_used_at"] is not None
    revoked = await administrator.ask("DELETE", f"/tokens/{made['id']}")
    assert revoked.json["revoked_at"] is not None
    assert (await theirs.get("/customers")).is_problem(401, "unauthorized")
    again = await administrator.ask("DELETE", f"/tokens/{made['id']}")
    assert again.is_problem(409, "already_settled")


async def test_only_the_hash_is_kept(api: Served) -> None:
    asker = await api.asker("1001")
    row = await ApiToken.get(id=asker.token_id)
    assert row.secret_hash == hashed(asker.token)
    assert asker.token not in str(await db.rows("SELECT * FROM api_token"))
    assert asker.token not in str(await db.rows("SELECT * FROM audit"))


async def test_its_use_is_noted_once_a_minute(api: Served) -> None:
    asker = await api.asker("1001")
    used = []
    for seconds in (0, 30, 40):
        api.clock.advance(timedelta(seconds=seconds))
        await asker.get("/me")
        used.append((await ApiToken.get(id=asker.token_id)).last_used_at)
    assert used[0] == used[1]
    assert used[2] == api.clock.now()


async def test_who_asks_too_often_waits(database: str) -> None:
    bank = await build_bank()
    async with serving(bank, per_minute=6) as api:
        asker = await api.asker("1001")
        other = await api.asker("1001")
        for left in range(5, -1, -1):
            answer = await asker.get("/me")
            assert answer.status == 200
            assert answer.headers["RateLimit-Policy"] == '"token";q=6;w=60'
            assert answer.headers["RateLimit"].startswith(f'"token";r={left};t=')
        refused = await asker.get("/me")
        assert refused.is_problem(429, "too_many_requests")
        assert refused.headers["Retry-After"] == "10"
        assert refused.headers["RateLimit"] == '"token";r=0;t=10'
        assert (await other.get("/me")).status == 200
        api.clock.advance(timedelta(seconds=10))
        assert (await asker.get("/me")).status == 200
        assert (await asker.get("/me")).status == 429


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"number": "404"}, 404),
        ({"scopes": ["everything"]}, 422),
        ({"scopes": []}, 422),
        ({"days": 0}, 422),
        ({"days": 400}, 422),
        ({"name": "  "}, 422),
        ({"name": "x" * 81}, 422),
    ],
)
async def test_a_token_that_makes_no_sense_is_not_made(
    api: Served, given: dict[str, object], status: int
) -> None:
    administrator = await api.asker("1008")
    before = await ApiToken.all().count()
    body = {"number": "1001", "name": "x", "scopes": ["export"], **given}
    assert (await administrator.post("/tokens", body)).status == status
    assert await ApiToken.all().count() == before
