"""A database that is in use is brought up to date: its rows stay."""

from __future__ import annotations

import asyncio

import pytest
from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.migrations.api import migrate as run_migrations

from storage import db
from storage.migrate import migrate, missing_migrations
from tests.support.databases import ENGINES

#: a row for every table that later migrations add something to
ROWS = (
    "INSERT INTO mailbox (chat_id, claimed_until, claimed_by, not_before) VALUES (7, 0, '', 0)",
    "INSERT INTO card (chat_id, message_id, subject, created_at) VALUES (7, 1, '', 5)",
    "INSERT INTO unit (kind, name_zh, name_en, path) VALUES ('team', '队', 'Team', '/1/')",
    (
        "INSERT INTO staff (number, name_zh, name_en, role, unit_id, phone, active, locale, zone,"
        " lead_minutes) VALUES ('1', '李', 'Li', 'rm', 1, '86', true, 'zh', 'Asia/Shanghai', 30)"
    ),
    (
        "INSERT INTO audit (at, actor_id, action, subject, detail, cause)"
        " VALUES ('2026-11-20 00:00:00+00:00', 1, 'view', 'customer', '{}', '')"
    ),
)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_of_the_first_release_survive(engine: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(f"{engine}_databases").empty()

    async def play() -> list[list[dict[str, object]]]:
        EXECUTOR_CACHE.clear()
        await run_migrations(config=db.config(url, migrating=True), target="storage.0004_archive")
        await Tortoise.close_connections()
        await db.connect(url)
        for row in ROWS:
            await db.rows(row)
        await db.disconnect()
        await migrate(url)
        assert await missing_migrations(url) == []
        await db.connect(url)
        found = [
            await db.rows("SELECT chat_id, paced_until FROM mailbox"),
            await db.rows("SELECT message_id, gone_at FROM card"),
            await db.rows("SELECT action, actor_id FROM audit"),
        ]
        await db.disconnect()
        return found

    assert asyncio.run(play()) == [
        [{"chat_id": 7, "paced_until": 0}],
        [{"message_id": 1, "gone_at": None}],
        [{"action": "view", "actor_id": 1}],
    ]


#: a bank in which alerts were raised before it was kept who heard of them last
ALERTED = (
    *ROWS[2:4],
    (
        "INSERT INTO customer (name_zh, name_en, short_name, legal_representative, industry,"
        " grade, size, status, city, address, phone, unit_id, pinyin, initials, search_text,"
        " created_at) VALUES ('华兴', '', '', '', '', 'C', 'small', 'active', '', '', '', 1, '',"
        " '', '', '2026-11-20 00:00:00+00:00')"
    ),
    (
        "INSERT INTO alert (rule, key, importance, made_at, not_before, escalate_at,"
        " how, reason, customer_id, staff_id)"
        " VALUES ('birthday', 'k', 1, '2026-11-20 00:00:00+00:00',"
        " '2026-11-20 00:00:00+00:00', NULL, '', '', 1, 1)"
    ),
)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_bank_with_alerts_is_brought_up_to_date(
    engine: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(f"{engine}_databases").empty()

    async def play() -> list[dict[str, object]]:
        EXECUTOR_CACHE.clear()
        await run_migrations(config=db.config(url, migrating=True), target="storage.0033_wishes")
        await Tortoise.close_connections()
        await db.connect(url)
        for row in ALERTED:
            await db.rows(row)
        await db.disconnect()
        await migrate(url)
        await db.connect(url)
        found = await db.rows("SELECT rule, escalated_path FROM alert")
        await db.disconnect()
        return found

    assert asyncio.run(play()) == [{"rule": "birthday", "escalated_path": ""}]
