"""Long needles are looked up by a few of their trigrams, and the same customers are found."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from storage import db, search_match, search_rows
from storage.models import Customer, Unit
from storage.search import fill_search_fields, find_customers
from storage.search_rows import Row, Scope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.databases import SqliteDatabases

FIRMS = 1_100
BRANDS = ("华兴", "恒达", "绿源", "百维", "创景")


@pytest.fixture
async def many(sqlite_databases: SqliteDatabases) -> AsyncIterator[None]:
    """More firms of one trade than a search takes into question, the last of them another's."""
    url = sqlite_databases.fresh()
    await db.connect(url)
    at = datetime(2026, 11, 23, tzinfo=UTC)
    unit = await Unit.create(kind="head_office", name_zh="总行", name_en="Head", path="/1/")
    firms = [
        Customer(name_zh=f"上海{BRANDS[n % 4]}自动化设备有限公司", unit=unit, created_at=at)
        for n in range(FIRMS)
    ]
    firms.append(Customer(name_zh="上海创景自动化设备有限公司", unit=unit, created_at=at))
    for one in firms:
        fill_search_fields(one)
    await Customer.bulk_create(firms)
    yield
    await db.disconnect()


@pytest.fixture
def sampled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bank counts as a large one; what its index was asked for."""
    asked: list[str] = []
    matching = Scope._matching

    async def noted(self: Scope, words: str, places: tuple[str, ...], *, quick: bool) -> list[Row]:
        asked.append(words)
        return await matching(self, words, places, quick=quick)

    monkeypatch.setattr(Scope, "_matching", noted)
    monkeypatch.setattr(search_match, "_SMALL_TABLE", 100)
    return asked


async def test_a_name_is_asked_for_by_five_trigrams_and_found(
    many: None, sampled: list[str]
) -> None:
    [hit] = await find_customers("上海创景自动化设备有限公司", "1=1", [], limit=5)
    assert hit.id == FIRMS + 1
    assert sampled[0].count(" AND ") == 4


async def test_where_too_many_have_those_trigrams_the_whole_needle_is_asked_for(
    many: None, sampled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The sample misjudges: of the needle's trigrams, one that all firms share seems the rarest.
    needle = "chuangjingzidonghuashebei"
    shared = Counter(needle[at : at + 3] for at in range(len(needle) - 2))
    del shared["zid"]
    monkeypatch.setattr(search_match, "_ASKED", 1)

    async def misjudged() -> Counter[str]:
        return shared

    monkeypatch.setattr(search_rows, "common_trigrams", misjudged)
    hits = await find_customers(needle, "1=1", [], limit=5)
    assert [hit.id for hit in hits] == [FIRMS + 1]
    assert [words.count(" AND ") for words in sampled] == [0, 0]


async def test_a_small_bank_is_asked_for_the_whole_needle(
    many: None, sampled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_match, "_SMALL_TABLE", 100_000)
    assert await find_customers("上海创景自动化设备有限公司", "1=1", [], limit=5)
    assert '"上上海海创创景景' in sampled[0]


def test_what_is_asked_for_stands_in_the_needle() -> None:
    needle = "huaxingjixiezhizao"
    common = Counter({"hua": 5, "zhi": 9, "xin": 1})
    words = search_match.match((((needle,),),), common)
    asked = [part.strip('"() ') for part in words.split(" AND ")]
    assert len(asked) == 5
    assert all(one in needle for one in asked)
    assert "hua" not in asked
