"""Words of a person's own: refused, limited, first in search, and nobody else's."""

from __future__ import annotations

import pytest

from core import nicknames
from core.bus import perform
from core.customers import find
from core.errors import Invalid, NotFound
from core.nicknames import ForgetNickname, RememberNickname
from core.portfolio import portfolio
from core.rules.access import visible_customers
from storage.models import Customer, Nickname
from tests.support.bank import MONDAY, build_bank
from tests.support.random_bank import random_bank


@pytest.mark.parametrize(
    "said",
    ["华兴机械", "上海华星电子科技有限公司", "客户", "续贷", "明天", "下周三", "500万", "王总",
     "机械", "the client", "loan", "Friday", "x", "微信"],
)  # fmt: skip
async def test_what_means_other_things_is_refused(database: str, said: str) -> None:
    bank = await build_bank()
    li = await bank.acting("1001")
    with pytest.raises(Invalid):
        await perform(li, RememberNickname(bank.customers["C002"], said), "word")
    assert await Nickname.all().count() == 0


async def test_a_person_keeps_so_many_and_the_oldest_ends(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = await build_bank()
    li = await bank.acting("1001")
    monkeypatch.setattr(nicknames, "MOST", 3)
    for number, said in enumerate(("大拇指", "小白鸽", "红旗手", "黑珍珠")):
        await perform(li, RememberNickname(bank.customers["C002"], said), f"word:{number}")
    running = await nicknames.nicknames(li, limit=10)
    assert [one.said for one in running] == ["黑珍珠", "红旗手", "小白鸽"]


async def test_said_of_another_customer_it_means_that_one(database: str) -> None:
    bank = await build_bank()
    li = await bank.acting("1001")
    first = await perform(li, RememberNickname(bank.customers["C002"], "大拇指"), "one")
    assert await perform(li, RememberNickname(bank.customers["C002"], "大拇指"), "two") == first
    assert await perform(li, RememberNickname(bank.customers["C001"], "大拇指"), "three") == first
    assert [one.id for one in (await find(li, "大拇指")).items] == [bank.customers["C001"]]


async def test_it_comes_first_and_once_on_every_page(database: str) -> None:
    bank = await build_bank()
    li = await bank.acting("1001")
    plain = [one.id for one in (await find(li, "上海", limit=50)).items]
    last = plain[-1]
    await Nickname.create(
        staff_id=bank.staff["1001"], customer_id=last, said="上海", folded="上海", made_at=MONDAY
    )
    pages = [(await find(li, "上海", limit=1, offset=at)).items for at in range(len(plain))]
    assert [one.id for page in pages for one in page] == [last, *plain[:-1]]


@pytest.mark.parametrize("seed", range(3))
async def test_a_word_never_shows_what_is_not_to_be_seen(database: str, seed: int) -> None:
    bank = await random_bank(seed)
    for person in bank.staff:
        for number, customer in enumerate(bank.customers[:6]):
            await Nickname.create(
                staff=person, customer=customer, said=f"代号{number}", folded=f"代号{number}",
                made_at=MONDAY,
            )  # fmt: skip
    for person in bank.staff:
        acting = await bank.acting(person)
        seen = {one.id for one in bank.customers if bank.may_see(person, one)}
        listed = {one.customer_id for one in await nicknames.nicknames(acting, limit=50)}
        assert listed == seen & {one.id for one in bank.customers[:6]}
        known = {one.id for one in (await portfolio(acting))._known}
        assert known == set(
            await Customer.filter(visible_customers(acting.person).q).values_list("id", flat=True)
        )
        for number, customer in enumerate(bank.customers[:6]):
            found = {one.id for one in (await find(acting, f"代号{number}")).items}
            assert (customer.id in found) == (customer.id in seen)
            if customer.id not in seen:
                with pytest.raises(NotFound):
                    await perform(acting, RememberNickname(customer.id, "大拇指"), "x")
        for one in await Nickname.exclude(staff=person):
            with pytest.raises(NotFound):
                await perform(acting, ForgetNickname(one.id), "x")
