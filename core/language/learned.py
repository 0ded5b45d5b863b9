"""What a statement is by its words alone: a small model that was trained on labelled notes.

The rules know turns of speech; this model has a view on every word, so that it also has one where
no rule applies. It counts runs of up to four characters or words in the statement, with names,
dates and sums replaced by signs, and adds their weights. `settle` weighs its view against what the
rules said, by how often the rules were right about texts they had not seen. The weights lie beside
this module, made by `python -m tests.language.train` (ADR 46); inference needs nothing but them.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: a span of the text and the sign that stands for it
Sign = tuple[int, int, str]

WEIGHTS = Path(__file__).with_name("learned.txt")
#: weights are kept as printable characters, this one being nought
NOUGHT = 79

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.:,/]\d+)*|[^\sa-z0-9]", re.ASCII)
_STOPS = frozenset(',，.。;；、!！:：…~|()（）"“”-/—')
_ONCE = frozenset(("□", ",", "#"))
_LONGEST = 4
_STEM = 5


@dataclass(frozen=True, slots=True)
class Field:
    """A field's values with what the weights of a statement are added to."""

    values: tuple[str | None, ...]
    bias: tuple[float, ...]
    #: the words of the rules
    heard: tuple[str | None, ...]
    #: logarithms of how often they say that of texts they have not seen, by what is right
    said: tuple[tuple[float, ...], ...]
    #: how much the model's view counts beside the rules'
    weight: float


@dataclass(frozen=True, slots=True)
class View:
    """The logarithm of how likely each value of a field is."""

    field: Field
    logs: tuple[float, ...]

    def settle(self, said: str | None) -> tuple[str | None, float] | None:
        """The likeliest value after the rules said theirs, with its probability (0 to 1).

        None for a word of the rules that the model never heard.
        """
        field = self.field
        if said not in field.heard:
            return None
        at = field.heard.index(said)
        sums = [
            field.weight * log + row[at] for log, row in zip(self.logs, field.said, strict=True)
        ]
        best = max(range(len(sums)), key=sums.__getitem__)
        return field.values[best], 1 / sum(math.exp(s - sums[best]) for s in sums)


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of runs of words, a row of printable characters for each."""

    scale: float
    fields: dict[str, Field]
    table: dict[str, bytes]


def views(text: str, signs: Iterable[Sign], model: Model | None = None) -> dict[str, View]:
    """What the model thinks of a normalised statement, by field (intent, kind, outcome).

    Without a model the one that is shipped.
    """
    model = model or _shipped()
    hits = [row for row in map(model.table.get, grams(text, signs)) if row is not None]
    count = len(hits)
    columns = [sum(column) - NOUGHT * count for column in zip(*hits, strict=True)]
    shrink = model.scale / math.sqrt(count + 1)
    result: dict[str, View] = {}
    at = 0
    for name, field in model.fields.items():
        here = columns[at : at + len(field.bias)] or [0] * len(field.bias)
        at += len(field.bias)
        scores = [shrink * one + bias for one, bias in zip(here, field.bias, strict=True)]
        top = max(scores)
        whole = top + math.log(sum(math.exp(s - top) for s in scores))
        result[name] = View(field, tuple(s - whole for s in scores))
    return result


def grams(text: str, signs: Iterable[Sign]) -> set[str]:
    """The runs of words and characters that a statement's view is made of."""
    tokens = _tokens(_signed(text, signs))
    found: set[str] = set()
    for i, token in enumerate(tokens):
        run = ""
        for each in tokens[i : i + _LONGEST]:
            gap = " " if run[-1:].isascii() and run and each.isascii() else ""
            run += gap + each
            found.add(run)
        if token.isascii() and len(token) >= _STEM:
            found.add(f"<{token[: _STEM - 1]}")
            found.add(f"<{token[:_STEM]}")
    return found


def _signed(text: str, signs: Iterable[Sign]) -> str:
    """The text with a sign for every name, date and sum; of two that overlap, the first."""
    pieces: list[str] = []
    at = 0
    for start, end, sign in sorted(signs, key=lambda one: (one[0], -one[1])):
        if start < at:
            continue
        pieces += (text[at:start], f" {sign} ")
        at = end
    return "".join((*pieces, text[at:]))


def _tokens(text: str) -> Sequence[str]:
    """Characters, words and marks, with one mark for all stops and one for all numbers."""
    tokens = ["^"]
    for match in _TOKEN.finditer(text):
        said = match[0]
        sign = "#" if said[0].isdigit() else "," if said in _STOPS else said
        if sign not in _ONCE or tokens[-1] != sign:
            tokens.append(sign)
    tokens.append("$")
    return tokens


def read(text: str) -> Model:
    """A model from the text of a weights' file."""
    head, *rows = text.splitlines()
    told = json.loads(head)
    fields = {
        name: Field(
            tuple(one["values"]),
            tuple(one["bias"]),
            tuple(one["heard"]),
            tuple(tuple(row) for row in one["said"]),
            one["weight"],
        )
        for name, one in told["fields"].items()
    }
    table = {gram: row.encode("ascii") for gram, _, row in (r.partition("\t") for r in rows)}
    return Model(told["scale"], fields, table)


@lru_cache(maxsize=1)
def _shipped() -> Model:
    return read(WEIGHTS.read_text(encoding="utf-8"))


def load() -> None:
    """Read the weights now, so that no first line waits for them."""
    _shipped()
