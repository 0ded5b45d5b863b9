"""Files and places that a person sends while something else is being asked.

A flow that collects keeps them beside its journal until it looks at them. Only what names the
file is kept; its bytes stay with the platform until a job fetches them. The same file sent twice
counts once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conversations.inputs import SentFile, SharedPlace
from core.i18n import N_, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 10
#: what the platform lets a bot download
LARGEST = 20_000_000

TOO_BIG = N_("That file is over 20 MB, which I can't fetch. Please send a smaller one.")
TOO_MANY = N_("{most} files are the most I can keep here. This one was not added.")


def described(event: SentFile | SharedPlace) -> dict[str, Any]:
    """The JSON form of a file or place."""
    at = event.at.isoformat()
    if isinstance(event, SharedPlace):
        return {
            "kind": "place", "latitude": event.latitude, "longitude": event.longitude, "at": at
        }  # fmt: skip
    return {
        "kind": event.kind,
        "file_id": event.file_id,
        "file_unique_id": event.file_unique_id,
        "size": event.size,
        "mime": event.mime,
        "name": event.name,
        "caption": event.caption,
        "album": event.album,
        "at": at,
    }


def added(
    kept: Sequence[dict[str, Any]], event: SentFile | SharedPlace, most: int = MOST
) -> list[dict[str, Any]] | Text:
    """The files with this one, or the sentence that says why it cannot be kept."""
    new = described(event)
    if any(_same(old, new) for old in kept):
        return list(kept)
    if isinstance(event, SentFile) and (event.size or 0) > LARGEST:
        return Text(TOO_BIG)
    if len(kept) >= most:
        return Text(TOO_MANY, {"most": most})
    return [*kept, new]


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    names = ("latitude", "longitude") if other["kind"] == "place" else ("file_unique_id",)
    return one["kind"] == other["kind"] and all(one[name] == other[name] for name in names)
