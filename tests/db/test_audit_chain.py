"""The audit can't be changed through the database, and its chain tells who went around that."""

from __future__ import annotations

import asyncio
from contextvars import Context
from datetime import timedelta

import pytest

from core import audit
from core.acting import Acting
from core.enrolment import SYSTEM
from storage import audit_chain, db
from storage.audit_chain import Broken, Head
from storage.db import transaction
from storage.models import Audit, AuditSeal
from tests.support.bank import MONDAY

ACTING = Acting(SYSTEM, MONDAY, "test")
HOUR = timedelta(hours=1)


async def written(count: int) -> list[int]:
    """So many rows of the audit; their ids."""
    for number in range(count):
        detail = {"city": {"from": "上海", "to": f"苏州{number}"}, "share": 0.1, "none": None}
        await audit.record(ACTING, "change", "customer", number, **detail)
    return [
        int(str(found)) for found in await Audit.all().order_by("id").values_list("id", flat=True)
    ]


async def go_around(*statements: str) -> None:
    """Change what can't be changed, as somebody who owns the database could."""
    for table in ("audit", "audit_seal"):
        if db.dialect() == "postgres":
            await db.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for what in ("update", "delete", "replace"):
                await db.execute(f"DROP TRIGGER {table}_no_{what}")
    for sql in statements:
        assert await db.execute(sql) > 0


@pytest.mark.parametrize("table", ["audit", "audit_seal"])
async def test_the_database_refuses_to_change_or_delete_it(database: str, table: str) -> None:
    await written(2)
    await audit_chain.seal()
    column, key = ("action", "id") if table == "audit" else ("hash", "number")
    statements = [
        f"UPDATE {table} SET {column} = 'x'",
        f"UPDATE {table} SET {column} = 'x' WHERE {key} = 1",
        f"DELETE FROM {table}",
        f"DELETE FROM {table} WHERE {key} = 1",
    ]
    if db.dialect() == "postgres":
        statements += [f"TRUNCATE {table}", f"TRUNCATE {table} CASCADE"]
    else:
        statements.append(f"REPLACE INTO {table} SELECT * FROM {table}")
    before = await db.rows(f"SELECT * FROM {table} ORDER BY {key}")
    for sql in statements:
        with pytest.raises(Exception, match=f"{table} is append-only"):
            await db.execute(sql)
    assert await db.rows(f"SELECT * FROM {table} ORDER BY {key}") == before


async def test_rows_are_sealed_once_and_the_chain_holds(database: str) -> None:
    assert await audit_chain.seal() == (0, Head())
    await written(5)
    assert (await audit_chain.seal(3))[0] == 3
    sealed, head = await audit_chain.seal(3)
    assert (sealed, head.number) == (2, 5)
    assert await audit_chain.seal() == (0, head)
    verdict = await audit_chain.verify(head)
    assert (verdict.checked, verdict.head, verdict.broken) == (5, head, None)


async def test_a_row_that_is_committed_late_gets_a_later_seal(database: str) -> None:
    late = Audit(id=3, at=MONDAY, action="late", subject="test", detail={})
    await Audit.create(id=9, at=MONDAY, action="early", subject="test", detail={})
    await audit_chain.seal()
    await late.save(force_create=True)
    assert (await audit_chain.seal())[0] == 1
    assert await AuditSeal.all().order_by("number").values_list("audit_id", flat=True) == [9, 3]
    assert (await audit_chain.verify()).broken is None


async def test_a_row_far_back_is_found_when_all_is_looked_at(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_chain, "LOOK_BACK", 2)
    await Audit.create(id=9, at=MONDAY, action="early", subject="test", detail={})
    await audit_chain.seal()
    await Audit.create(id=3, at=MONDAY, action="late", subject="test", detail={})
    assert (await audit_chain.seal())[0] == 0
    assert await audit_chain.unsealed(MONDAY + HOUR) == 1
    assert await audit_chain.unsealed(MONDAY) == 0
    assert (await audit_chain.seal(whole=True))[0] == 1
    assert await audit_chain.unsealed(MONDAY + HOUR) == 0


