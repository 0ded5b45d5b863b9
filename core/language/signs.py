"""Signs for a line's names, dates and sums: the model looks at what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language.contacts import people_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.language.found import Found
    from core.language.learned import Sign
    from core.language.money import Amount
    from core.language.names import Mention
    from core.language.text import Plain

_NAME, _SUM = "□", "¤"
_HOUR, _GONE, _COMING, _DAY = "◔", "◁", "▷", "◇"


def signs_of(
    line: Plain, found: Sequence[Found], amounts: Sequence[Amount], mentions: Sequence[Mention]
) -> Iterator[Sign]:
    """The spans of a normalised line that a sign stands for."""
    for mention in mentions:
        yield *mention.at, _NAME
    for person in people_in(line.text):
        yield person.start, person.end, _NAME
    for each in found:
        yield *each.at, _sign(each)
    for amount in amounts:
        yield *amount.at, _SUM


def _sign(each: Found) -> str:
    if not each.has_day:
        return _HOUR
    return _GONE if each.sign < 0 else _COMING if each.sign > 0 else _DAY
