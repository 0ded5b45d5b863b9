"""Understood notes → answers that a dialogue starts with."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from conversations.questions import repeats
from conversations.wording import shortened
from core.language.lengths import minutes_said, minutes_said_at
from core.language.nicknames import called
from core.language.purposes import context_of, purpose_of
from core.language.weighed import guessed
from core.rules.lasting import within
from core.rules.recurrence import placed

if TYPE_CHECKING:
    from datetime import date

    from core.acting import Acting
    from core.language.understand import Note

FEN = 100
PURPOSE_LENGTH = 80


def note_prefill(
    acting: Acting, note: Note, text: str, at: datetime, *, burst: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Arguments and known answers of `log_visit` for a note that was sent at a moment.

    A note that came in a burst was written earlier than it arrived: its time is asked for, unless
    the text gives it.
    """
    prefill: dict[str, Any] = {"note": text}
    today = at.astimezone(acting.zone).date()
    if note.customer is not None:
        prefill["customer"] = note.customer
    if note.kind is not None:
        prefill["kind"] = note.kind
    if note.outcome is not None:
        prefill["outcome"] = note.outcome
    if note.product is not None:
        prefill["product"] = note.product
    if note.amount is not None:
        prefill["amount"] = note.amount * FEN
    if note.occurred_time is not None or note.occurred_date not in {None, today}:
        prefill["when"] = _stored(acting, note.occurred_date or today, note.occurred_time)
    if note.follow_up_date is not None:
        said = text.find(note.evidence["follow_up_date"].text)
        minutes = minutes_said_at(text, said) if said >= 0 else None
        prefill["next"] = _stored(acting, _next_day(note), note.follow_up_time, minutes)
    args = {
        "at": at.isoformat(),
        "ask_when": burst and "when" not in prefill,
        "one_line": True,
        "guessed": _guessed(note),
        "candidates": list(note.candidates),
        # What the note says besides who and when; the card may change the note.
        "said": {"note": text, "context": context_of(note)},
        **_repeat(note),
        **_called(note),
    }
    return args, prefill


def follow_up_prefill(
    acting: Acting, note: Note, text: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Arguments and known answers of `plan` for something to be reminded of."""
    prefill: dict[str, Any] = {"purpose": shortened(purpose_of(note), PURPOSE_LENGTH)}
    if note.customer is not None:
        prefill["customer"] = note.customer
    if note.kind is not None:
        prefill["kind"] = note.kind
    if note.follow_up_date is not None:
        minutes = minutes_said(text)
        prefill["when"] = _stored(acting, _next_day(note), note.follow_up_time, minutes)
    return {"candidates": list(note.candidates), **_repeat(note), **_called(note)}, prefill


def for_colleague(staff_id: int | None) -> dict[str, Any]:
    """The known answer of `plan_for` to who is to do it."""
    return {} if staff_id is None else {"staff": staff_id}


def _repeat(note: Note) -> dict[str, Any]:
    """The repetition that the words ask for, as the question keeps it."""
    return {} if note.repeat is None else {"repeat": repeats.stored(note.repeat.what)}


def _next_day(note: Note) -> date:
    """The day of what comes next; of a repetition, the working day on which it takes place."""
    assert note.follow_up_date is not None
    if note.repeat is None:
        return note.follow_up_date
    return placed(note.repeat.what.rule, note.follow_up_date)


def _guessed(note: Note) -> dict[str, str]:
    """What was understood by no word in particular, by field: the card marks it."""
    values = {"kind": note.kind, "outcome": note.outcome}
    return {
        key: value
        for key, value in values.items()
        if value is not None and guessed(note.evidence.get(key), value)
    }


def _called(note: Note) -> dict[str, Any]:
    """The word for the customer, and whom it was taken to mean."""
    found = note.evidence.get("customer")
    word = called(note.text, found.text if found else "")
    return {"called": word, "meant": note.customer} if word else {}


def _stored(
    acting: Acting, day: date, at: time | None, minutes: int | None = None
) -> dict[str, Any]:
    moment = datetime.combine(day, at or time(9), acting.zone)
    lasts = {"minutes": minutes} if at is not None and within(minutes) else {}
    return {"at": moment.isoformat(), "all_day": at is None, **lasts}