@pytest.mark.parametrize(
    "change",
    ["action = 'view'", "actor_id = NULL, subject_id = 99", "cause = 'u:1'", "subject = 'staff'",
     "at = '2026-11-23 02:00:01+00:00'", "detail = '{\"city\": {\"from\": \"上海\"}}'"],
)  # fmt: skip
async def test_a_changed_row_is_named(database: str, change: str) -> None:
    ids = await written(6)
    _, head = await audit_chain.seal()
    await go_around(f"UPDATE audit SET {change} WHERE id = {ids[3]}")
    verdict = await audit_chain.verify(head)
    assert verdict.broken == Broken("row_changed", 4, ids[3])
    assert verdict.checked == 3


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("DELETE FROM audit WHERE id = {id}", Broken("row_removed", 4, 4)),
        ("DELETE FROM audit_seal WHERE number = 4", Broken("seal_removed", 4)),
        ("UPDATE audit_seal SET hash = 'x' WHERE number = 4", Broken("row_changed", 4, 4)),
    ],
)
async def test_what_was_removed_in_the_middle_is_named(
    database: str, statement: str, broken: Broken
) -> None:
    ids = await written(6)
    assert ids == [1, 2, 3, 4, 5, 6]
    await audit_chain.seal()
    await go_around(statement.format(id=ids[3]))
    assert (await audit_chain.verify()).broken == broken


async def test_a_row_and_its_seal_can_not_go_together_and_the_rest_move_up(database: str) -> None:
    ids = await written(4)
    await audit_chain.seal()
    await go_around(
        f"DELETE FROM audit WHERE id = {ids[1]}",
        "DELETE FROM audit_seal WHERE number = 2",
        "UPDATE audit_seal SET number = 2 WHERE number = 3",
        "UPDATE audit_seal SET number = 3 WHERE number = 4",
    )
    assert (await audit_chain.verify()).broken == Broken("row_changed", 2, ids[2])


async def test_an_end_that_was_cut_off_is_noticed_by_a_head_noted_before(database: str) -> None:
    ids = await written(4)
    _, head = await audit_chain.seal()
    await go_around(
        "DELETE FROM audit_seal WHERE number > 2", f"DELETE FROM audit WHERE id > {ids[1]}"
    )
    assert (await audit_chain.verify()).broken is None  # nothing inside can tell
    assert (await audit_chain.verify(head)).broken == Broken("end_removed", 3)


async def test_a_chain_written_anew_is_noticed_by_a_head_noted_before(database: str) -> None:
    ids = await written(4)
    _, head = await audit_chain.seal()
    await go_around(
        f"UPDATE audit SET action = 'other' WHERE id = {ids[0]}", "DELETE FROM audit_seal"
    )
    await audit_chain.seal()
    assert (await audit_chain.verify()).broken is None  # nothing inside can tell
    assert (await audit_chain.verify(head)).broken == Broken("other_chain", 4, ids[3])


async def test_two_who_seal_at_once_make_one_chain(database: str) -> None:
    await written(20)
    done = await asyncio.gather(*(audit_chain.seal(8) for _ in range(4)))
    assert sum(count for count, _ in done) == 20
    verdict = await audit_chain.verify()
    assert (verdict.checked, verdict.broken) == (20, None)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_sealing_and_writing_do_not_wait_for_each_other(database: str) -> None:
    await written(1)
    async with asyncio.timeout(10):
        async with transaction():
            await audit.record(ACTING, "slow", "test", None)
            other = await asyncio.create_task(_writes_and_seals(), context=Context())
        assert other == 2
        assert (await audit_chain.seal())[0] == 1
    assert (await audit_chain.verify()).checked == 3


async def _writes_and_seals() -> int:
    """In a task of its own, outside of the transaction that is open."""
    await audit.record(ACTING, "quick", "test", None)
    return (await audit_chain.seal())[0]


async def test_several_rows_are_one_statement(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_by_one(*_: object, **__: object) -> None:
        raise AssertionError("each row by itself")

    monkeypatch.setattr(Audit, "save", one_by_one)
    await audit.record_each(ACTING, "read", "contact", [1, 2, 3], field="phone")
    await audit.record_each(ACTING, "read", "contact", [])
    assert await Audit.all().order_by("id").values_list("subject_id", "detail") == [
        (number, {"field": "phone"}) for number in (1, 2, 3)
    ]
