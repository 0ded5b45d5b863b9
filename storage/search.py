"""Finding customers by whatever a person remembers of them.

Names are made findable by `fill_search_fields`, called by whoever writes a customer, and found
by `find_customers`, always inside the scope that the caller hands in. A scope of a few hundred
rows is read and compared here; a larger one is narrowed by the trigram index first (FTS5 on
SQLite, pg_trgm on PostgreSQL). Both ways end in the same comparison, so both engines give the same
answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage.db import dialect, lookup, rows, transaction
from storage.models import Customer
from storage.names import doubled, initials_of, pinyin_of
from storage.search_fuzzy import opened, pairs, pieces, similarity
from storage.search_match import common_trigrams, is_long, match
from storage.search_people import people
from storage.search_query import Query, is_indexable, parse
from storage.search_ranking import (
    CORE,
    EXACT,
    PART,
    PERSON,
    exactness,
    homophony,
    is_whole_phone,
    partly,
)
from storage.search_sample import is_common
from storage.search_text import Entry, entry, folded_number, search_text
from storage.searched import search_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from storage.search_query import Alternative

__all__ = ["Hit", "doubled", "fill_search_fields", "find_customers", "initials_of", "pinyin_of",
           "refill", "search_fields", "search_text"]  # fmt: skip

#: scopes up to this size are read whole
SMALL_SCOPE = 500
#: no more rows than this come into question; nobody pages that far in a chat
CANDIDATES = 1000
#: people are asked for only while fewer customers than this were found by name
_ENOUGH = 50
#: how much of an account number people remember
_TAIL = 4
#: what `fill_search_fields` makes
_FILLED = ("pinyin", "initials", "search_text")


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer that was found, and how well it fits: 1 is exact."""

    id: int
    exactness: float


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    entry: Entry
    #: a text on SQLite, a moment on PostgreSQL: compared only with its own kind
    last_contact: Any


def fill_search_fields(customer: Customer) -> None:
    """Set `pinyin`, `initials` and `search_text` from the customer's other fields.

    Call it before saving whenever a name, the telephone number, the credit code or the legal
    representative has changed.
    """
    customer.pinyin, customer.initials, customer.search_text = search_fields(
        customer.name_zh,
        customer.name_en,
        customer.short_name,
        customer.phone,
        customer.credit_code,
        customer.legal_representative,
    )


async def refill(batch: int = 500) -> int:
    """Make the search's columns anew where they are not as they would be made now.

    Needed once after a version that makes them otherwise. Returns how many customers changed;
    each batch is a transaction of its own, so it may be broken off and begun again.
    """
    changed, after = 0, 0
    while found := await Customer.filter(id__gt=after).order_by("id").limit(batch):
        after = found[-1].id
        stale = []
        for customer in found:
            before = [getattr(customer, name) for name in _FILLED]
            fill_search_fields(customer)
            if before != [getattr(customer, name) for name in _FILLED]:
                stale.append(customer)
        if stale:
            async with transaction():
                await Customer.bulk_update(stale, fields=_FILLED)
        changed += len(stale)
    return changed


async def find_customers(
    text: str, where: str, args: Sequence[object], *, limit: int, offset: int = 0
) -> list[Hit]:
    """Customers within a scope that a text may mean, the likeliest first.

    `where` is SQL over the alias `c` with `$1`, `$2`, … for `args`; `1=1` is the whole bank. The
    order is total (exactness, then last contact, then id), so pages neither repeat nor miss a row.
    No text makes it raise; one that holds nothing to look for finds nothing.
    """
    query = parse(text)
    if query is None or limit <= 0:
        return []
    search = _Search(where, tuple(args))
    attempts = (search.literally, search.by_core, search.by_parts, search.by_sound,
                search.by_likeness)  # fmt: skip
    for attempt in attempts:
        if await attempt(query):
            break
    return search.hits()[max(offset, 0) :][:limit]


