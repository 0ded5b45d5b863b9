"""A typed text: a note, a name, a purpose.

Where captions count, a photo or voice note with a caption answers with it, and the file itself is
kept with the dialogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.engine.questions import NotMine, Question, Redraw, Refuse, Taken
from conversations.inputs import Input, Pressed, Said, SentFile
from conversations.questions.common import SKIP_LABEL, asked, skip_row, skipped
from core.i18n import N_
from core.i18n import Text as Words
from core.screens import Screen

if TYPE_CHECKING:
    from conversations.engine.questions import Ctx, Json, Reply, View

TOO_LONG = N_("At most {most} characters fit here; yours has {given}. Please shorten it.")
EMPTY = N_("Please type a few words.")


@dataclass(frozen=True, slots=True)
class Note(Question[str]):
    """Something typed; a note that may be left out is the empty text then."""

    key: str
    prompt: Words
    optional: bool = False
    max_length: int = 1000
    #: captions of photos and voice notes are answers, too
    captions: bool = False
    skip_label: Words = SKIP_LABEL

    async def show(self, ctx: Ctx, view: View) -> Screen:  # noqa: ARG002 - nothing to page here
        """The prompt, and Skip where the text may be left out."""
        return Screen(asked(ctx, self.prompt)).under(skip_row(ctx, self._skip))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:  # noqa: ARG002
        """Any text that is not too long."""
        if skipped(event, self._skip):
            return Taken("")
        match event:
            case Said(text):
                return self._read(text)
            case SentFile(caption=caption) if self.captions and caption.strip():
                return self._read(caption, attach=True)
            case Pressed():
                return Redraw()
        return NotMine()

    def value(self, stored: Json) -> str:
        """The text."""
        return str(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:  # noqa: ARG002
        """A text that is still short enough."""
        return (
            isinstance(stored, str)
            and len(stored) <= self.max_length
            and (self.optional or bool(stored))
        )

    @property
    def _skip(self) -> Words | None:
        return self.skip_label if self.optional else None

    def _read(self, text: str, *, attach: bool = False) -> Reply:
        text = text.strip()
        if not text:
            return Refuse(Words(EMPTY))
        if len(text) > self.max_length:
            return Refuse(Words(TOO_LONG, {"most": self.max_length, "given": len(text)}))
        return Taken(text, attach=attach)


#: the other name of the same question, for what is shorter than a note
Text = Note
