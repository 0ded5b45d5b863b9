"""Where somebody is: a location from the phone, or none.

The buttons below the card cannot ask the phone for its place, only the platform's own big button
can; with `tap` the question shows that one, and takes Skip in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.engine.questions import Question, Taken
from conversations.inputs import Input, SharedPlace
from conversations.questions.common import (
    SKIP_LABEL,
    asked,
    hint,
    otherwise,
    skip_row,
    skipped,
)
from core.i18n import N_, Text
from core.screens import Screen

if TYPE_CHECKING:
    from conversations.engine.questions import Ctx, Json, Reply, View

HOW = N_("Send your place with 📎 → Location.")
HOW_TAP = N_("Tap the big button below, or type “skip”.")
SEND_PLACE = N_("📍 Send my place")
UNREAD = N_("Please send your place with 📎 → Location, or skip this.")


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Place(Question[Point | None]):
    """A place; None if it was skipped."""

    key: str
    prompt: Text
    #: the label of the button that leaves it out; None, and it must be given
    skip: Text | None = SKIP_LABEL
    #: show the platform's own button instead of ours
    tap: bool = False

    async def show(self, ctx: Ctx, view: View) -> Screen:  # noqa: ARG002 - nothing to page here
        """The prompt, with how to send a place."""
        text = asked(ctx, self.prompt, hint(ctx, HOW_TAP if self.tap else HOW))
        if self.tap:
            return Screen(text, request="location", request_label=ctx.texts(SEND_PLACE))
        return Screen(text).under(skip_row(ctx, self.skip))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:  # noqa: ARG002
        """A shared place."""
        if isinstance(event, SharedPlace):
            return Taken({"latitude": event.latitude, "longitude": event.longitude})
        return Taken(None) if skipped(event, self.skip) else otherwise(event, UNREAD)

    def value(self, stored: Json) -> Point | None:
        """The place."""
        return None if stored is None else Point(stored["latitude"], stored["longitude"])

    async def revive(self, ctx: Ctx, stored: Json) -> bool:  # noqa: ARG002
        """A place, or none where that is allowed."""
        if stored is None:
            return self.skip is not None
        return isinstance(stored, dict) and stored.keys() == {"latitude", "longitude"}
