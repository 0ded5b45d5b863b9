"""Customers found by the people there: by a contact's name, post or telephone number.

In a large scope an index over the contacts narrows first (migration 0011): SQLite has an FTS5
table, PostgreSQL an index over `contact_found`, both with names doubled and posts tripled, so that
one or two Chinese characters are enough for trigrams.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.names import doubled
from storage.search_query import NUMBER_END
from storage.search_ranking import PART, PERSON
from storage.search_rows import in_places
from storage.search_text import OPEN

if TYPE_CHECKING:
    from storage.db import Dialect
    from storage.search_query import Query
    from storage.search_readings import Person

#: letters that are worth looking for in people's English names
_LATIN_NAME = 3
_TRIGRAM = 3


@dataclass(frozen=True, slots=True)
class People:
    """What is asked of contacts (the alias `k`), and what such a hit is worth."""

    condition: str
    args: tuple[str, ...]
    score: float
    #: what the index must have, by its column; nothing where it can't narrow
    indexed: tuple[tuple[str, str], ...]

    def narrowing(self, engine: Dialect, taken: int) -> tuple[str, tuple[str, ...]]:
        """The same for the index, as SQL behind `taken` values; empty where it can't narrow."""
        if not self.indexed:
            return "", ()
        if engine == "sqlite":
            match = " AND ".join(f'{column} : "{needle}"' for column, needle in self.indexed)
            return f"contact_search MATCH ${taken + 1}", (match,)
        found = "contact_found(k.name, k.name_en, k.title, k.phone)"
        likes = [f"{found} LIKE ${taken + n}" for n, _ in enumerate(self.indexed, 1)]
        return " AND ".join(likes), tuple(f"%{needle}%" for _, needle in self.indexed)


def somebody(person: Person, taken: int) -> People:
    """What to ask of the contacts (and of `c`) for somebody of a firm, behind `taken` values."""
    conditions, args = [f"k.name LIKE ${taken + 1}"], list[str]()
    for word in person.firm:
        there, more = in_places((word,), taken + 1 + len(args))
        conditions.append(there)
        args += more
    name = person.name + ("%" if len(person.name) == 1 else "")
    indexed = (("name", OPEN + doubled(person.name)),)
    return People(" AND ".join(conditions), (name, *args), PERSON, indexed)


def people(query: Query, engine: Dialect, taken: int) -> People | None:
    """What to ask of the contacts, behind `taken` values; None where they can't be meant."""
    first, second = f"${taken + 1}", f"${taken + 2}"
    if query.person is not None:
        surname, post = query.person
        indexed = [("name", OPEN + doubled(surname))]
        if post:
            indexed.append(("title", "".join(letter * 3 for letter in post)))
        return People(
            f"k.name LIKE {first} AND k.title LIKE {second}",
            (f"{surname}%", f"%{post}%"),
            PERSON,
            tuple(indexed),
        )
    if query.number is not None and query.number.isdecimal():
        digits = query.number
        return People(
            f"k.phone LIKE {first}", (f"%{digits}%",), PART, (("phone", digits[-NUMBER_END:]),)
        )
    letters = "".join(query.words)
    if query.is_chinese:
        if len(letters) <= 1:
            return None
        twice = "".join(letter * 2 for letter in letters)
        return People(f"k.name LIKE {first}", (f"%{letters}%",), PERSON, (("name", twice),))
    if len(letters) < _LATIN_NAME:
        return None
    like = "LIKE" if engine == "sqlite" else "ILIKE"  # SQLite's LIKE knows no case anyway
    # One word may be a whole name in one: "wangjianguo".
    spelt = "k.name_en" if len(query.words) > 1 else "replace(k.name_en, ' ', '')"
    long = [word for word in query.words if len(word) >= _TRIGRAM] or [letters]
    return People(
        f"{spelt} {like} {first}",
        (f"%{'%'.join(query.words)}%",),
        PERSON,
        tuple(("spelt", word) for word in long),
    )
