"""Journals written by earlier code go on from every step, and end in the same records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conversations.engine.dialogue import latest_version
from conversations.engine.registry import FLOWS
from storage.db import dialect, execute, rows
from storage.models import Inbox, Talk
from tests.journals.record import FOLDER, path_of
from tests.journals.scripts import SCRIPTS, does, records
from tests.support.town import running_town

if TYPE_CHECKING:
    from tests.support.town import Town

JOURNALS = sorted(FOLDER.glob("*.json"))
#: a journal is text, whatever engine kept it; each is gone on with on one of them
ENGINE_OF = {path: ("sqlite", "postgres")[number % 2] for number, path in enumerate(JOURNALS)}
RECORDED = {path: json.loads(path.read_text(encoding="utf-8")) for path in JOURNALS}
STEPS = [
    (path, number, ENGINE_OF[path])
    for path in JOURNALS
    for number, _ in enumerate(RECORDED[path]["steps"][:-1])
]


def test_every_flow_has_a_journal_of_its_present_version() -> None:
    missing = [
        name
        for name, script in SCRIPTS.items()
        if not path_of(name, latest_version(script.flow)).exists()
    ]
    assert not missing, "run: python -m tests.journals.record"
    assert {script.flow for script in SCRIPTS.values()} == {flow for flow, _ in FLOWS}


@pytest.mark.parametrize(
    ("path", "number", "database_url"),
    [pytest.param(*step, id=f"{step[0].stem}-{step[1] + 1}-{step[2]}") for step in STEPS],
    indirect=["database_url"],
)
async def test_a_dialogue_goes_on_from_where_earlier_code_left_it(
    database_url: str, tmp_path: Path, path: Path, number: int
) -> None:
    journal = RECORDED[path]
    script = SCRIPTS[path.name.partition(".")[0]]
    async with running_town(database_url, tmp_path) as town:
        if script.before is not None:
            await script.before(town)
        phone = town.phone(script.person)
        await phone.says("/today")
        step = journal["steps"][number]
        talk_id = await parked(town, step)
        await phone.presses_raw(phone.last.message_id, f"r:resume:{talk_id}")
        talk = await Talk.get(id=talk_id)
        assert (talk.status, talk.version) == ("open", latest_version(script.flow))
        if talk.version == journal["version"]:
            assert talk.pending_key == step["talk"]["pending_key"]
            assert phone.last.text == step["shown"]
            for deed in script.deeds[number + 1 :]:
                await does(town, phone, deed)
            assert (await Talk.get(id=talk_id)).status == "done"
            now = await records()
            assert {table: now[table] for table in journal["records"]} == journal["records"]
        assert not await Inbox.filter(attempts__gt=0).exists()


async def parked(town: Town, step: dict[str, Any]) -> int:
    """Put the dialogue into the database as it was, set aside; returns its id."""
    talk = step["talk"] | {"id": 1001, "status": "parked", "card_id": None}
    await insert("talk", talk)
    for answer in step["answers"]:
        await insert("answer", {**answer, "talk_id": 1001})
    if dialect() == "postgres":
        await rows("SELECT setval('talk_id_seq', 2000), setval('answer_id_seq', 2000)")
    return int(talk["id"])


async def insert(table: str, row: dict[str, Any]) -> None:
    """A row as it was recorded: JSON columns hold text."""
    values = {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
        for name, value in row.items()
    }
    marks = ", ".join(f"${number}" for number in range(1, len(values) + 1))
    await execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})",
        *values.values(),
    )
