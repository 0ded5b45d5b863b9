"""The codec between a button and the 64 bytes that the platform keeps for it.

`a:<talk>.<turn>.<choice>` answers the question that the talk asked at that turn;
`o:`, `s:` and `r:` open a page, start a dialogue and run a deed. Numbers are in base 36.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LIMIT = 64
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_VERBS = {"open": "o", "start": "s", "run": "r"}
_MEANINGS = {short: verb for verb, short in _VERBS.items()}


class ButtonTooLongError(ValueError):
    """A button's data does not fit; an error of ours, noticed when the screen is built."""


@dataclass(frozen=True, slots=True)
class AnswerPress:
    """A button of a dialogue's card: which dialogue, at which point, which choice."""

    talk_id: int
    turn: int
    choice: str


@dataclass(frozen=True, slots=True)
class VerbPress:
    """A button that stands for itself."""

    verb: Literal["open", "start", "run"]
    name: str
    args: tuple[str, ...]


def encode_answer(talk_id: int, turn: int, choice: str) -> str:
    """The data of a dialogue's button.

    Raises:
        ButtonTooLongError: if it has over 64 bytes.
    """
    return _fitting(f"a:{_base36(talk_id)}.{_base36(turn)}.{choice}")


def encode_verb(verb: str, args: tuple[str, ...]) -> str:
    """The data of a button that stands for itself.

    Raises:
        ButtonTooLongError: if it has over 64 bytes.
    """
    return _fitting(":".join((_VERBS[verb], *args)))


def decode(data: str) -> AnswerPress | VerbPress | None:
    """What a pressed button means; None for data that we never made."""
    head, _, rest = data.partition(":")
    if head == "a":
        talk, turn, choice = (*rest.split(".", 2), "", "")[:3]
        if not (_is_base36(talk) and _is_base36(turn) and choice):
            return None
        return AnswerPress(int(talk, 36), int(turn, 36), choice)
    verb = _MEANINGS.get(head)
    if verb is None or not rest:
        return None
    name, *args = rest.split(":")
    return VerbPress(verb, name, tuple(args))  # type: ignore[arg-type]  # the three verbs are the table's keys


def _fitting(data: str) -> str:
    if len(data.encode()) > LIMIT:
        raise ButtonTooLongError(data)
    return data


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits


def _is_base36(text: str) -> bool:
    return 0 < len(text) <= 12 and all(digit in _DIGITS for digit in text)
