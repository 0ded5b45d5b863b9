"""The search's indexes: what of a contact they hold, and how a load leaves them in order.

What migration 0011 made must stay as it is: another form of these texts is another migration.
"""

from __future__ import annotations

from storage.db import dialect, rows

#: by table, on PostgreSQL
_GIN = {"customer": "customer_search", "contact": "contact_found_trgm"}
_LONGEST_NAME, _LONGEST_POST = 8, 10


def contact_parts(row: str = "") -> tuple[str, ...]:
    """What of a contact is looked up, as SQL over a row ("old.", "new."), which has four columns.

    A Chinese name with every letter twice behind a mark, so that one letter at the beginning and
    two inside are enough for trigrams; the spelt name as one word; the post with every letter
    three times; the number. storage/search_people.py asks accordingly.
    """
    name = (f"substr({row}name, {n}, 1)" for n in range(1, _LONGEST_NAME + 1))
    post = (f"substr({row}title, {n}, 1)" for n in range(1, _LONGEST_POST + 1))
    return (
        "'^^' || " + " || ".join(f"{letter} || {letter}" for letter in name),
        f"lower(replace({row}name_en, ' ', ''))",
        " || ".join(f"{letter} || {letter} || {letter}" for letter in post),
        f"{row}phone",
    )


def contact_values(row: str = "") -> str:
    """The same as a list of values."""
    return ", ".join(contact_parts(row))


#: by table: the statement that takes the rows behind an id into the search
FILL = {
    "customer": "INSERT INTO customer_search(rowid, search_text)"
    " SELECT id, search_text FROM customer WHERE id > $1 ORDER BY id",
    "contact": "INSERT INTO contact_search(rowid, name, spelt, title, phone)"  # noqa: S608 - columns
    f" SELECT id, {contact_values()} FROM contact WHERE id > $1 ORDER BY id",
}


async def settle(table: str) -> None:
    """After many rows: have the server's index take in what waits, and know how large it is.

    Until then each search would walk through what waits, or not use the index at all.
    """
    if dialect() == "postgres" and table in _GIN:
        await rows("SELECT gin_clean_pending_list($1::regclass) AS pages", _GIN[table])
        await rows(f'ANALYZE "{table}"')
