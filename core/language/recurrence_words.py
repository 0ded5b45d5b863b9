"""What the readers of both languages share: a rule with its place in the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.rules.recurrence import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: a frequency alone, by its unit: the week on Monday, the month and the quarter on their first day
WEEKLY, MONTHLY = Rule("week", weekdays=(0,)), Rule("month", day=1)
QUARTERLY, QUARTER_END = Rule("month", 3, day=1, month=1), Rule("month", 3, day=-1, month=3)
YEARLY, YEAR_END = Rule("month", 12, day=1, month=1), Rule("month", 12, day=-1, month=12)
_CLAUSE = re.compile(r"[,,。;;!!??\n]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Said:
    """A rule at its place in the normalised text."""

    rule: Rule
    at: tuple[int, int]
    #: only the frequency was said: the day is the default
    open: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """How a rule is said, and how it is built from the words."""

    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Rule]
    open: bool = False


_GROUP = re.compile(r"\(\?P<(\w+)>")
_AGAIN = "__"


def words(
    pattern: str, build: Callable[[re.Match[str]], Rule] | Rule, *, frequency_only: bool = False
) -> Words:
    """Words for a rule; a group's name may stand in several branches of the pattern."""
    seen: Counter[str] = Counter()

    def named(found: re.Match[str]) -> str:
        seen[found[1]] += 1
        return f"(?P<{found[1]}{_AGAIN}{seen[found[1]]}>"

    compiled = re.compile(_GROUP.sub(named, pattern), re.ASCII)
    return Words(compiled, (lambda _: build) if isinstance(build, Rule) else build, frequency_only)


def got(m: re.Match[str], name: str) -> str:
    """What the group of that name read, in whichever branch; empty where it read nothing."""
    groups = m.groupdict()
    return next((str(v) for k, v in groups.items() if v and k.split(_AGAIN)[0] == name), "")


def first_of(text: str, table: Iterable[Words], plans: Callable[[str, Said], bool]) -> Said | None:
    """The first rule in a text that is planned; what was read once is not read again."""
    taken: list[tuple[int, int]] = []
    for each in table:
        for match in each.pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            try:
                said = Said(each.build(match), match.span(), each.open)
            except ValueError:
                continue
            taken.append(match.span())
            if plans(text, said):
                return said
    return None


def clause_around(text: str, at: tuple[int, int]) -> tuple[str, str]:
    """The words of the same clause before and behind a place."""
    before = _CLAUSE.split(text[: at[0]])[-1]
    behind = _CLAUSE.split(text[at[1] :], maxsplit=1)[0]
    return before, behind
