"""An amount of money: common ones as buttons, any other typed as bankers write it.

A bare number says neither yuan nor 万, so it is not guessed: both readings become buttons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from conversations.engine.questions import Question, Redraw, Refuse, Taken
from conversations.inputs import Input, Pressed, Said
from conversations.questions.common import asked, grid, hint, otherwise, skip_row, skipped
from core.formats import FEN, money
from core.i18n import N_, Text
from core.language.money import find_amounts
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.engine.questions import Ctx, Json, Reply, View

HINT = N_("Tap, or type an amount such as 500万 or 1.2m.")
WHICH = N_("Which one do you mean?")
UNREAD = N_("I can't read an amount in that. Type it like 500万, 1.2亿, 300k or 5m.")
OUT_OF_RANGE = N_("That amount can't be right: {amount}. Please check it.")

WAN = 10_000
_BARE = re.compile(r"\s*(\d{1,3}(?:[,，]\d{3})+|\d{1,15})(\.\d{1,2})?\s*")
_COLUMNS = 3
#: a trillion yuan: more than any firm of ours owes
MOST = 10**12 * FEN


@dataclass(frozen=True, slots=True)
class Money(Question[int | None]):
    """An amount in fen; None if it was skipped."""

    key: str
    prompt: Text
    #: common amounts, in fen
    suggestions: tuple[int, ...] = ()
    #: the label of a button that leaves the question out
    skip: Text | None = None

    async def show(self, ctx: Ctx, view: View) -> Screen:
        """The prompt with common amounts, or with the readings of what was typed."""
        offers = [int(fen) for fen in view.get("offers", ())]
        below = ctx.texts(WHICH) if offers else hint(ctx, HINT)
        buttons = [
            Button.answer(money(fen, ctx.locale), fen) for fen in offers or self.suggestions
        ]
        rows = grid(buttons, _COLUMNS)
        return Screen(asked(ctx, self.prompt, below), rows).under(skip_row(ctx, self.skip))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:
        """A tapped amount, or one typed amount."""
        match event:
            case Pressed(choice) if choice.isdecimal():
                return self._within(int(choice), ctx)
            case Said(text) if amounts := _read(text):
                if len(amounts) == 1:
                    return self._within(amounts[0], ctx)
                view["offers"] = amounts
                return Redraw()
        return Taken(None) if skipped(event, self.skip) else otherwise(event, UNREAD)

    def value(self, stored: Json) -> int | None:
        """The amount in fen."""
        return None if stored is None else int(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:  # noqa: ARG002
        """An amount within reason, or none where that is allowed."""
        if stored is None:
            return self.skip is not None
        return isinstance(stored, int) and 0 < stored <= MOST

    def _within(self, fen: int, ctx: Ctx) -> Reply:
        if 0 < fen <= MOST:
            return Taken(fen)
        return Refuse(Text(OUT_OF_RANGE, {"amount": money(fen, ctx.locale)}))


def _read(text: str) -> list[int]:
    """The different amounts that a text may mean, in fen."""
    bare = _BARE.fullmatch(text)
    if bare is None:
        return list(dict.fromkeys(amount.fen for amount in find_amounts(text)))[: 2 * _COLUMNS]
    fen = int(Decimal(re.sub(r"[,，]", "", bare[1]) + (bare[2] or "")) * FEN)
    return [fen * WAN, fen] if 0 < fen * WAN <= MOST else [fen]
