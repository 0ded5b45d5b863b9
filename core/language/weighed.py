"""What the rules said of a statement, weighed against the trained model's view.

Where both agree the rules' own sureness stands; where the model overrules them the value is a
guess, and its confidence says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.language import learned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.language.segments import Segment
    from core.language.text import Plain
    from core.language.understand import Evidence

Views = Mapping[str, learned.View]
#: a value, the span of its cue in the statement, and how sure it is
Valued = tuple[str, tuple[int, int], float]
#: as sure as one may be of what the rules did not say
GUESS = 0.6


def views_of(line: Plain, segment: Segment, signs: Sequence[learned.Sign]) -> Views:
    """What the trained model thinks of one statement of the line."""
    first, last = segment.start, segment.end
    inside = [(a - first, b - first, sign) for a, b, sign in signs if first <= a < last]
    return learned.views(line.text[first:last], inside)


def guessed(why: Evidence | None, value: str) -> bool:
    """Whether a value comes from the model alone; a next date says follow_up without a word."""
    return why is not None and not why.text and why.confidence <= GUESS and value != "follow_up"


def settled(views: Views, said: str, outcome: Valued | None, sure: float) -> tuple[str, float]:
    """What the rules said, or what the model holds for likelier; less sure where they differ."""
    if "intent" not in views:
        return said, sure
    found = views["intent"].settle(heard(said, outcome[0] if outcome is not None else None))
    if found is None or found[0] is None:
        return said, sure
    return found[0], min(sure if found[0] == said else GUESS, found[1])


def heard(intent: str, outcome: str | None) -> str:
    """The rules' word on the intent: a report with an outcome is surer than one without."""
    if intent != "log" or outcome is None:
        return intent
    return "log, next" if outcome == "follow_up" else "log, outcome"


def weighed(views: Views, name: str, said: Valued | None) -> Valued | None:
    """The rules' cue with its place, or the model's value without one."""
    if name not in views:
        return said
    found = views[name].settle(said[0] if said is not None else None)
    if found is None:
        return said
    value, likely = found
    if value is None:
        return None
    if said is not None and said[0] == value:
        return value, said[1], min(said[2], likely)
    return value, (0, 0), min(GUESS, likely)
