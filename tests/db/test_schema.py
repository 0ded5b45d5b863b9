"""The database is what the models say: the ORM's migrations have lost indexes before."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tortoise.exceptions import IntegrityError

from storage import db, migrations, models
from storage.migrate import missing_migrations
from storage.models import Audit


async def test_every_declared_index_exists(database: str) -> None:
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'index'"
        if db.dialect() == "sqlite"
        else "SELECT indexname AS name FROM pg_indexes"
    )
    present = {row["name"] for row in await db.rows(catalogue)}
    declared = {
        index.name for name in models.__all__ for index in getattr(models, name)._meta.indexes
    }
    assert declared <= present


def test_no_model_comment_has_a_semicolon() -> None:
    for name in models.__all__:
        module = inspect.getmodule(getattr(models, name))
        assert module is not None
        comments = [line for line in inspect.getsource(module).splitlines() if "#:" in line]
        assert not [line for line in comments if ";" in line]


async def test_moments_of_different_zones_compare_as_moments(database: str) -> None:
    east = timezone(timedelta(hours=8))
    early = datetime(2026, 11, 23, 9, 0, tzinfo=east)
    late = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    for at in (late, early):
        await Audit.create(at=at, action="test", subject="test")
    assert await Audit.filter(at__lt=late).count() == 1
    assert [row.at for row in await Audit.all().order_by("at")] == [early, late]


KNOWN = {file.stem for file in Path(migrations.__path__[0]).glob("[0-9]*.py")}


async def test_every_migration_was_applied_and_none_is_missing(database: str) -> None:
    applied = await db.rows("SELECT name FROM tortoise_migrations")
    assert {row["name"] for row in applied} == KNOWN
    await db.disconnect()
    assert await missing_migrations(database) == []
    await db.connect(database)


async def test_every_table_of_the_models_is_there_with_its_columns(database: str) -> None:
    for name in models.__all__:
        meta = getattr(models, name)._meta
        columns = ", ".join(f'"{column}"' for column in meta.db_fields)
        assert await db.rows(f'SELECT {columns} FROM "{meta.db_table}" WHERE 1 = 0') == []


async def test_rows_that_point_nowhere_are_refused(database: str) -> None:
    with pytest.raises(IntegrityError):
        await Audit.create(at=datetime(2026, 1, 1, tzinfo=UTC), actor_id=404, action="x",
                           subject="x")  # fmt: skip
