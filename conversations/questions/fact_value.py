"""A field of a category of facts: buttons for what is one of a few, else typed and read.

The answer is the text that the trail keeps, so a dialogue and the API hand core the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.engine.fingerprints import fingerprint
from conversations.engine.questions import NotMine, Question, Redraw, Refuse, Taken
from conversations.inputs import Input, Pressed, Said
from conversations.questions.choice import Choice
from conversations.questions.common import asked, hint, skip_row, skipped
from conversations.questions.money import Money as Amount
from core.facts.kinds import Birthday, Code, Day, Flag, Money, Month, Percent
from core.i18n import N_, Text
from core.import_rows import BadCellError
from core.language.when import read_when
from core.screens import Screen

if TYPE_CHECKING:
    from conversations.engine.questions import Ctx, Json, Reply, View
    from core.facts.section import Field

NOTHING = Text(N_("Not known"))
YES_NO = {"1": N_("Yes"), "0": N_("No")}
_HINTS: tuple[tuple[type, str], ...] = (
    (Month, N_("Type a month like 2026-11.")),
    (Day, N_("Type a day like 2026-11-30, or 明年3月底, next Friday.")),
    (Birthday, N_("Type a day of the year like 08-15, or with the year, 1975-08-15.")),
    (Percent, N_("Type a percentage like 12.5.")),
)


def fact_value(key: str, field: Field, prompt: Text, *, skip: bool) -> Question[str]:
    """The question for a field's value; with `skip`, it may stay unknown."""
    leave = NOTHING if skip else None
    if isinstance(field.kind, Code):
        return Choice.of(key, prompt, field.kind.vocabulary, skip=leave)
    if isinstance(field.kind, Flag):
        return Choice.of(key, prompt, YES_NO, skip=leave)
    if isinstance(field.kind, Money):
        return AmountText(key, prompt, field, skip)
    return ValueText(key, prompt, field, skip)


@dataclass(frozen=True, slots=True)
class AmountText(Question[str]):
    """An amount, typed as bankers write it."""

    key: str
    prompt: Text
    field: Field
    skip: bool = False

    def fingerprint(self) -> str:
        """By what is asked for, not by its words."""
        return fingerprint([type(self).__name__, self.field.name, self.skip])

    async def show(self, ctx: Ctx, view: View) -> Screen:
        """The question for an amount."""
        return await self._inner.show(ctx, view)

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:
        """An amount, or that it is not known."""
        return await self._inner.take(ctx, event, view)

    def value(self, stored: Json) -> str:
        """Yuan with two decimals; empty if it is not known."""
        fen = self._inner.value(stored)
        return "" if fen is None else self.field.kind.kept(fen)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:
        """An amount that could be right."""
        return await self._inner.revive(ctx, stored)

    @property
    def _inner(self) -> Amount:
        return Amount(self.key, self.prompt, skip=NOTHING if self.skip else None)


@dataclass(frozen=True, slots=True)
class ValueText(Question[str]):
    """Anything that is typed and read by its kind."""

    key: str
    prompt: Text
    field: Field
    skip: bool = False

    def fingerprint(self) -> str:
        """By what is asked for and how it is read, not by its words."""
        kind = type(self.field.kind).__name__
        return fingerprint([type(self).__name__, self.field.name, kind, self.skip])

    async def show(self, ctx: Ctx, view: View) -> Screen:  # noqa: ARG002 - nothing to page here
        """The prompt, how it reads, and a way past it."""
        how = next((text for kind, text in _HINTS if isinstance(self.field.kind, kind)), None)
        below = () if how is None else (hint(ctx, how),)
        return Screen(asked(ctx, self.prompt, *below)).under(skip_row(ctx, self._leave))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:  # noqa: ARG002
        """A text that the field's kind can read; a day may be said in words."""
        if skipped(event, self._leave):
            return Taken("")
        match event:
            case Said(text) if text.strip():
                return self._read(ctx, text)
            case Pressed() | Said():
                return Redraw()
        return NotMine()

    def value(self, stored: Json) -> str:
        """The text as it is kept; empty if it is not known."""
        return str(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:  # noqa: ARG002
        """A text that still reads."""
        if stored == "":
            return self.skip
        try:
            self.field.kind.read(str(stored))
        except BadCellError:
            return False
        return True

    def _read(self, ctx: Ctx, text: str) -> Reply:
        kind = self.field.kind
        try:
            return Taken(kind.kept(kind.read(text.strip())))
        except BadCellError as bad:
            said = read_when(text, ctx.now.astimezone(ctx.zone)) if type(kind) is Day else None
            return Refuse(bad.text) if said is None else Taken(kind.kept(said.date))

    @property
    def _leave(self) -> Text | None:
        return NOTHING if self.skip else None
