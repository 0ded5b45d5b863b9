"""How common a piece of text is among the customers, told from a sample of them.

PostgreSQL guesses it from a hundred texts. Where it guesses too high, it walks through all
customers in the order of their ids and expects to have enough soon: at a million customers that
takes seconds when hardly any fits. What is rare must be read from the trigram index; what is
common is best found by that walk, for the index would give half the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tortoise import Tortoise

from storage.db import lookup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tortoise.backends.base.client import BaseDBAsyncClient

    from storage.search_query import Alternative

#: texts in a sample; one that a fiftieth has is common
_SAMPLED, _COMMON = 2_000, 0.02
#: a table up to this size needs no sample: all of it is read in a few milliseconds
_SMALL_TABLE = 20_000
#: a sample serves so many searches, for the bank grows
_SERVES = 5_000


@dataclass(slots=True)
class _Sample:
    texts: Sequence[str]
    left: int


_samples: WeakKeyDictionary[BaseDBAsyncClient, _Sample] = WeakKeyDictionary()


async def is_common(alternatives: tuple[Alternative, ...]) -> bool:
    """Whether so many customers have what is looked for that the index would not help."""
    sample = await _sample()
    most = _COMMON * len(sample)
    found = 0
    for text in sample:
        if any(
            all(any(needle in text for needle in clause) for clause in alternative)
            for alternative in alternatives
        ):
            found += 1
            if found >= most:
                return True
    return False


async def _sample() -> Sequence[str]:
    client = Tortoise.get_connection("default")
    kept = _samples.get(client)
    if kept is None or kept.left <= 0:
        kept = _samples[client] = _Sample(await _drawn(), _SERVES)
    kept.left -= 1
    return kept.texts


async def _drawn() -> Sequence[str]:
    """Texts of pages drawn at random; none of a small table."""
    [size] = await lookup("SELECT reltuples AS n FROM pg_class WHERE oid = 'customer'::regclass")
    if size["n"] <= _SMALL_TABLE:
        return ()
    share = min(100.0, 100.0 * _SAMPLED / float(size["n"]))
    found = await lookup(
        f"SELECT search_text FROM customer TABLESAMPLE SYSTEM ({share:.6f}) REPEATABLE (1)"  # noqa: S608 - a number of ours
    )
    return [row["search_text"] for row in found]
