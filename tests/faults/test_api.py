"""The API while its database is killed: told to come again, and then everything goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import db
from storage.models import Activity
from tests.support.api import serving
from tests.support.bank import MONDAY, build_bank

if TYPE_CHECKING:
    from tests.faults.server import Server


async def test_a_killed_database_is_a_503_and_a_repeat_is_done_once(server: Server) -> None:
    await db.connect(await server.fresh())
    try:
        bank = await build_bank()
        async with serving(bank) as api:
            asker = await api.asker("1001")
            given = {"customer_id": bank.customers["C001"], "kind": "visit",
                     "occurred_at": MONDAY.isoformat()}  # fmt: skip
            headers = {"Idempotency-Key": "k"}
            paths = ("/me", "/customers", f"/customers/{bank.customers['C001']}")
            for path in paths:
                assert (await asker.get(path)).status == 200
            await server.kill()
            for _ in range(2):
                for path in paths:
                    refused = await asker.get(path)
                    assert refused.is_problem(503, "unavailable")
                    assert refused.headers["Retry-After"] == "2"
                assert (await asker.post("/activities", given, headers=headers)).status == 503
                assert (await asker.get("/readyz")).status == 503
                assert (await asker.get("/healthz")).status == 200
            await server.start()
            for _ in range(2):
                assert (await asker.post("/activities", given, headers=headers)).status == 201
            assert (await asker.get("/readyz")).status == 200
            assert await Activity.all().count() == 1
    finally:
        await db.disconnect()
