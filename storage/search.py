"""Finding customers by whatever a person remembers of them.

Names are made findable by `fill_search_fields`, called by whoever writes a customer, and found
by `find_customers`, always inside the scope that the caller hands in. A scope of a few hundred
rows is read and compared here; a larger one is narrowed by the trigram index first (FTS5 on
SQLite, pg_trgm on PostgreSQL). Both ways end in the same comparison, so both engines give the same
answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from storage import search_rows
from storage.db import dialect, lookup, transaction
from storage.models import Customer
from storage.names import doubled, initials_of, is_cjk, pinyin_of
from storage.search_composed import BLURRED, fitness, knows
from storage.search_covering import covered, known
from storage.search_fuzzy import (
    halves_of_code,
    is_code,
    like_code,
    opened,
    pairs,
    pieces,
    similarity,
)
from storage.search_people import people, somebody
from storage.search_places import named_place
from storage.search_query import parse
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
from storage.search_readings import Reading, cleaned, persons, placed_readings
from storage.search_rows import Scope
from storage.search_text import OPEN, folded_number, search_text
from storage.searched import search_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from storage.search_people import People
    from storage.search_query import Alternative, Query
    from storage.search_readings import Person
    from storage.search_rows import Row

__all__ = ["Hit", "doubled", "fill_search_fields", "find_customers", "initials_of", "pinyin_of",
           "refill", "search_fields", "search_text"]  # fmt: skip

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
    if not await search.literally(query):
        bare = cleaned(text)
        if bare is None or not await search.literally(bare):
            await search.otherwise(bare or query)
    return search.hits()[max(offset, 0) :][:limit]


class _Search:
    """One search in a scope: what was found so far."""

    def __init__(self, where: str, args: tuple[object, ...]) -> None:
        self._scope = Scope(where, args)
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
        candidates = await self._scope.rows(query.needles(), quick=True)
        if len(candidates) >= search_rows.CANDIDATES:
            best = await self._scope.rows(query.first_needles(), quick=True)
            candidates = [*best, *candidates]
        self._keep(candidates, lambda row: exactness(query, row.entry))
        if len(self._found) < _ENOUGH:
            await self._by_people(query)
            await self._by_accounts(query)
        return bool(self._found)

    async def otherwise(self, query: Query) -> None:
        """What does not stand in a name as it was typed: the likeliest way that finds anything."""
        attempts = (self.by_person, self.by_covering, self.by_place, self.by_core, self.by_parts,
                    self.by_sound, self.by_reading, self.by_likeness)  # fmt: skip
        for attempt in attempts:
            if await attempt(query):
                return

    async def by_person(self, query: Query) -> bool:
        """By somebody who is named with a title, and by what is said of the firm: 武汉孟总."""
        for person in persons(query):
            wanted = tuple(_pieces_of(word) for word in person.firm if not named_place(word))
            name = (OPEN + doubled(person.name),)
            rows = await self._scope.rows(((name, *wanted),), places=_places_of(person), fast=True)
            self._keep(rows, partial(_knows, person))
            await self._by_contacts(query, somebody(person, len(self._scope.args)))
            if self._found:
                return True
        return False

    async def by_covering(self, query: Query) -> bool:
        """By pieces of the name, the city and a person, in whatever order: 小榄做锁的固特力."""
        if not all(is_cjk(word[0]) for word in query.words):
            return False
        text = "|".join(query.words)
        for shared in (query.needles(), query.parted(), pairs(query), pieces(query)):
            rows = await self._scope.rows(shared, fast=True)
            self._keep(rows, lambda row: covered(text, known(row.entry, row.city)))
            if self._scope.small is not None or self._found:
                break
        return bool(self._found)

    async def by_place(self, query: Query) -> bool:
        """Without the place that was typed, in firms of that place."""
        for reading in placed_readings(query):
            await self._by_reading(reading)
        return bool(self._found)

    async def by_reading(self, query: Query) -> bool:
        """With characters left out, and for a name whose place stands inside it."""
        await self._by_reading(Reading(query.words))
        return bool(self._found)

    async def _by_reading(self, reading: Reading) -> None:
        for shared in _shared(reading.query):
            rows = await self._scope.rows(shared, places=reading.places, fast=True)
            self._keep(rows, lambda row: fitness(reading, row.entry, row.city))
            # A small scope was read whole already; what is only like may be beaten.
            if self._scope.small is not None or self._best() >= BLURRED:
                break

    def _best(self) -> float:
        return max((score for score, _ in self._found.values()), default=0.0)

    async def by_core(self, query: Query) -> bool:
        """Without the place and the legal form that were typed: 上海市华兴机械公司."""
        core = query.core()
        if core is None:
            return False

        def fits(row: Row) -> float | None:
            found = exactness(core, row.entry)
            return None if found is None or found < PERSON else CORE

        self._keep(await self._scope.rows(core.needles(), quick=True), fits)
        return bool(self._found)

    async def by_parts(self, query: Query) -> bool:
        """By the parts of what was typed as one: 机械华兴, 恒达模具, brightwaylogistics."""
        written = query.core() or query
        parted = written.parted()
        if parted:
            self._keep(await self._scope.rows(parted), lambda row: partly(written, row.entry))
        return bool(self._found)

    async def by_sound(self, query: Query) -> bool:
        """By the sound of the Chinese characters, for those who chose a homophone."""
        sounding = (query.core() or query).sounding()
        if sounding is not None:
            rows = await self._scope.rows(sounding.needles())
            self._keep(rows, lambda row: homophony(sounding, row.entry))
        return bool(self._found)

    async def by_likeness(self, query: Query) -> bool:
        """By similarity, for typing errors."""
        if is_code(query):
            rows = await self._scope.rows(halves_of_code(query))
            self._keep(rows, lambda row: like_code(query, row.entry))
            return bool(self._found)
        for shared in (query.but_one(), opened(query), pairs(query), pieces(query)):
            if shared and not self._found:
                rows = await self._scope.rows(shared)
                self._keep(rows, lambda row: similarity(query, row.entry))
        return bool(self._found)

    def _keep(self, candidates: Iterable[Row], fits: Callable[[Row], float | None]) -> None:
        for row in candidates:
            score = fits(row)
            if score is not None:
                self._add(row.id, score, row.last_contact)

    def _add(self, customer_id: int, score: float, last_contact: Any) -> None:
        known = self._found.get(customer_id)
        if known is None or known[0] < score:
            self._found[customer_id] = (score, last_contact)

    async def _by_people(self, query: Query) -> None:
        """Customers of whom a contact's name or telephone number fits."""
        wanted = people(query, dialect(), len(self._scope.args))
        if wanted is not None:
            await self._by_contacts(query, wanted)

    async def _by_contacts(self, query: Query, wanted: People) -> None:
        source, narrow, order = "contact k", "", "+c.id"
        more: tuple[str, ...] = ()
        if self._scope.small is None:
            narrow, more = wanted.narrowing(dialect(), len(self._scope.args) + len(wanted.args))
        if narrow and dialect() == "sqlite":
            source = "contact_search CROSS JOIN contact k ON k.id = contact_search.rowid"
            order = "contact_search.rowid"
        # A large scope would be walked customer by customer, were SQLite's planner left alone.
        forced = self._scope.small is None and dialect() == "sqlite"
        # The sign before c.id keeps both planners from walking all customers in that order.
        found = await lookup(
            "SELECT c.id, c.last_contact_at, k.phone "  # noqa: S608 - values are parameters
            f"FROM {source} {'CROSS ' if forced else ''}JOIN customer c ON c.id = k.customer_id "
            f"WHERE ({wanted.condition}) AND {narrow or '1=1'} AND k.ended_at IS NULL"
            f" AND ({self._scope.where}) ORDER BY {order} LIMIT {search_rows.CANDIDATES}",
            *self._scope.args,
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
        tail, ending = f"${len(self._scope.args) + 1}", f"${len(self._scope.args) + 2}"
        # CROSS and the signs, as above: the tail's index comes first.
        cross = "CROSS " if dialect() == "sqlite" else ""
        found = await lookup(
            "SELECT c.id, c.last_contact_at, a.number "  # noqa: S608 - values are parameters
            f"FROM account a {cross}JOIN customer c ON c.id = a.customer_id "
            f"WHERE a.tail = {tail} AND a.number LIKE {ending} AND a.ended_at IS NULL"
            f" AND ({self._scope.where}) ORDER BY +c.id LIMIT {search_rows.CANDIDATES}",
            *self._scope.args,
            number[-_TAIL:],
            f"%{number}",
        )
        for row in found:
            whole = row["number"] == number
            self._add(int(row["id"]), EXACT if whole else PART, row["last_contact_at"])


def _pieces_of(word: str) -> tuple[str, ...]:
    """A word of a firm, or any two letters of it that touch."""
    return (doubled(word), *(doubled(a + b) for a, b in pairwise(word) if is_cjk(a)))


def _places_of(person: Person) -> tuple[str, ...]:
    return next((found for word in person.firm if (found := named_place(word))), ())


def _shared(query: Query) -> Iterator[tuple[Alternative, ...]]:
    """What rows may share with the words, from what says most."""
    yield query.needles()
    yield query.parted()
    if (sounding := query.sounding()) is not None:
        yield sounding.needles()
    for shared in (opened, pairs, pieces):
        yield shared(query)
    first = query.words[0]
    yield (((OPEN + (doubled(first[0]) if is_cjk(first[0]) else first[:2]),),),)


def _knows(person: Person, row: Row) -> float | None:
    return knows(person, row.entry, row.city)
