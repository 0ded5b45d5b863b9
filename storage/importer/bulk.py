"""Statements over many rows at once, for both engines: looked up, inserted, changed.

Names of tables and columns come from our models, values are parameters. A batch costs one
statement for each of these, whatever it holds.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tortoise import fields

from storage.db import connection, copy_in, dialect, long_statement, rows, transaction
from storage.search_index import FILL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tortoise.models import Model

_CASTS: tuple[tuple[type, str], ...] = (
    (fields.BigIntField, "bigint"), (fields.IntField, "bigint"), (fields.DateField, "date"),
    (fields.BooleanField, "boolean"), (fields.DatetimeField, "timestamptz"),
)  # fmt: skip
#: what SQLite keeps as texts and numbers
_KEPT_OTHERWISE = (fields.DateField, fields.BooleanField)


def _cast(model: type[Model], column: str) -> str:
    field = model._meta.fields_map[column]  # noqa: SLF001 - the ORM's documented place for it
    return next((cast for kind, cast in _CASTS if isinstance(field, kind)), "text")


def kept(value: Any) -> Any:
    """A value as the ORM keeps it in SQLite: days and moments are texts, flags are numbers."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def _kept_column(column: Sequence[Any]) -> Sequence[Any]:
    """A column as SQLite keeps it; the values of one are all of a kind, or none."""
    first = next((one for one in column if one is not None), None)
    if not isinstance(first, (date, bool)):
        return column
    # One moment or a few days stand in all rows.
    known = {value: kept(value) for value in set(column)}
    return [known[value] for value in column]


async def find_by_key(
    model: type[Model],
    key: Sequence[str],
    wanted: Iterable[tuple[Any, ...]],
    columns: Sequence[str],
) -> list[tuple[Any, ...]]:
    """The given columns of the rows whose key is one of the wanted, by one statement."""
    given = list(wanted)
    if not given:
        return []
    table = model._meta.db_table  # noqa: SLF001 - as above
    shown = ", ".join(f't."{column}"' for column in columns)
    if dialect() == "sqlite":
        parts = [_kept_column(part) for part in zip(*given, strict=True)]
        if len(parts) == 1:
            [wanted_ones] = parts
            on = f't."{key[0]}" = k.value'
        else:
            wanted_ones = list(zip(*parts, strict=True))
            on = " AND ".join(
                f"t.\"{column}\" = json_extract(k.value, '$[{n}]')" for n, column in enumerate(key)
            )
        text = json.dumps(wanted_ones, ensure_ascii=False)
        # CROSS JOIN: walk the wanted and look each up, never the other way round.
        found = await rows(
            f'SELECT {shown} FROM json_each($1) k CROSS JOIN "{table}" t ON {on}',  # noqa: S608 - names are ours
            text,
        )
        return _understood(model, columns, [tuple(row.values()) for row in found])
    arrays = ", ".join(f"${n}::{_cast(model, column)}[]" for n, column in enumerate(key, 1))
    names = ", ".join(f'"{column}"' for column in key)
    on = " AND ".join(f't."{column}" = k."{column}"' for column in key)
    found = await rows(
        f'SELECT {shown} FROM unnest({arrays}) AS k({names}) JOIN "{table}" t ON {on}',  # noqa: S608 - as above
        *[list(part) for part in zip(*given, strict=True)],
    )
    return [tuple(row.values()) for row in found]


def _understood(
    model: type[Model], columns: Sequence[str], found: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Days and flags as the program has them, which SQLite keeps as texts and numbers."""
    kinds = [model._meta.fields_map.get(column) for column in columns]  # noqa: SLF001 - as above
    if not found or not any(isinstance(kind, _KEPT_OTHERWISE) for kind in kinds):
        return found
    read = []
    for kind, column in zip(kinds, zip(*found, strict=True), strict=True):
        if isinstance(kind, _KEPT_OTHERWISE):
            known = {value: kind.to_python_value(value) for value in set(column)}
            read.append([known[value] for value in column])
        else:
            read.append(list(column))
    return list(zip(*read, strict=True))


async def insert(
    model: type[Model], columns: Sequence[str], values: Sequence[Sequence[Any]]
) -> None:
    """Add rows."""
    if values:
        await insert_columns(model, columns, list(zip(*values, strict=True)))


async def insert_columns(
    model: type[Model], columns: Sequence[str], values: Sequence[Sequence[Any]]
) -> None:
    """Add rows that are given column by column."""
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table  # noqa: SLF001 - as above
    if not _is_sqlite():
        await copy_in(table, columns, list(zip(*values, strict=True)))
        return
    marks = ", ".join("?" * len(columns))
    sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - as above
    lines: list[Any] = list(zip(*map(_kept_column, values), strict=True))
    if table not in FILL:
        await connection().execute_many(sql, lines)
        return
    async with transaction():
        [last] = await rows(f'SELECT COALESCE(MAX(id), 0) AS id FROM "{table}"')  # noqa: S608 - as above
        await rows("INSERT INTO search_paused (id) VALUES (1)")
        await connection().execute_many(sql, lines)
        await long_statement(FILL[table], last["id"])
        await rows("DELETE FROM search_paused")


async def update(
    model: type[Model],
    columns: Sequence[str],
    values: Sequence[Sequence[Any]],
) -> None:
    """Set columns of rows; the last value of each is the row's id."""
    sets = ", ".join(
        f'"{column}" = {"?" if _is_sqlite() else f"${n}"}' for n, column in enumerate(columns, 1)
    )
    last = "?" if _is_sqlite() else f"${len(columns) + 1}"
    table = model._meta.db_table  # noqa: SLF001 - as above
    await _many(f'UPDATE "{table}" SET {sets} WHERE id = {last}', values)  # noqa: S608 - as above


def _is_sqlite() -> bool:
    return dialect() == "sqlite"


async def _many(sql: str, values: Sequence[Sequence[Any]]) -> None:
    if not values:
        return
    if _is_sqlite():
        columns = [_kept_column(column) for column in zip(*values, strict=True)]
        values = list(zip(*columns, strict=True))
    await connection().execute_many(sql, list(values))  # type: ignore[arg-type]  # tuples will do
