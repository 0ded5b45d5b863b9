"""The rows of a scope that may fit: a small one is read whole, of a large one the index tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage.db import dialect, lookup, rows
from storage.names import doubled
from storage.search_match import common_trigrams, is_long, match
from storage.search_query import is_indexable
from storage.search_sample import is_common
from storage.search_text import Entry, entry

if TYPE_CHECKING:
    from storage.search_query import Alternative

#: scopes up to this size are read whole
SMALL_SCOPE = 500
#: no more rows than this come into question; nobody pages that far in a chat
CANDIDATES = 1000
#: rows that the ways of last resort may read of a large scope, and what each asking counts for
_BUDGET, _AN_ASKING = 1000, 40


@dataclass(frozen=True, slots=True)
class Row:
    """A customer as the search compares it."""

    id: int
    entry: Entry
    city: str
    #: a text on SQLite, a moment on PostgreSQL: compared only with its own kind
    last_contact: Any


class Scope:
    """The customers that a person may find, and what of them was read."""

    def __init__(self, where: str, args: tuple[object, ...]) -> None:
        self.where, self.args = where, args
        #: all rows, where the scope is small and was asked
        self.small: list[Row] | None = None
        self._sized = False
        self._spent = 0

    async def rows(
        self,
        alternatives: tuple[Alternative, ...],
        *,
        quick: bool = False,
        places: tuple[str, ...] = (),
        fast: bool = False,
    ) -> list[Row]:
        """The scope's rows that may fit: all of a small scope, of a large one what has them.

        `quick` ones are mostly found in a millisecond, and read where they are awaited. Of a
        large scope only what is in one of the places, if there are any, and nothing, where it is
        to be `fast` and the index has no answer, or enough was read so already.
        """
        if await self._is_small() or not alternatives:
            return self.small or []
        if not fast:
            return await self._asked(alternatives, places, quick=quick, fast=False)
        if self._spent >= _BUDGET:
            return []
        found = await self._asked(alternatives, places, quick=quick, fast=True)
        self._spent += len(found) + _AN_ASKING
        return found

    async def _asked(
        self,
        alternatives: tuple[Alternative, ...],
        places: tuple[str, ...],
        *,
        quick: bool,
        fast: bool,
    ) -> list[Row]:
        indexed = indexable(alternatives)
        if indexed is None:
            if fast:
                return []
            condition, args = self._like(alternatives)
            return await self._select("customer c", condition, args, places, quick=False)
        if dialect() == "postgres":
            condition, args = self._like(indexed)
            # The sign keeps the planner from walking all customers in the order of their ids.
            order = "c.id" if await is_common(indexed) else "+c.id"
            return await self._select(
                "customer c", condition, args, places, order=order, quick=quick
            )
        if is_long(indexed) and (common := await common_trigrams()) is not None:
            found = await self._matching(match(indexed, common), places, quick=quick)
            if len(found) < CANDIDATES:
                return found
        return await self._matching(match(indexed), places, quick=quick)

    async def _is_small(self) -> bool:
        """Whether the scope is read whole, which is found out and done once."""
        if not self._sized:
            self._sized = True
            counted = await lookup(
                "SELECT count(*) AS n FROM "  # noqa: S608 - values are parameters
                f"(SELECT 1 FROM customer c WHERE ({self.where}) LIMIT {SMALL_SCOPE + 1}) s",
                *self.args,
            )
            if counted[0]["n"] <= SMALL_SCOPE:
                self.small = await self._select("customer c", "1=1", (), quick=True)
        return self.small is not None

    async def _matching(self, asked: str, places: tuple[str, ...], *, quick: bool) -> list[Row]:
        """The scope's rows that SQLite's index leads to."""
        # CROSS JOIN is SQLite's word for "in this order": left alone, its planner starts from
        # the scope's own index and tries every customer of the scope against the text index.
        number = len(self.args) + 1
        return await self._select(
            "customer_search CROSS JOIN customer c",
            f"c.id = customer_search.rowid AND customer_search MATCH ${number}",
            (asked,),
            places,
            order="customer_search.rowid",
            quick=quick,
        )

    async def _select(
        self,
        source: str,
        condition: str,
        args: tuple[str, ...],
        places: tuple[str, ...] = (),
        *,
        order: str = "c.id",
        quick: bool,
    ) -> list[Row]:
        read = lookup if quick else rows
        there, cities = in_places(places, len(self.args) + len(args))
        found = await read(
            "SELECT c.id, c.search_text, c.city, c.last_contact_at "  # noqa: S608 - values are parameters
            f"FROM {source} WHERE {condition} AND {there} AND ({self.where}) "
            f"ORDER BY {order} LIMIT {CANDIDATES}",
            *self.args,
            *args,
            *cities,
        )
        return [
            Row(int(row["id"]), entry(row["search_text"]), row["city"], row["last_contact_at"])
            for row in found
        ]

    def _like(self, alternatives: tuple[Alternative, ...]) -> tuple[str, tuple[str, ...]]:
        """The alternatives as LIKE conditions; nothing in a needle is a wildcard."""
        args: list[str] = []

        def contains(needle: str) -> str:
            args.append(f"%{needle}%")
            return f"c.search_text LIKE ${len(self.args) + len(args)}"

        condition = " OR ".join(
            " AND ".join(f"({' OR '.join(map(contains, clause))})" for clause in alternative)
            for alternative in alternatives
        )
        return f"({condition})", tuple(args)


def in_places(places: tuple[str, ...], taken: int) -> tuple[str, tuple[str, ...]]:
    """The condition that a customer is in one of the places, by name or city, behind `taken`."""
    args: list[str] = []
    for place in places:
        args += [f"{place}%", f"%{doubled(place)}%"]
    said = " OR ".join(
        f"c.city LIKE ${taken + at} OR c.search_text LIKE ${taken + at + 1}"
        for at in range(1, len(args), 2)
    )
    return f"({said or '1=1'})", tuple(args)


def indexable(alternatives: tuple[Alternative, ...]) -> tuple[Alternative, ...] | None:
    """What of the alternatives an index can answer; None if one of them has nothing for it."""
    kept = tuple(
        tuple(clause for clause in alternative if all(map(is_indexable, clause)))
        for alternative in alternatives
    )
    return kept if all(kept) else None
