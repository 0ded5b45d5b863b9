"""Several of a short list, marked by taps: what is to be left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conversations.engine.questions import Question, Redraw, Taken
from conversations.inputs import Input, Pressed
from conversations.questions.common import asked, hint, otherwise, typed_as
from core.i18n import N_, Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.engine.questions import Ctx, Json, Reply, View

PROMPT = N_("What is left out?")
HINT = N_("Tap to mark; what is left out is closed.")
DONE = N_("✓ Done")
TAP = N_("Tap what is left out, then Done.")
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Markable:
    """One of the list: its id and what it says in a language."""

    id: int
    shown: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class LeaveOut(Question[list[int]]):
    """The ids that were marked."""

    key: str
    items: tuple[Markable, ...]
    prompt: Text = Text(PROMPT)  # noqa: RUF009 - a Text is frozen

    def fingerprint(self) -> str:
        """By what there is to mark."""
        return f"leave_out:{','.join(str(item.id) for item in self.items)}"[:32]

    async def show(self, ctx: Ctx, view: View) -> Screen:
        """A button for each, with a mark, and Done."""
        marked = set(view.get("marked", ()))
        rows = tuple(
            (
                Button.answer(
                    f"{'✕' if item.id in marked else '✓'} {item.shown(ctx)}", f"i{item.id}"
                ),
            )
            for item in self.items[:SHOWN]
        )
        done = (Button.answer(ctx.texts(DONE), "done"),)
        return Screen(asked(ctx, self.prompt, hint(ctx, HINT)), (*rows, done))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:  # noqa: ARG002
        """A tap marks or unmarks; Done answers."""
        known = {item.id for item in self.items}
        marked = [one for one in view.get("marked", ()) if one in known]
        match event:
            case Pressed(choice) if choice[:1] == "i" and choice[1:].isdecimal():
                one = int(choice[1:])
                if one in known:
                    view["marked"] = (
                        [other for other in marked if other != one]
                        if one in marked
                        else [*marked, one]
                    )
                return Redraw()
        if (isinstance(event, Pressed) and event.choice == "done") or typed_as(event, Text(DONE)):
            return Taken(sorted(marked))
        return otherwise(event, TAP)

    def value(self, stored: Json) -> list[int]:
        """The ids."""
        return [int(one) for one in stored]

    async def revive(self, ctx: Ctx, stored: Json) -> bool:  # noqa: ARG002
        """Marks that are still on the list."""
        known = {item.id for item in self.items}
        return isinstance(stored, list) and all(one in known for one in stored)
