"""What is settled and old leaves the tables that every update passes through; nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import archive, db, deliveries, models, queues
from storage.archive import archive_settled
from storage.db import transaction
from storage.models import Answer, Card, Inbox, Outbox, Talk
from storage.queues import Arrival

if TYPE_CHECKING:
    import pytest

OLD, CUT, NEW = 10, 100, 200


async def everything_goes() -> int:
    moved = 0
    while True:
        async with transaction():
            went = await archive_settled(CUT)
        if not went:
            return moved
        moved += went


async def archived(table: str, key: str) -> set[object]:
    return {row[key] for row in await db.rows(f"SELECT {key} FROM archived_{table}")}


async def update(key: str, status: str, done_at: int | None) -> None:
    await Inbox.create(
        key=key, lane="c:1", position=1, body="{}", status=status, received_at=OLD, done_at=done_at
    )


async def talk(status: str, touched_at: int, card_id: int | None = None) -> int:
    made = await Talk.create(
        lane="c:1", staff_id=1, flow="log_visit", version=1, status=status, cause="u:1",
        started_at=OLD, touched_at=touched_at, expires_at=NEW, card_id=card_id,
    )  # fmt: skip
    for seq in range(3):
        await Answer.create(talk_id=made.id, seq=seq, kind="ask", key=f"k{seq}", value="{}")
    return made.id


async def message(status: str, created_at: int, card_id: int | None = None) -> int:
    made = await Outbox.create(
        cause=f"c{await Outbox.all().count()}", chat_id=1, op="post", status=status,
        created_at=created_at, card_id=card_id,
    )  # fmt: skip
    return made.id


async def test_settled_old_updates_are_kept_elsewhere_and_job_slots_forgotten(
    database: str,
) -> None:
    await update("u:1", "done", OLD)
    await update("u:2", "done", NEW)
    await update("u:3", "dead", OLD)
    await update("u:4", "pending", None)
    await update("u:5", "dismissed", OLD)
    await update("t:remind_due:7", "done", OLD)
    assert await everything_goes() == 3
    assert {row.key for row in await Inbox.all()} == {"u:2", "u:3", "u:4"}
    assert await archived("inbox", "key") == {"u:1", "u:5"}


async def test_a_dialogue_goes_with_its_whole_journal_once_it_has_ended(database: str) -> None:
    done, new, waits = (
        await talk("done", OLD),
        await talk("done", NEW),
        await talk("parked", OLD),
    )
    await everything_goes()
    assert {row.id for row in await Talk.all()} == {new, waits}
    assert set(await Answer.all().values_list("talk_id", flat=True)) == {new, waits}
    assert await archived("talk", "id") == {done}
    kept = await db.rows("SELECT seq, key FROM archived_answer ORDER BY seq")
    assert [row["key"] for row in kept] == ["k0", "k1", "k2"]


async def test_messages_that_wait_or_failed_stay_and_so_do_their_cards(database: str) -> None:
    cards = [await deliveries.new_card(1, "", OLD) for _ in range(4)]
    sent, waits = await message("sent", OLD, cards[0]), await message("pending", OLD, cards[1])
    dead, new = await message("dead", OLD), await message("sent", NEW)
    await talk("open", OLD, cards[2])
    await everything_goes()
    assert {row.id for row in await Outbox.all()} == {waits, dead, new}
    assert await archived("outbox", "id") == {sent}
    assert {row.id for row in await Card.all()} == {cards[1], cards[2]}


async def test_a_batch_moves_no_more_than_it_may(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "BATCH", 4)
    for n in range(10):
        await update(f"u:{n}", "done", OLD)
        await message("sent", OLD)
    async with transaction():
        assert await archive_settled(CUT) == 8
    assert await everything_goes() == 12
    assert await Inbox.all().count() == await Outbox.all().count() == 0


async def test_archived_tables_have_the_columns_of_the_living_ones(database: str) -> None:
    for name in ("Inbox", "Outbox", "Talk", "Answer"):
        meta = getattr(models, name)._meta
        columns = ", ".join(f'"{column}"' for column in meta.db_fields)
        await db.rows(f'SELECT {columns} FROM "archived_{meta.db_table}"')
        written = getattr(archive, f"_{name.upper()}").split(", ")
        assert set(written) == set(meta.db_fields)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    states=st.lists(
        st.tuples(st.sampled_from(["pending", "done", "dead", "dismissed"]), st.booleans()),
        max_size=12,
    )
)
async def test_no_update_is_in_neither_place_nor_in_both(
    database: str, states: list[tuple[str, bool]]
) -> None:
    await db.execute("DELETE FROM inbox")
    await db.execute("DELETE FROM archived_inbox")
    for n, (status, old) in enumerate(states):
        await update(f"u:{n}", status, None if status == "pending" else OLD if old else NEW)
    await everything_goes()
    living = {row.key for row in await Inbox.all()}
    moved = await archived("inbox", "key")
    assert living | moved == {f"u:{n}" for n in range(len(states))}
    assert not living & moved
    assert moved == {
        f"u:{n}" for n, (status, old) in enumerate(states)
        if old and status in {"done", "dismissed"}
    }  # fmt: skip


async def test_an_arrival_that_is_still_known_is_not_taken_in_again(database: str) -> None:
    await update("u:1", "done", NEW)
    await everything_goes()
    assert await queues.put_inbox([Arrival("u:1", "c:1", 1, "{}")], NEW) == 0
