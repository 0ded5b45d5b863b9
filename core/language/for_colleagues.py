"""A leader's line that somebody is to do something: “ask Li Wei to visit Brightway”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ZH = re.compile(r"^\s*(?:请|麻烦|帮我)?(?:让|叫|请|安排|派|通知)\s*(?=\S)")
_EN = re.compile(
    r"^\s*(?:please\s+|pls\s+)?(?:ask|have|get|tell|let|send)\s+(?=\S)", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"^[\s,:\uff0c\uff1a]*(?:(?:to|should)\s+|去(?=[拜走看见找一趟]))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ForColleague:
    """Who is meant (several where they have the same name), and what they are to do."""

    people: tuple[int, ...]
    what: str


def begins_so(text: str) -> bool:
    """Whether a line begins like one that somebody is to do something; cheap."""
    return _ZH.match(text) is not None or _EN.match(text) is not None


def told_to(text: str, people: Sequence[tuple[int, str, str]]) -> ForColleague | None:
    """Who of these (id, Chinese and English name) is to do what; None if it says no such thing.

    The longest name that fits is meant: of 王芳 and 王芳菲 the second, where that is written.
    """
    for begins in (_ZH, _EN):
        begun = begins.match(text)
        if begun is None:
            continue
        rest = text[begun.end() :]
        fits = [(name, one) for one, *names in people for name in names if _starts(rest, name)]
        if not fits:
            continue
        longest = max(len(name) for name, _ in fits)
        meant = tuple(dict.fromkeys(one for name, one in fits if len(name) == longest))
        what = rest[longest:]
        said = _BETWEEN.match(what)
        what = (what[said.end() :] if said else what).strip()
        return ForColleague(meant, what) if what else None
    return None


def _starts(rest: str, name: str) -> bool:
    if not name or rest[: len(name)].casefold() != name.casefold():
        return False
    after = rest[len(name) : len(name) + 1]
    # "Li We" is no "Li Wei": a name in letters ends where the word ends.
    return not (name[-1].isascii() and after.isascii() and after.isalnum())
