"""A question that a default saves from being asked, until the person taps its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from conversations.engine.questions import Missing, Question

if TYPE_CHECKING:
    from conversations.engine.questions import Ctx, Json, Reply, View
    from conversations.inputs import Input
    from core.screens import Screen

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Presumed(Question[T_co]):
    """The inner question with an answer that stands unless it is changed."""

    question: Question[T_co]
    stored: Json

    @property
    def key(self) -> str:  # type: ignore[override]  # computed here, a field elsewhere; read-only in both
        """The inner question's key."""
        return self.question.key

    def fingerprint(self) -> str:
        """The inner question's, marked; the default may differ without harm."""
        return f"={self.question.fingerprint()}"[:32]

    async def show(self, ctx: Ctx, view: View) -> Screen:
        """The inner question."""
        return await self.question.show(ctx, view)

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:
        """What the inner question makes of it."""
        return await self.question.take(ctx, event, view)

    def value(self, stored: Json) -> T_co:
        """The inner question's value."""
        return self.question.value(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:
        """What the inner question says."""
        return await self.question.revive(ctx, stored)

    async def presume(self, ctx: Ctx) -> Json | Missing:  # noqa: ARG002 - the protocol's
        """The default."""
        return self.stored
