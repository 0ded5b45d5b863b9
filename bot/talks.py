"""Dialogues ⇄ rows: loads a talk with its journal, and writes back what a step changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conversations.engine.dialogue import Dialogue
from conversations.engine.journal import Entry
from storage.db import at_once, rows, statement
from storage.models import Answer, Talk

if TYPE_CHECKING:
    from conversations.engine.dialogue import Step


def as_json(value: Any) -> str:
    """The text in which rows keep a JSON value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


async def open_talk(lane: str) -> Talk | None:
    """The dialogue that is going on in a lane."""
    found = await _talks("lane = $1 AND status = 'open' ORDER BY id DESC LIMIT 1", lane)
    return found[0] if found else None


async def talk_by_id(talk_id: int, lane: str) -> Talk | None:
    """The dialogue with this id, if it is of this lane."""
    found = await _talks("id = $1 AND lane = $2", talk_id, lane)
    return found[0] if found else None


async def waiting_talks(lane: str) -> list[Talk]:
    """Dialogues that were parked, the oldest first."""
    return await _talks("lane = $1 AND status = 'parked' ORDER BY id", lane)


async def _talks(condition: str, *args: Any) -> list[Talk]:
    """Written by hand: the query builder would cost every update more than the query."""
    found = await rows(f"SELECT * FROM talk WHERE {condition}", *args)  # noqa: S608 - constants of this file
    return [Talk._init_from_db(**row) for row in found]  # noqa: SLF001 - how the ORM itself does it


async def dialogue_of(talk: Talk) -> Dialogue:
    """The dialogue as the engine knows it, with its journal."""
    answers = await rows(
        "SELECT kind, key, fingerprint, value FROM answer WHERE talk_id = $1 ORDER BY seq", talk.id
    )
    return Dialogue(
        flow=talk.flow,
        version=talk.version,
        args=json.loads(talk.args),
        journal=[Entry(**{**answer, "value": json.loads(answer["value"])}) for answer in answers],
        view=json.loads(talk.view),
        prefill=json.loads(talk.prefill),
        insist=talk.insist,
        collected=json.loads(talk.collected),
        pending_key=talk.pending_key,
    )


async def save(talk: Talk, step: Step, now_ms: int, expires_ms: int) -> None:
    """Write back the journal rows that a step cut or added, and where the dialogue stands."""
    dialogue = step.dialogue
    if step.cut_to is not None:
        await Answer.filter(talk_id=talk.id, seq__gte=step.cut_to).delete()
    first = len(dialogue.journal) - len(step.added)
    await at_once(
        *(
            statement(
                "INSERT INTO answer (talk_id, seq, kind, key, fingerprint, value)"
                " VALUES ($1, $2, $3, $4, $5, $6)",
                talk.id, seq, entry.kind, entry.key, entry.fingerprint, as_json(entry.value),
            )
            for seq, entry in enumerate(step.added, first)
        )
    )  # fmt: skip
    talk.flow, talk.version = dialogue.flow, dialogue.version
    talk.args = as_json(dialogue.args)
    talk.turn += 1
    talk.view = as_json(dialogue.view)
    talk.prefill = as_json(dialogue.prefill)
    talk.insist, talk.pending_key = dialogue.insist, dialogue.pending_key
    talk.collected = as_json(dialogue.collected)
    talk.touched_at, talk.expires_at = now_ms, expires_ms
    talk.status = {"done": "done", "cancelled": "cancelled"}.get(step.status, talk.status)
    await talk.save()
