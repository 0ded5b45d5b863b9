"""Files and places, several of them in any order, then Done.

An album arrives as several messages, so the question stays open until the person says that it is
complete. The draft list lives in the view; only Done makes it an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conversations.engine.collecting import MOST, added
from conversations.engine.questions import Question, Redraw, Refuse, Taken
from conversations.inputs import Input, Pressed, SentFile, SharedPlace
from conversations.questions.common import asked, otherwise, typed_as
from core.i18n import N_, Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.engine.questions import Ctx, Json, Reply, View

DONE = N_("✓ Done")
REMOVE_LAST = N_("Remove the last")
SO_FAR = N_("📎 {n} so far")
SEND_PAPERS = N_("Send photos or documents, then tap Done.")
SEND_PAPER = N_("Please send a photo or a document.")
SEND_FILES = N_("Send photos, voice notes, documents or a place, then tap Done.")
AT_LEAST = N_("Please send at least {least} before Done.")

PAPERS = ("photo", "document")
_DONE_WORDS = ("done", "ok", "finished", "thatsall", "完成", "好了", "好", "没了", "完了")


@dataclass(frozen=True, slots=True)
class Files(Question[list[dict[str, Any]]]):
    """What was sent, in order: the names of files, and places."""

    key: str
    prompt: Text
    most: int = MOST
    least: int = 0
    #: no voice notes and no places
    papers_only: bool = False

    async def show(self, ctx: Ctx, view: View) -> Screen:
        """The prompt, how many there are, and Done."""
        count = len(view.get("files", ()))
        buttons = [Button.answer(ctx.texts(DONE), "ok")]
        if count:
            buttons.append(Button.answer(ctx.texts(REMOVE_LAST), "r"))
        below = ctx.texts(SO_FAR, n=count) if count else ctx.texts(self._hint)
        return Screen(asked(ctx, self.prompt, below), (tuple(buttons),))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:  # noqa: ARG002 - a draft needs no permission
        """One more file, or Done."""
        files = view.get("files", [])
        if _done(event):
            short = len(files) < self.least
            return Refuse(Text(AT_LEAST, {"least": self.least})) if short else Taken(files)
        match event:
            case SentFile() | SharedPlace() if not self.papers_only or _is_paper(event):
                kept = added(files, event, self.most)
                if isinstance(kept, Text):
                    return Refuse(kept)
                view["files"] = kept
                return Redraw()
            case Pressed("r"):
                view["files"] = files[:-1]
        return otherwise(event, self._hint)

    @property
    def _hint(self) -> str:
        return SEND_PAPERS if self.papers_only else SEND_FILES

    def value(self, stored: Json) -> list[dict[str, Any]]:
        """The files, as `conversations.engine.collecting` describes them."""
        return list(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:  # noqa: ARG002
        """A list of the right length."""
        return isinstance(stored, list) and self.least <= len(stored) <= self.most


@dataclass(frozen=True, slots=True)
class OnePaper(Question[dict[str, Any]]):
    """One photo or document: sent, it is the answer."""

    key: str
    prompt: Text

    async def show(self, ctx: Ctx, view: View) -> Screen:  # noqa: ARG002 - nothing is kept
        """The prompt."""
        return Screen(asked(ctx, self.prompt))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:  # noqa: ARG002
        """The file."""
        if isinstance(event, SentFile) and _is_paper(event):
            kept = added((), event)
            return Refuse(kept) if isinstance(kept, Text) else Taken(kept[0])
        return otherwise(event, SEND_PAPER)

    def value(self, stored: Json) -> dict[str, Any]:
        """The file, as `conversations.engine.collecting` describes it."""
        return dict(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:  # noqa: ARG002
        """A file."""
        return isinstance(stored, dict) and bool(stored.get("file_id"))


def _is_paper(event: SentFile | SharedPlace) -> bool:
    return isinstance(event, SentFile) and event.kind in PAPERS


def _done(event: Input) -> bool:
    """Whether the person says that it is complete."""
    if isinstance(event, Pressed):
        return event.choice == "ok"
    return typed_as(event, Text(DONE), *_DONE_WORDS)
