"""What is kept of a dialogue between two steps, and what a step comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markupsafe import Markup

    from conversations.engine.journal import Entry
    from conversations.engine.questions import Json, View
    from core.screens import Screen

Status = Literal["pending", "done", "cancelled", "already_done"]


@dataclass
class Dialogue:
    """One run of a flow: its journal, and what stands beside the journal."""

    flow: str
    version: int
    args: dict[str, Json]
    #: an entry's number is its place
    journal: list[Entry] = field(default_factory=list)
    #: paging, search and drafts of the pending question
    view: View = field(default_factory=dict)
    #: old answers by key, taken instead of asking where they are still right
    prefill: dict[str, Json] = field(default_factory=dict)
    #: the question that must be put although it has an old or presumed answer
    insist: str | None = None
    #: files and places that came in so far
    collected: list[dict[str, Json]] = field(default_factory=list)
    #: the question that the person has before him; None if that was not kept
    pending_key: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What one event did to a dialogue.

    "already_done" is a pending dialogue in which going back was refused, because a command has
    taken effect since.
    """

    status: Status
    dialogue: Dialogue
    #: the pending question with its navigation; when it is over, the last thing said
    screen: Screen | None
    #: what was said before that
    says: tuple[Screen, ...] = ()
    #: to be shown above the screen
    notice: Markup | None = None
    #: whether the notice is worth a pop-up
    alert: bool = False
    #: journal rows from this number on are to be deleted
    cut_to: int | None = None
    #: the rows to be written after that: the last ones of the dialogue's journal
    added: tuple[Entry, ...] = ()
    #: what the flow returned
    result: Json = None
