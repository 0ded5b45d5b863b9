"""Several colleagues, marked by taps; nobody marked leaves the choice to the proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.engine.questions import NotMine, Question, Redraw, Taken
from conversations.inputs import Input, Pressed, Said
from conversations.questions.common import asked, hint, typed_as
from core.i18n import N_, Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from conversations.engine.questions import Ctx, Json, Reply, View
    from core.colleagues import ColleaguePage
    from core.screens import Row

HINT = N_("Tap to mark, or type a name. Nobody marked: I choose.")
DONE = N_("✓ Done")
MORE, BEFORE = N_("More ›"), N_("‹ Before")
PAGE, MOST = 6, 12
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Colleagues(Question[list[int]]):
    """The ids of those who were marked."""

    key: str
    prompt: Text
    read: Callable[..., Awaitable[ColleaguePage]]

    async def show(self, ctx: Ctx, view: View) -> Screen:
        """A page of colleagues with their marks, and Done."""
        marked, offset = set(view.get("marked", ())), view.get("at", 0)
        found = await self.read(ctx, view.get("q", ""), limit=PAGE, offset=offset)
        rows: list[Row] = [
            (
                Button.answer(
                    f"{'✓ ' if one.id in marked else ''}{one.name} · {one.note}"[:60],
                    f"i{one.id}",
                ),
            )
            for one in found.items
        ]
        turn: list[Button] = []
        if offset or view.get("q"):
            turn.append(Button.answer(ctx.texts(BEFORE), "p"))
        if found.more:
            turn.append(Button.answer(ctx.texts(MORE), "n"))
        turn.append(Button.answer(ctx.texts(DONE), "done"))
        return Screen(asked(ctx, self.prompt, hint(ctx, HINT)), (*rows, tuple(turn)))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:
        """A tap marks or unmarks, a typed name searches, Done answers."""
        marked = [int(one) for one in view.get("marked", ())]
        if (isinstance(event, Pressed) and event.choice == "done") or typed_as(event, Text(DONE)):
            return Taken(sorted(marked))
        match event:
            case Pressed(choice) if choice[:1] == "i" and choice[1:].isdecimal():
                await self._mark(ctx, int(choice[1:]), marked, view)
            case Pressed("n"):
                view["at"] = view.get("at", 0) + PAGE
            case Pressed("p"):
                view["at"] = max(view.get("at", 0) - PAGE, 0)
                view["q"] = ""
            case Said(text):
                view["q"], view["at"] = " ".join(text.split())[:_LONGEST], 0
            case Pressed():
                pass
            case _:
                return NotMine()
        return Redraw()

    async def _mark(self, ctx: Ctx, one: int, marked: list[int], view: View) -> None:
        if one in marked:
            view["marked"] = [other for other in marked if other != one]
        elif len(marked) < MOST and (await self.read(ctx, "", only=one, limit=1)).items:
            view["marked"] = [*marked, one]

    def value(self, stored: Json) -> list[int]:
        """The ids."""
        return [int(one) for one in stored]

    async def revive(self, ctx: Ctx, stored: Json) -> bool:
        """Colleagues who may still be chosen."""
        if not isinstance(stored, list):
            return False
        for one in stored:
            if not (await self.read(ctx, "", only=int(one), limit=1)).items:
                return False
        return True
