"""Finding a colleague by name, pinyin or staff number, within what is offered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tortoise.expressions import Q

from conversations.questions.pick import Item
from conversations.questions.staff import StaffName, StaffSource
from core import colleagues
from core.acting import Acting
from core.colleagues import ColleaguePage
from core.errors import NotFound
from storage.models import Staff
from tests.support.bank import Bank, build_bank


@pytest.fixture
async def bank(database: str) -> Bank:
    return await build_bank()


async def team_a(
    acting: Acting, text: str, *, only: int | None = None, limit: int = 6, offset: int = 0
) -> ColleaguePage:
    """Those of the first team, with a load beside each."""
    among = Q(unit__name_zh="team_a")
    found = await colleagues.find(acting, among, text, only=only, limit=limit, offset=offset)
    items = tuple(replace(one, note=f"load {one.id}") for one in found.items)
    return ColleaguePage(items, more=found.more)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("李伟", ["1001"]), ("伟", ["1001"]), ("Li Wei", ["1001"]), ("li wei", ["1001"]),
        ("liwei", ["1001"]), ("lw", ["1001"]), ("1001", ["1001"]), ("１００１", ["1001"]),
        ("chenj", ["1002"]), ("nobody", []), ("赵磊", []), ("zl", []), ("%", ["1001", "1002"]),
    ],
)  # fmt: skip
async def test_whatever_people_type_for_a_colleague(
    bank: Bank, typed: str, numbers: list[str]
) -> None:
    found = await team_a(await bank.acting("1008"), typed, limit=2)
    assert [one.number for one in found.items] == numbers


async def test_without_a_text_all_come_a_page_at_a_time(bank: Bank) -> None:
    acting = await bank.acting("1008")
    first = await team_a(acting, "", limit=3)
    rest = await team_a(acting, "", limit=3, offset=3)
    assert [one.number for one in first.items] == ["1001", "1002", "1003"]
    assert first.more
    assert [one.number for one in rest.items] == ["1009", "1011"]
    assert not rest.more


async def test_the_exact_number_comes_before_names_that_begin_so(bank: Bank) -> None:
    await Staff.filter(number="1002").update(name_en="1001 And More")
    found = await team_a(await bank.acting("1008"), "1001")
    assert [one.number for one in found.items] == ["1001", "1002"]


async def test_a_whole_name_in_pinyin_comes_before_names_that_begin_so(bank: Bank) -> None:
    await Staff.filter(number="1001").update(name_zh="李伟民", name_en="Li Weimin")
    await Staff.filter(number="1002").update(name_zh="李伟", name_en="Vic")
    for typed in ("liwei", "lw", "李伟"):
        found = await team_a(await bank.acting("1008"), typed)
        assert [one.number for one in found.items] == ["1002", "1001"]


async def test_the_question_offers_what_the_read_offers_and_says_what_it_notes(bank: Bank) -> None:
    acting, source = await bank.acting("1008"), StaffSource(team_a)
    li = bank.staff["1001"]
    page = await source.search(acting, "liwei", 0, 6)
    assert page.items == (Item(li, "李伟", f"load {li} · team_a · 1001"),)
    assert await source.get(acting, li) == page.items[0]
    assert await source.get(acting, bank.staff["1004"]) is None
    assert await StaffName(li)(acting) == {"zh": "李伟", "en": "Li Wei"}
    with pytest.raises(NotFound):
        await StaffName(404)(acting)
