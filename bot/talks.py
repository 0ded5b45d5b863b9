"""Dialogues ⇄ rows: loads a talk with its journal, and writes back what a step changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conversations.engine.dialogue import Dialogue
from conversations.engine.journal import Entry
from storage.models import Answer, Talk

if TYPE_CHECKING:
    from conversations.engine.dialogue import Step


def as_json(value: Any) -> str:
    """The text in which rows keep a JSON value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


async def open_talk(lane: str) -> Talk | None:
    """The dialogue that is going on in a lane."""
    return await Talk.filter(lane=lane, status="open").order_by("-id").first()


async def waiting_talks(lane: str) -> list[Talk]:
    """Dialogues that were parked, the oldest first."""
    return await Talk.filter(lane=lane, status="parked").order_by("id")


async def dialogue_of(talk: Talk) -> Dialogue:
    """The dialogue as the engine knows it, with its journal."""
    answers = await Answer.filter(talk_id=talk.id).order_by("seq")
    return Dialogue(
        flow=talk.flow,
        version=talk.version,
        args=json.loads(talk.args),
        journal=[
            Entry(answer.kind, answer.key, answer.fingerprint, json.loads(answer.value))
            for answer in answers
        ],
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
    for seq, entry in enumerate(step.added, first):
        await Answer.create(
            talk_id=talk.id,
            seq=seq,
            kind=entry.kind,
            key=entry.key,
            fingerprint=entry.fingerprint,
            value=as_json(entry.value),
        )
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