class _Search:
    """One search: what was found so far, and the scope's rows once they were read."""

    def __init__(self, where: str, args: tuple[object, ...]) -> None:
        self._where, self._args = where, args
        self._small: list[_Row] | None = None
        self._sized = False
        self._found: dict[int, tuple[float, Any]] = {}

    def hits(self) -> list[Hit]:
        """Everything found, in its order."""
        dated = [(i, *found) for i, found in self._found.items() if found[1] is not None]
        undated = [(i, *found) for i, found in self._found.items() if found[1] is None]
        # The last key first: each sort keeps the order of equals.
        dated.sort(key=lambda hit: hit[0])
        dated.sort(key=lambda hit: hit[2], reverse=True)
        undated.sort(key=lambda hit: hit[0])
        ordered = sorted([*dated, *undated], key=lambda hit: -hit[1])
        return [Hit(found, exactness) for found, exactness, _ in ordered]

    async def literally(self, query: Query) -> bool:
        """By the letters of names, pinyin, initials and numbers, and by people."""
        candidates = await self._rows(query.needles(), quick=True)
        if len(candidates) >= CANDIDATES:
            best = await self._rows(query.first_needles(), quick=True)
            candidates = [*best, *candidates]
        self._keep(candidates, lambda row: exactness(query, row))
        if len(self._found) < _ENOUGH:
            await self._by_people(query)
            await self._by_accounts(query)
        return bool(self._found)

    async def by_core(self, query: Query) -> bool:
        """Without the place and the legal form that were typed: 上海市华兴机械公司."""
        core = query.core()
        if core is None:
            return False

        def fits(row: Entry) -> float | None:
            found = exactness(core, row)
            return None if found is None or found < PERSON else CORE

        self._keep(await self._rows(core.needles(), quick=True), fits)
        return bool(self._found)

    async def by_parts(self, query: Query) -> bool:
        """By the parts of what was typed as one: 机械华兴, 恒达模具, brightwaylogistics."""
        written = query.core() or query
        parted = written.parted()
        if parted:
            self._keep(await self._rows(parted), _partly(written))
        return bool(self._found)

    async def by_sound(self, query: Query) -> bool:
        """By the sound of the Chinese characters, for those who chose a homophone."""
        sounding = (query.core() or query).sounding()
        if sounding is not None:
            self._keep(await self._rows(sounding.needles()), _homophony_of(sounding))
        return bool(self._found)

    async def by_likeness(self, query: Query) -> bool:
        """By similarity, for typing errors."""
        for shared in (query.but_one(), opened(query), pairs(query), pieces(query)):
            if shared and not self._found:
                self._keep(await self._rows(shared), lambda row: similarity(query, row))
        return bool(self._found)

    def _keep(self, candidates: Iterable[_Row], fits: Callable[[Entry], float | None]) -> None:
        for row in candidates:
            score = fits(row.entry)
            if score is not None:
                self._add(row.id, score, row.last_contact)

    def _add(self, customer_id: int, score: float, last_contact: Any) -> None:
        known = self._found.get(customer_id)
        if known is None or known[0] < score:
            self._found[customer_id] = (score, last_contact)

    async def _rows(
        self, alternatives: tuple[Alternative, ...], *, quick: bool = False
    ) -> list[_Row]:
        """The scope's rows that may fit: all of a small scope, of a large one what has them.

        `quick` ones are mostly found in a millisecond, and read where they are awaited.
        """
        if not self._sized:
            self._sized = True
            counted = await lookup(
                "SELECT count(*) AS n FROM "  # noqa: S608 - values are parameters
                f"(SELECT 1 FROM customer c WHERE ({self._where}) LIMIT {SMALL_SCOPE + 1}) s",
                *self._args,
            )
            if counted[0]["n"] <= SMALL_SCOPE:
                self._small = await self._select("customer c", "1=1", (), quick=True)
        if self._small is not None:
            return self._small
        indexed = _indexable(alternatives)
        if indexed is None:
            condition, args = self._like(alternatives)
            return await self._select("customer c", condition, args, quick=False)
        if dialect() == "postgres":
            condition, args = self._like(indexed)
            # The sign keeps the planner from walking all customers in the order of their ids.
            order = "c.id" if await is_common(indexed) else "+c.id"
            return await self._select("customer c", condition, args, order=order, quick=quick)
        if is_long(indexed) and (common := await common_trigrams()) is not None:
            found = await self._matching(match(indexed, common), quick=quick)
            if len(found) < CANDIDATES:
                return found
        return await self._matching(match(indexed), quick=quick)

    async def _matching(self, asked: str, *, quick: bool) -> list[_Row]:
        """The scope's rows that SQLite's index leads to."""
        # CROSS JOIN is SQLite's word for "in this order": left alone, its planner starts from
        # the scope's own index and tries every customer of the scope against the text index.
        number = len(self._args) + 1
        return await self._select(
            "customer_search CROSS JOIN customer c",
            f"c.id = customer_search.rowid AND customer_search MATCH ${number}",
            (asked,),
            order="customer_search.rowid",
            quick=quick,
        )

    async def _select(
        self, source: str, condition: str, args: tuple[str, ...], *, order: str = "c.id",
        quick: bool,
    ) -> list[_Row]:  # fmt: skip
        read = lookup if quick else rows
        found = await read(
            "SELECT c.id, c.search_text, c.last_contact_at "  # noqa: S608 - values are parameters
            f"FROM {source} WHERE {condition} AND ({self._where}) "
            f"ORDER BY {order} LIMIT {CANDIDATES}",
            *self._args,
            *args,
        )
        return [
            _Row(int(row["id"]), entry(row["search_text"]), row["last_contact_at"])
            for row in found
        ]

    def _like(self, alternatives: tuple[Alternative, ...]) -> tuple[str, tuple[str, ...]]:
        """The alternatives as LIKE conditions; nothing in a needle is a wildcard."""
        args: list[str] = []

        def contains(needle: str) -> str:
            args.append(f"%{needle}%")
            return f"c.search_text LIKE ${len(self._args) + len(args)}"

        condition = " OR ".join(
            " AND ".join(f"({' OR '.join(map(contains, clause))})" for clause in alternative)
            for alternative in alternatives
        )
        return f"({condition})", tuple(args)

    async def _by_people(self, query: Query) -> None:
        """Customers of whom a contact's name or telephone number fits."""
        wanted = people(query, dialect(), len(self._args))
        if wanted is None:
            return
        source, narrow, order = "contact k", "", "+c.id"
        more: tuple[str, ...] = ()
        if self._small is None:
            narrow, more = wanted.narrowing(dialect(), len(self._args) + len(wanted.args))
        if narrow and dialect() == "sqlite":
            source = "contact_search CROSS JOIN contact k ON k.id = contact_search.rowid"
            order = "contact_search.rowid"
        # A large scope would be walked customer by customer, were SQLite's planner left alone.
        forced = self._small is None and dialect() == "sqlite"
        # The sign before c.id keeps both planners from walking all customers in that order.
        found = await lookup(
            "SELECT c.id, c.last_contact_at, k.phone "  # noqa: S608 - values are parameters
            f"FROM {source} {'CROSS ' if forced else ''}JOIN customer c ON c.id = k.customer_id "
            f"WHERE ({wanted.condition}) AND {narrow or '1=1'} AND k.ended_at IS NULL"
            f" AND ({self._where}) ORDER BY {order} LIMIT {CANDIDATES}",
            *self._args,
            *wanted.args,
            *more,
        )
        for row in found:
            whole = is_whole_phone(query.number, folded_number(row["phone"]))
            self._add(int(row["id"]), EXACT if whole else wanted.score, row["last_contact_at"])

    async def _by_accounts(self, query: Query) -> None:
        """Customers with an account whose number ends so, or is so."""
        number = query.number
        if number is None or not number.isdecimal() or len(number) < _TAIL:
            return
        tail, ending = f"${len(self._args) + 1}", f"${len(self._args) + 2}"
        # CROSS and the signs, as above: the tail's index comes first.
        cross = "CROSS " if dialect() == "sqlite" else ""
        found = await lookup(
            "SELECT c.id, c.last_contact_at, a.number "  # noqa: S608 - values are parameters
            f"FROM account a {cross}JOIN customer c ON c.id = a.customer_id "
            f"WHERE a.tail = {tail} AND a.number LIKE {ending} AND a.ended_at IS NULL"
            f" AND ({self._where}) ORDER BY +c.id LIMIT {CANDIDATES}",
            *self._args,
            number[-_TAIL:],
            f"%{number}",
        )
        for row in found:
            whole = row["number"] == number
            self._add(int(row["id"]), EXACT if whole else PART, row["last_contact_at"])


def _partly(query: Query) -> Callable[[Entry], float | None]:
    return lambda row: partly(query, row)


def _homophony_of(sounding: Query) -> Callable[[Entry], float | None]:
    return lambda row: homophony(sounding, row)


def _indexable(alternatives: tuple[Alternative, ...]) -> tuple[Alternative, ...] | None:
    """What of the alternatives an index can answer; None if one of them has nothing for it."""
    kept = tuple(
        tuple(clause for clause in alternative if all(map(is_indexable, clause)))
        for alternative in alternatives
    )
    return kept if all(kept) else None
