"""Pages and cursors: where a page ended, in a form that says nothing and is checked.

A cursor is only a place. What is shown from there on is asked anew within the scope, so a cursor
made by hand shows nothing that a list would not.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Protocol, TypeVar

from core.api.problems import Rejected
from core.api.schemas import LARGEST_ID, Item, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def to_cursor(place: int) -> str:
    """A place, as clients hand it back."""
    return base64.urlsafe_b64encode(b"%d" % place).rstrip(b"=").decode()


def from_cursor(cursor: str | None) -> int:
    """The place that a cursor stands for; without one, the beginning.

    Raises:
        Rejected: if it is none of ours.
    """
    if cursor is None:
        return 0
    try:
        place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        if place.isdigit() and to_cursor(int(place)) == cursor and int(place) <= LARGEST_ID:
            return int(place)
    except (binascii.Error, ValueError):
        pass
    raise Rejected("unknown_cursor")


class Numbered(Protocol):
    """A row with an id."""

    id: int


Row = TypeVar("Row", bound=Numbered)


def page(
    kind: type[Page[Item]], found: Sequence[Row], limit: int, told: Callable[[Row], Item]
) -> Page[Item]:
    """A page of rows in the order of their ids, of which one more was asked for than it holds."""
    shown = found[:limit]
    more = len(found) > limit
    return kind(items=[told(row) for row in shown], next=to_cursor(shown[-1].id) if more else None)
