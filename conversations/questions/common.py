"""What the questions share: how a prompt is drawn, and how typed words are compared.

Typed answers are compared without case, width, spaces, punctuation and emoji, and in both
languages, because a banker in Shanghai may well type English under a Chinese screen.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.engine.ops import SKIP
from conversations.engine.questions import NotMine, Redraw, Refuse
from conversations.inputs import Pressed, Said
from core.i18n import LOCALES, N_, Text, texts
from core.screens import Button

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conversations.engine.questions import Ctx, Reply
    from conversations.inputs import Input
    from core.screens import Row

SKIP_LABEL = Text(N_("Skip"))

TAP_ONE = N_("Please tap one of the buttons, or type what one says.")

_LINES = Markup("\n")
_SKIPPING = frozenset(
    (
        "",
        "skip",
        "no",
        "none",
        "nothing",
        "na",
        "跳过",
        "无",
        "没有",
        "不用",
        "不需要",
        "略",
        "暂无",
    )
)


def asked(ctx: Ctx, prompt: Text, *more: Markup | str | None) -> Markup:
    """The prompt with further lines below; None is no line."""
    return _LINES.join((ctx.texts.of(prompt), *(line for line in more if line is not None)))


def hint(ctx: Ctx, msgid: str) -> Markup:
    """A line in small voice: what may be typed."""
    return Markup("<i>{}</i>").format(ctx.texts(msgid))


def normal(text: str) -> str:
    """The letters and digits of a text, for comparing."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in wide if sign.isalnum())


def spellings(label: Text) -> set[str]:
    """The label as it may be typed, in every language."""
    return {normal(texts(locale).of(label)) for locale in LOCALES}


def typed_as(event: Input, label: Text, *others: str) -> bool:
    """Whether the person typed what a button says, or another word for it."""
    return isinstance(event, Said) and normal(event.text) in {*spellings(label), *others}


def grid(buttons: Sequence[Button], columns: int) -> tuple[Row, ...]:
    """The buttons in rows."""
    return tuple(
        tuple(buttons[start : start + columns]) for start in range(0, len(buttons), columns)
    )


def skip_row(ctx: Ctx, label: Text | None) -> Row:
    """The button that leaves a question out; no row where it may not be."""
    return () if label is None else (Button.answer(ctx.texts.of(label), SKIP),)


def skipped(event: Input, label: Text | None) -> bool:
    """Whether the person leaves the question out, by button or in words."""
    if label is None:
        return False
    if isinstance(event, Pressed):
        return event.choice == SKIP
    return typed_as(event, label, *_SKIPPING)


def joined(parts: Iterable[Markup | str]) -> Markup:
    """The parts in a row, with commas."""
    return Markup(", ").join(parts)


def otherwise(event: Input, sentence: str) -> Reply:
    """What becomes of an event that is no answer: typed words get a sentence."""
    match event:
        case Said():
            return Refuse(Text(sentence))
        case Pressed():
            return Redraw()  # a button of how the question looked before
    return NotMine()
