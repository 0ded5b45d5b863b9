"""A line of text out of the blue: a note to log, a thing to plan, a name, or small talk.

A name opens the profile; a note becomes the review card filled in; several statements become
several cards, one after the other. What is not understood gets the search, then a hint.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot import dialogues
from conversations import pages
from conversations.deeds.undo import WORDS, undo
from conversations.flows.prefill import follow_up_prefill, for_colleague, note_prefill
from conversations.inputs import Said
from core import customers, leader_plans
from core.language.for_colleagues import begins_so, told_to
from core.language.understand import understand
from core.portfolio import portfolio
from core.rules.access import READ_ONLY, leads_anybody
from core.screens import Button, Screen
from storage.db import rows

if TYPE_CHECKING:
    from bot.turn import Turn
    from conversations.inputs import Input
    from core.language.understand import Note
    from storage.models import Talk

NAME_LENGTH = 24
#: shorter texts are names or small talk
NOTE_LENGTH = 6
#: the full-width ones are what a Chinese keyboard gives
SENTENCE_MARKS = frozenset(",;!?:\uff0c\uff1b\uff01\uff1f\uff1a\u3001\u3002")
#: questions that any line may answer
TEXT_QUESTIONS = frozenset({"note", "purpose", "number"})
#: messages closer together than a person types were written earlier and delivered in a burst
BURST = timedelta(seconds=10)


async def free_text(turn: Turn, text: str, *, insist_log: bool = False) -> None:
    """Do what the line asks for."""
    text = text.strip()
    if text.lower() in WORDS:
        outcome = await undo(turn.acting, turn.perform)
        assert outcome.screen is not None
        await turn.post(outcome.screen)
        return
    if not insist_log and await _for_a_colleague(turn, text):
        return
    notes = await _notes(turn, text)
    may_work = turn.acting.person.role not in READ_ONLY
    loggable = [note for note in notes if insist_log or note.intent in {"log", "task"}]
    # Said of a known customer, a line is a note however short; else it may be a firm's name.
    said = insist_log or any(note.customer is not None for note in loggable)
    if not said and await _is_name(turn, text):
        return
    if loggable and may_work:
        await _begin_all(turn, loggable, text)
        return
    lookup = next((note for note in notes if note.intent == "lookup"), None)
    if lookup is not None and lookup.customer is not None:
        await _post_page(turn, "profile", str(lookup.customer))
        return
    await _search_or_hint(turn, text)


async def begin_record(turn: Turn, text: str, collected: list[dict[str, Any]]) -> bool:
    """Begin the record that a line tells of, with what was sent along; false if it tells none."""
    if not text.strip() or turn.acting.person.role in READ_ONLY:
        return False
    notes = [note for note in await _notes(turn, text) if note.intent == "log"]
    if notes:
        await _begin_all(turn, notes, text, collected)
    return bool(notes)


async def is_new_line(turn: Turn, talk: Talk, event: Input) -> bool:
    """Whether a text is no answer to the open dialogue but the next note.

    So it is while a review card waits, and in a burst of notes that an offline phone delivers;
    but where a text is asked for, a text is the answer.
    """
    if not isinstance(event, Said) or talk.pending_key in TEXT_QUESTIONS:
        return False
    if talk.pending_key != "review" and not await in_burst(turn):
        return False
    if event.text.strip().lower() in WORDS:
        return True
    return any(
        note.intent in {"log", "task"} and (note.customer is not None or note.kind is not None)
        for note in await _notes(turn, event.text)
    )


async def _for_a_colleague(turn: Turn, text: str) -> bool:
    """A leader's line that one of their people is to do something; false if it is none."""
    if not leads_anybody(turn.acting.person) or not begins_so(text):
        return False
    found = told_to(text, await leader_plans.named_people(turn.acting))
    if found is None:
        return False
    # Of namesakes the dialogue asks which; the firm is one of who goes, where that is known.
    one = found.people[0] if len(found.people) == 1 else None
    whose = await leader_plans.led(turn.acting, one) if one is not None else turn.acting
    at = turn.incoming.at.astimezone(turn.acting.zone)
    [note, *_] = understand(found.what, at, await portfolio(whose))
    args, prefill = follow_up_prefill(turn.acting, note, found.what)
    await dialogues.begin(turn, "plan_for", args, prefill=for_colleague(one) | prefill)
    return True


async def _notes(turn: Turn, text: str) -> list[Note]:
    known = await portfolio(turn.acting)
    return list(understand(text, turn.incoming.at.astimezone(turn.acting.zone), known))


async def _begin_all(
    turn: Turn, notes: list[Note], text: str, collected: list[dict[str, Any]] | None = None
) -> None:
    """The first statement becomes the open card; further ones wait behind it."""
    burst = await in_burst(turn)
    starts = []
    for note in notes:
        said = text if len(notes) == 1 else note.text
        if note.intent == "task":
            starts.append(("plan", *follow_up_prefill(turn.acting, note, said)))
        else:
            at = turn.incoming.at
            starts.append(("log_visit", *note_prefill(turn.acting, note, said, at, burst=burst)))
    (flow, args, prefill), *others = starts
    for other, other_args, other_prefill in others:
        await dialogues.begin_parked(turn, other, other_args, other_prefill)
    await dialogues.begin(turn, flow, args, prefill=prefill, collected=collected)


async def in_burst(turn: Turn) -> bool:
    """Whether the chat's message before or after this one came too close to be typed live.

    A tap in between shows that the person was there.
    """
    neighbours = await rows(
        "SELECT body FROM (SELECT body FROM inbox WHERE lane = $1 AND position < $2"
        " ORDER BY position DESC LIMIT 1) AS b UNION ALL SELECT body FROM (SELECT body FROM inbox"
        " WHERE lane = $1 AND position > $2 ORDER BY position LIMIT 1) AS a",
        turn.lane,
        turn.incoming.update_id,
    )
    for row in neighbours:
        message = json.loads(row["body"]).get("message") or {}
        text = str(message.get("text") or "")
        apart = abs(int(message.get("date") or 0) - int(turn.incoming.at.timestamp()))
        if len(text) >= NOTE_LENGTH and text[0] != "/" and apart <= BURST.total_seconds():
            return True
    return False


async def _is_name(turn: Turn, text: str) -> bool:
    """A short text that finds customers as it stands is a name; shows what it finds."""
    if len(text) > NAME_LENGTH or SENTENCE_MARKS & set(text):
        return False
    if not (await customers.find(turn.acting, text, limit=1)).items:
        return False
    await _post_page(turn, "found", text)
    return True


async def _search_or_hint(turn: Turn, text: str) -> None:
    t = turn.acting.texts
    if len(text) <= 2 * NAME_LENGTH and (await customers.find(turn.acting, text, limit=1)).items:
        await _post_page(turn, "found", text)
        return
    await turn.post(
        Screen(
            t(
                "I didn't catch that. Type a customer's name, or say what happened: who, what, "
                "what next."
            ),
            ((Button.open(t("Help"), "help"), Button.start(t("📝 Log"), "log_visit")),),
        )
    )


async def _post_page(turn: Turn, name: str, *args: str) -> None:
    screen = await pages.show(turn.acting, name, *args)
    if screen is not None:
        await turn.post(screen)
