"""How the search tells a rare piece of text from a common one, on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import db, search, search_rows, search_sample
from storage.search import find_customers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.support.databases import PostgresDatabases

_RARE, _COMMON = ((("恒恒达达",),),), ((("公公司司",),),)


@pytest.fixture(scope="module")
def server_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    url = postgres_databases.fresh()
    yield url
    postgres_databases.drop(url)


@pytest.fixture
async def server(server_url: str) -> AsyncIterator[None]:
    await db.connect(server_url)
    yield
    await db.disconnect()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A sample of a hundred firms, one of which is a 恒达; and how often it was drawn."""
    times: list[int] = []

    async def draw() -> list[str]:
        times.append(1)
        return ["^^恒恒达达公公司司$", *["^^公公司司$"] * 99]

    monkeypatch.setattr(search_sample, "_drawn", draw)
    return times


async def test_what_one_firm_in_a_hundred_has_is_rare_and_what_all_have_is_common(
    server: None, drawn: list[int]
) -> None:
    assert not await search_sample.is_common(_RARE)
    assert await search_sample.is_common(_COMMON)
    assert await search_sample.is_common((*_RARE, *_COMMON))


async def test_all_parts_of_an_alternative_must_be_common_together(
    server: None, drawn: list[int]
) -> None:
    assert not await search_sample.is_common(((("恒恒达达",), ("公公司司",)),))


async def test_a_sample_serves_many_searches_and_is_drawn_anew_for_another_database(
    server: None, drawn: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_sample, "_SERVES", 3)
    monkeypatch.setattr(search_sample, "_samples", type(search_sample._samples)())
    for _ in range(3):
        await search_sample.is_common(_RARE)
    assert len(drawn) == 1
    await search_sample.is_common(_RARE)
    assert len(drawn) == 2


async def test_a_small_bank_is_never_sampled_and_nothing_of_it_is_common(server: None) -> None:
    assert await search_sample._drawn() == ()
    assert not await search_sample.is_common(_COMMON)


async def test_a_sample_is_drawn_from_a_bank_that_is_large_by_the_servers_count(
    server: None,
) -> None:
    counted = "UPDATE pg_class SET reltuples = 1000000 WHERE oid = 'customer'::regclass"
    async with db.transaction():
        await db.execute(counted)
        assert await search_sample._drawn() == []
        await db.execute(counted.replace("1000000", "20000"))
        assert await search_sample._drawn() == ()


async def test_rare_texts_are_read_from_the_index_and_common_ones_in_the_order_of_the_ids(
    server: None, drawn: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def note(sql: str, *_args: object) -> list[dict[str, object]]:
        asked.append(sql)
        return [{"n": 1000}] if "count(*)" in sql else []

    monkeypatch.setattr(search_rows, "lookup", note)
    monkeypatch.setattr(search, "lookup", note)
    monkeypatch.setattr(search_rows, "rows", note)
    await find_customers("恒达", "1=1", [], limit=5)
    rare = [sql for sql in asked if "FROM customer c WHERE" in sql and "LIKE" in sql]
    assert rare
    assert all("ORDER BY +c.id" in sql for sql in rare)
    asked.clear()
    await find_customers("公司", "1=1", [], limit=5)
    assert any("ORDER BY c.id" in sql for sql in asked)
