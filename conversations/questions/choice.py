"""One of a few: buttons, or the label, the code or the beginning of either, typed.

Codes are what the bank's vocabularies store; labels are translated when the question is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.engine.ops import BACK, CANCEL, CHANGE, KEEP, SKIP
from conversations.engine.questions import Question, Refuse, Taken
from conversations.inputs import Input, Pressed, Said
from conversations.questions.common import (
    TAP_ONE,
    asked,
    grid,
    joined,
    normal,
    otherwise,
    skip_row,
    skipped,
    spellings,
)
from core.i18n import N_, Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.questions import Ctx, Json, Reply, View

SEVERAL = N_("That fits several: {labels}. Please type more, or tap one.")

_RESERVED = (BACK, CANCEL, KEEP, SKIP)
_LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Choice(Question[str]):
    """One code of several; the empty one if it was skipped."""

    key: str
    prompt: Text
    #: code and label, the likeliest first
    options: tuple[tuple[str, Text], ...]
    columns: int = 2
    #: the label of a button that leaves the question out
    skip: Text | None = None

    def __post_init__(self) -> None:
        """Refuse codes that would be taken for the engine's own buttons, or not fit one."""
        for code, _ in self.options:
            if code in _RESERVED or code.startswith(CHANGE) or len(code) > _LONGEST_CODE:
                raise ValueError(f"{code!r} can be no code of a choice")

    @classmethod
    def of(
        cls,
        key: str,
        prompt: Text,
        vocabulary: Mapping[str, str],
        *,
        icons: Mapping[str, str] | None = None,
        columns: int = 2,
        skip: Text | None = None,
    ) -> Choice:
        """A choice among a vocabulary of codes and message ids, with an icon before each."""
        options = tuple(
            (
                code,
                Text(msgid)
                if icons is None
                else Text(f"{icons[code]} {{label}}", {"label": Text(msgid)}),
            )
            for code, msgid in vocabulary.items()
        )
        return cls(key, prompt, options, columns, skip)

    async def show(self, ctx: Ctx, view: View) -> Screen:  # noqa: ARG002 - nothing to page here
        """The prompt with a button for each."""
        buttons = [Button.answer(ctx.texts.of(label), code) for code, label in self.options]
        rows = grid(buttons, self.columns)
        return Screen(asked(ctx, self.prompt), rows).under(skip_row(ctx, self.skip))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:  # noqa: ARG002
        """A tapped button, or words that mean one."""
        match event:
            case Pressed(choice) if any(choice == code for code, _ in self.options):
                return Taken(choice)
            case Said(text) if found := self._meant(text):
                if len(found) == 1:
                    return Taken(found[0][0])
                labels = joined(ctx.texts.of(label) for _, label in found)
                return Refuse(Text(SEVERAL, {"labels": labels}))
        return Taken("") if skipped(event, self.skip) else otherwise(event, TAP_ONE)

    def value(self, stored: Json) -> str:
        """The code."""
        return str(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:  # noqa: ARG002
        """A code that is still among the options."""
        known = [code for code, _ in self.options]
        return stored in known or (stored == "" and self.skip is not None)

    def _meant(self, text: str) -> list[tuple[str, Text]]:
        """The options that typed words mean: those they name, or else those that begin so."""
        typed = normal(text)
        if not typed:
            return []
        names = [(option, {normal(option[0]), *spellings(option[1])}) for option in self.options]
        named = [option for option, own in names if typed in own]
        return named or [
            option for option, own in names if any(name.startswith(typed) for name in own)
        ]
