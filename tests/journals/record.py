"""Journals that earlier code wrote are kept for ever: every later code must go on with them.

Plays the scripts that have no journal of their flow's present version yet, and writes down what
the database held after each step. A journal that is there is never changed.

Usage: python -m tests.journals.record
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from conversations.engine.dialogue import latest_version
from storage.models import Answer, Talk
from tests.journals.scripts import SCRIPTS, Script, does, records
from tests.support.databases import SqliteDatabases
from tests.support.town import running_town

FOLDER = Path(__file__).parent


def path_of(name: str, version: int) -> Path:
    """Where the journal of a script is kept, as a version of its flow wrote it."""
    return FOLDER / f"{name}.v{version}.json"


async def record(script: Script, url: str, folder: Path) -> dict[str, Any]:
    """Play a script; what the database held after each step."""
    steps = []
    async with running_town(url, folder) as town:
        if script.before is not None:
            await script.before(town)
        phone = town.phone(script.person)
        for deed in script.deeds:
            await does(town, phone, deed)
            talk = (await Talk.all().values())[0]
            answers = await Answer.all().order_by("seq").values()
            card = next(message for message in reversed(phone.messages) if message.from_bot)
            steps.append({"did": deed, "talk": talk, "answers": answers, "shown": card.text})
        assert talk["status"] == "done", f"{script.flow}: {card.text}"
        kept = await records()
    return {"version": talk["version"], "steps": steps, "records": kept}


def main() -> None:
    """Write what is missing."""
    with tempfile.TemporaryDirectory() as folder:
        databases = SqliteDatabases(Path(folder))
        for name, script in SCRIPTS.items():
            path = path_of(name, latest_version(script.flow))
            if path.exists():
                continue
            journal = asyncio.run(record(script, databases.fresh(), Path(folder)))
            path.write_text(json.dumps(journal, ensure_ascii=False, indent=1) + "\n")
            sys.stdout.write(f"{path.name}: {len(journal['steps'])} steps\n")


if __name__ == "__main__":
    main()
