"""What SQLite's index is asked, in the language of FTS5.

A needle is a phrase of trigrams, and the index walks through the rows of each: a name's pinyin has
twenty of them, of which `ing`, `ang` and the like stand in half the bank. A long needle is asked
for by a few of its trigrams instead, the rarest in a sample. That finds at least the same rows,
and the search compares what it finds anyway.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tortoise import Tortoise

from storage.db import lookup

if TYPE_CHECKING:
    from tortoise.backends.base.client import BaseDBAsyncClient

    from storage.search_query import Alternative

#: customers in a sample; one serves so many searches, for the bank grows
_SAMPLED, _SERVES = 400, 5_000
#: a bank up to this size is searched quickly as it is
_SMALL_TABLE = 20_000
#: trigrams of a long needle that are asked for, and from how many on it is long
_ASKED, _LONG = 5, 7


@dataclass(slots=True)
class _Sample:
    trigrams: Counter[str]
    left: int


_samples: WeakKeyDictionary[BaseDBAsyncClient, _Sample] = WeakKeyDictionary()


def match(alternatives: tuple[Alternative, ...], common: Counter[str] | None = None) -> str:
    """The alternatives, each needle a phrase; a long one by its rarest trigrams, if told them."""
    return " OR ".join(
        "("
        + " AND ".join(
            "(" + " OR ".join(_needle(needle, common) for needle in clause) + ")"
            for clause in alternative
        )
        + ")"
        for alternative in alternatives
    )


def is_long(alternatives: tuple[Alternative, ...]) -> bool:
    """Whether one of the needles would be asked for by a few of its trigrams."""
    return any(
        len(needle) >= _LONG + 2
        for alternative in alternatives
        for clause in alternative
        for needle in clause
    )


def _needle(needle: str, common: Counter[str] | None) -> str:
    if common is None or len(needle) < _LONG + 2:
        return _phrase(needle)
    trigrams = [needle[at : at + 3] for at in range(len(needle) - 2)]
    # One of each stretch: the rarest of all may stand close together, in a trade that many share.
    bounds = [len(trigrams) * n // _ASKED for n in range(_ASKED + 1)]
    rarest = dict.fromkeys(
        min(trigrams[begin:end], key=lambda one: common[one]) for begin, end in pairwise(bounds)
    )
    return "(" + " AND ".join(map(_phrase, rarest)) + ")"


def _phrase(needle: str) -> str:
    escaped = needle.replace('"', '""')
    return f'"{escaped}"'


async def common_trigrams() -> Counter[str] | None:
    """In how many customers of a sample a trigram stands; None for a small bank."""
    client = Tortoise.get_connection("default")
    kept = _samples.get(client)
    if kept is None or kept.left <= 0:
        kept = _samples[client] = _Sample(await _drawn(), _SERVES)
    kept.left -= 1
    return kept.trigrams or None


async def _drawn() -> Counter[str]:
    """The trigrams of customers that stand evenly through the table; none of a small one's."""
    [last] = await lookup("SELECT MAX(id) AS id FROM customer")
    step = int(last["id"] or 0) // _SAMPLED
    counted: Counter[str] = Counter()
    if step * _SAMPLED < _SMALL_TABLE:
        return counted
    marks = ", ".join(str(step * n + 1) for n in range(_SAMPLED))
    for row in await lookup(f"SELECT search_text FROM customer WHERE id IN ({marks})"):  # noqa: S608 - numbers of ours
        text = row["search_text"]
        counted.update({text[at : at + 3] for at in range(len(text) - 2)})
    return counted
