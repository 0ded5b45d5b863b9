"""Hand-written statements where the ORM's own take longest: one row in, a few rows out.

The ORM builds each query anew: 0.4 ms, where the statement takes 0.02 ms (benchmarks/results.md).
What a person waits for many times a day goes this way; the rows are the models' all the same.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from storage.db import dialect, lookup, rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from tortoise.models import Model

    Row = TypeVar("Row", bound=Model)


def moment(value: datetime) -> datetime | str:
    """A moment as the engine compares it with what `MomentField` keeps."""
    return value if dialect() == "postgres" else value.astimezone(UTC).isoformat(" ")


def moment_of(value: datetime | str) -> datetime:
    """A moment as a statement gives it."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def day(value: date) -> date | str:
    """A day as the engine compares it with what is kept."""
    return value if dialect() == "postgres" else value.isoformat()


def day_of(value: date | str) -> date:
    """A day as a statement gives it: SQLite has a text."""
    return value if isinstance(value, date) else date.fromisoformat(value[:10])


async def found(model: type[Row], sql: str, *args: Any) -> list[Row]:
    """The model's objects of a statement that gives all of its columns, `SELECT t.* FROM …`.

    Columns beside the model's are left out; what is related is not fetched.
    """
    return [made(model, row) for row in await lookup(sql, *args)]


async def of_ids(model: type[Row], ids: Collection[int]) -> list[Row]:
    """The model's objects with these ids, in no order; what is related is not fetched."""
    if not ids:
        return []
    marks = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    table = model._meta.db_table  # noqa: SLF001 - the ORM's documented place for it
    return await found(model, f'SELECT * FROM "{table}" WHERE id IN ({marks})', *ids)  # noqa: S608 - names are our models'


def made(model: type[Row], row: dict[str, Any]) -> Row:
    """The model's object of a row with all of its columns."""
    return model._init_from_db(**row)  # noqa: SLF001 - what the ORM's own queries end in


async def add(model: type[Model], **values: Any) -> int:
    """Insert one row and return its id; what is not said has the model's default.

    Raises:
        IntegrityError: as the ORM's own does.
    """
    sql, defaults = _insert(model, tuple(values), dialect())
    [row] = await rows(sql, *map(_kept, values.values()), *map(_kept, defaults))
    return int(row["id"])


def _kept(value: Any) -> Any:
    """A value as the ORM keeps it."""
    if isinstance(value, (dict, list)):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    if dialect() == "postgres":
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


@lru_cache(maxsize=256)
def _insert(
    model: type[Model], names: tuple[str, ...], engine: str
) -> tuple[str, tuple[Any, ...]]:
    """The statement that inserts these columns, and the values of the others, in its order."""
    del engine  # names are quoted alike, but the cache must not outlive the models of one engine
    meta = model._meta  # noqa: SLF001 - the ORM's documented place for it
    left = {
        field.model_field_name: field.default() if callable(field.default) else field.default
        for name, field in meta.fields_map.items()
        if name in meta.db_fields and name not in names and not field.generated
        and field.default is not None
    }  # fmt: skip
    columns = ", ".join(f'"{name}"' for name in (*names, *left))
    marks = ", ".join(f"${n}" for n in range(1, len(names) + len(left) + 1))
    sql = f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({marks}) RETURNING id'  # noqa: S608 - names are our models'
    return sql, tuple(left.values())
