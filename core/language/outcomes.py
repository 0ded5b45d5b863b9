"""What came of a contact: the first that applies of the bank's order of outcomes.

Complaint, no_answer (nobody reached), not_interested, done (signed, issued, paid out, opened),
interested (wants or intends, also when a next date is set), follow_up (no stance, but a next
contact agreed), else nothing. A cue that is denied, asked about or still to come does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language.outcome_words import (
    COMPLAINT,
    DONE,
    FOLLOW_UP,
    FUTURE_DONE,
    INTERESTED,
    NO_ANSWER,
    NO_COMPLAINT,
    NO_WISH,
    NOT_DONE,
    NOT_INTERESTED,
    REACHED,
    STILL_INTERESTED,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from core.language.clauses import Clause


def outcome_of(
    text: str, clauses: Sequence[Clause], *, next_contact: bool
) -> tuple[str, tuple[int, int], float] | None:
    """The outcome of a statement with the span of its cue and a confidence, or None."""
    found = _complaint(text) or _no_answer(text) or _not_interested(text)
    if found is not None:
        return found
    done = _done(text, clauses)
    if done is not None:
        return done
    wish = _first(INTERESTED, text, NO_WISH)
    if wish is not None:
        return "interested", wish, 0.85
    again = _first(FOLLOW_UP, text, None)
    if again is not None:
        return "follow_up", again, 0.8
    return ("follow_up", (0, 0), 0.6) if next_contact else None


def _first(
    pattern: re.Pattern[str], text: str, denied: re.Pattern[str] | None
) -> tuple[int, int] | None:
    for match in pattern.finditer(text):
        if denied is None or not denied.search(text[max(0, match.start() - 16) : match.start()]):
            return match.span()
    return None


def _complaint(text: str) -> tuple[str, tuple[int, int], float] | None:
    found = COMPLAINT.search(text)
    if found is None:
        return None
    denial = NO_COMPLAINT.search(text)
    if denial is not None:
        rest = (
            text[: denial.start()] + " " * (denial.end() - denial.start()) + text[denial.end() :]
        )
        found = COMPLAINT.search(rest)
        if found is None:
            return None
    return "complaint", found.span(), 0.9


def _no_answer(text: str) -> tuple[str, tuple[int, int], float] | None:
    found = NO_ANSWER.search(text)
    if found is None or REACHED.search(text):
        return None
    return "no_answer", found.span(), 0.9


def _not_interested(text: str) -> tuple[str, tuple[int, int], float] | None:
    found = NOT_INTERESTED.search(text)
    if found is None or STILL_INTERESTED.search(text):
        return None
    return "not_interested", found.span(), 0.85


def _done(text: str, clauses: Sequence[Clause]) -> tuple[str, tuple[int, int], float] | None:
    for match in DONE.finditer(text):
        clause = next((c for c in clauses if c.start <= match.start() < c.end), None)
        start = clause.start if clause is not None else 0
        before = text[start : match.start()]
        if "了" in match[0] and before[-1:] in {"来", "去"}:
            before = before[:-1]  # 来签了: came and did
        if NOT_DONE.search(before) or FUTURE_DONE.search(before):
            continue
        if clause is not None and clause.plan:
            continue
        return "done", match.span(), 0.85
    return None
