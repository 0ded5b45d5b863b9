"""Any question, with a way past it.

`OrSkip(When(...))` asks when, or takes Skip and gives None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from conversations.engine.questions import Missing, Question, Taken
from conversations.questions.common import SKIP_LABEL, skip_row, skipped

if TYPE_CHECKING:
    from conversations.engine.questions import Ctx, Json, Reply, View
    from conversations.inputs import Input
    from core.i18n import Text
    from core.screens import Screen

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class OrSkip(Question[T_co | None]):
    """The answer to the inner question, or None."""

    question: Question[T_co]
    label: Text = SKIP_LABEL

    @property
    def key(self) -> str:  # type: ignore[override]  # computed here, a field elsewhere; read-only in both
        """The inner question's key."""
        return self.question.key

    def fingerprint(self) -> str:
        """The inner question's, marked."""
        return f"~{self.question.fingerprint()}"

    async def show(self, ctx: Ctx, view: View) -> Screen:
        """The inner question with Skip below."""
        return (await self.question.show(ctx, view)).under(skip_row(ctx, self.label))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:
        """Skip, or what the inner question makes of it."""
        if skipped(event, self.label):
            return Taken(None)
        return await self.question.take(ctx, event, view)

    def value(self, stored: Json) -> T_co | None:
        """None, or the inner question's value."""
        return None if stored is None else self.question.value(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:
        """None is always right."""
        return stored is None or await self.question.revive(ctx, stored)

    async def presume(self, ctx: Ctx) -> Json | Missing:
        """What the inner question presumes."""
        return await self.question.presume(ctx)
