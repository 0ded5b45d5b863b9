"""The card before saving: every line as it will be stored, each changeable by a tap.

A review is put each time, whatever was answered before, so nothing is saved that was not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from markupsafe import Markup

from conversations.engine.fingerprints import fingerprint
from conversations.engine.ops import CHANGE
from conversations.engine.questions import Change, Question, Taken
from conversations.inputs import Input, Pressed, Said
from conversations.questions.common import (
    asked,
    grid,
    hint,
    normal,
    otherwise,
    spellings,
    typed_as,
)
from core.i18n import N_, Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.engine.questions import Ctx, Json, Reply, View

SAVE = N_("✓ Save")
TAP_LINE = N_("Tap an item below to change it.")
TAP_SAVE = N_("Tap Save, or tap a line to change it.")

_SAVE_WORDS = ("save", "ok", "yes", "y", "保存", "好", "好的", "是", "确认", "可以", "对")
#: the most changeable lines that still go into two rows of so many columns
_COLUMNS = ((4, 2), (6, 3), (8, 4))
_MOST_COLUMNS = 5
_SHORT_LABEL = 4
_COLUMNS_OF_WORDS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the card: the key of the answer behind it, its label, and what it says."""

    key: str
    label: Text
    shown: Callable[[Any], str] | str
    changeable: bool = True


@dataclass(frozen=True, slots=True)
class Review(Question[bool]):
    """Whether it may be saved; the only answer is yes, the other ways out are navigation."""

    key: str
    title: Text
    lines: tuple[Line, ...]
    save: Text = Text(SAVE)  # noqa: RUF009 - a Text is frozen

    always_asked: ClassVar[bool] = True

    @property
    def changes(self) -> tuple[str, ...]:
        """The keys of the lines that may be changed."""
        return tuple(line.key for line in self.lines if line.changeable)

    def fingerprint(self) -> str:
        """By its lines, whatever they say."""
        return fingerprint([type(self).__name__, *(line.key for line in self.lines)])

    async def show(self, ctx: Ctx, view: View) -> Screen:  # noqa: ARG002 - nothing to page here
        """The title, the lines, Save first, then what can be changed."""
        lines = [
            Markup("{}: {}").format(ctx.texts.of(line.label), _said(line, ctx) or "—")
            for line in self.lines
        ]
        changes = [
            Button.answer(ctx.texts.of(line.label), CHANGE + line.key)
            for line in self.lines
            if line.changeable
        ]
        text = asked(ctx, self.title, "", *lines, "", hint(ctx, TAP_LINE))
        rows = grid(changes, _columns(changes))
        return Screen(text, ((Button.answer(ctx.texts.of(self.save), "ok"),), *rows))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:  # noqa: ARG002
        """Save, or a line to change by its typed name."""
        saved = isinstance(event, Pressed) and event.choice == "ok"
        if saved or typed_as(event, self.save, *_SAVE_WORDS):
            return Taken(stored=True)
        if isinstance(event, Said):
            named = [
                line.key
                for line in self.lines
                if line.changeable and normal(event.text) in spellings(line.label)
            ]
            if named:
                return Change(named[0])
        return otherwise(event, TAP_SAVE)

    def value(self, stored: Json) -> bool:
        """Yes."""
        return bool(stored)


def _columns(buttons: list[Button]) -> int:
    """How many buttons a row: few rows, but no label broken on a small phone."""
    count = len(buttons)
    columns = next((columns for most, columns in _COLUMNS if count <= most), _MOST_COLUMNS)
    long = any(len(button.label) > _SHORT_LABEL for button in buttons)
    return min(columns, _COLUMNS_OF_WORDS) if long else columns


def _said(line: Line, ctx: Ctx) -> str:
    return line.shown if isinstance(line.shown, str) else line.shown(ctx)
