"""Customers are found by whatever is remembered of them, the same on both engines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage import db, search_rows
from storage.demo.people import office_phone
from storage.models import Contact, Customer, Staff, Unit
from storage.search import Hit, fill_search_fields, find_customers

HUAXING, BRIGHTWAY, HUAXING_ELECTRONICS = 1, 2, 3
LI_WEI = 1
MINE = ("c.owner_id = $1", [LI_WEI])
BANK = ("1=1", [])


async def ids(text: str, scope: tuple[str, list[object]] = BANK, **page: int) -> list[int]:
    where, args = scope
    page = {"limit": 20, **page}
    return [hit.id for hit in await find_customers(text, where, args, **page)]


#: area and number, as kept behind the country's 86
PHONES = {n: office_phone("021", n)[2:] for n in (HUAXING, BRIGHTWAY, HUAXING_ELECTRONICS)}

# What is typed, and which of Li Wei's customers come first for it, in this order.
TYPED = [
    # the Chinese name and parts of it
    ("上海华兴机械制造有限公司", [HUAXING]),
    ("华兴机械", [HUAXING]),
    ("华兴", [HUAXING]),
    ("兴机", [HUAXING]),
    ("机械制造", [HUAXING]),
    ("华星", [HUAXING_ELECTRONICS]),
    ("华星电子", [HUAXING_ELECTRONICS]),
    ("华", [HUAXING, HUAXING_ELECTRONICS]),
    ("百", [BRIGHTWAY]),
    ("百维", [BRIGHTWAY]),
    ("百维物流有限公司", [BRIGHTWAY]),
    ("机械 华兴", [HUAXING]),
    ("上海 百维", [BRIGHTWAY]),
    ("  华兴机械  ", [HUAXING]),
    # other ways to write it
    ("華興機械", [HUAXING]),
    ("上海華星電子科技有限公司", [HUAXING_ELECTRONICS]),
    ("百維物流", [BRIGHTWAY]),
    ("「华兴」", [HUAXING]),
    ("华兴(机械)", [HUAXING]),
    ("ｈｕａｘｉｎｇ", [HUAXING, HUAXING_ELECTRONICS]),
    # place and legal form that the register writes otherwise
    ("上海市华兴机械制造公司", [HUAXING]),
    ("百维物流公司", [BRIGHTWAY]),
    ("华兴机械股份有限公司", [HUAXING]),
    # the parts in another order, or with something between
    ("机械华兴", [HUAXING]),
    ("制造华兴机械", [HUAXING]),
    ("华兴制造", [HUAXING]),
    ("上海电子华星", [HUAXING_ELECTRONICS]),
    ("华星科技", [HUAXING_ELECTRONICS]),
    ("brightwaylogistics", [BRIGHTWAY]),
    ("huaxingmachinery", [HUAXING]),
    # English, in any order, in part
    ("Shanghai Brightway Logistics Co., Ltd.", [BRIGHTWAY]),
    ("Brightway", [BRIGHTWAY]),
    ("brightway logistics", [BRIGHTWAY]),
    ("LOGISTICS brightway", [BRIGHTWAY]),
    ("Brightway Logistics Company Limited", [BRIGHTWAY]),
    ("bright", [BRIGHTWAY]),
    ("bright way", [BRIGHTWAY]),
    ("ightw", [BRIGHTWAY]),
    ("huaxing machinery", [HUAXING]),
    ("machinery huaxing", [HUAXING]),
    ("Huaxing Electronics", [HUAXING_ELECTRONICS]),
    # pinyin
    ("huaxingjixie", [HUAXING]),
    ("huaxing jixie", [HUAXING]),
    ("hua xing ji xie", [HUAXING]),
    ("Huáxīng jīxiè", [HUAXING]),
    ("huaxingdianzi", [HUAXING_ELECTRONICS]),
    ("huaxingdia", [HUAXING_ELECTRONICS]),
    ("shanghaihuaxingjixie", [HUAXING]),
    ("xingjixie", [HUAXING]),
    ("baiwei", [BRIGHTWAY]),
    ("baiweiwul", [BRIGHTWAY]),
    ("bai wei", [BRIGHTWAY]),
    # initials
    ("hxjx", [HUAXING]),
    ("HXJX", [HUAXING]),
    ("h x j x", [HUAXING]),
    ("hxdz", [HUAXING_ELECTRONICS]),
    ("hx", [HUAXING, HUAXING_ELECTRONICS]),
    ("shhxjx", [HUAXING]),
    ("bwwl", [BRIGHTWAY]),
    ("华兴 jx", [HUAXING]),
    ("华兴jx", [HUAXING]),
    ("the Brightway logistics company", [BRIGHTWAY]),
    ("bww", [BRIGHTWAY]),
    # numbers
    (f"0{PHONES[HUAXING]}", [HUAXING]),
    (f"021-{PHONES[HUAXING][2:6]} {PHONES[HUAXING][6:]}", [HUAXING]),
    (f"+86 21 {PHONES[BRIGHTWAY][2:]}", [BRIGHTWAY]),
    (f"(021) {PHONES[HUAXING_ELECTRONICS][2:]}", [HUAXING_ELECTRONICS]),
    (PHONES[BRIGHTWAY][-6:], [BRIGHTWAY]),
    # people
    ("王建国", [HUAXING]),
    ("建国", [HUAXING]),
    ("Wang Jianguo", [HUAXING]),
    ("wangjianguo", [HUAXING]),
    ("林晓东", [BRIGHTWAY]),
    # homophones
    ("华幸机械", [HUAXING]),
    ("花星电子", [HUAXING_ELECTRONICS]),
    ("白伟物流", [BRIGHTWAY]),
    # typing errors
    ("华兴机戒制造", [HUAXING]),
    ("brigthway", [BRIGHTWAY]),
    ("Brightwya Logistics", [BRIGHTWAY]),
    ("logisitcs brightway", [BRIGHTWAY]),
    ("huaxing machinry manufacturing", [HUAXING]),
    ("华兴机某制造", [HUAXING]),
    ("华兴机制造", [HUAXING]),
    ("huaxinjixei", [HUAXING]),
]


NASTY = [
    "", " ", "\n", "😀", "👨\u200d👩\u200d👧", "%", "_", "%%%", "\\", "'", '"', '"" OR ""',
    "'; DROP TABLE customer; --", "\x00", "a\x00b", "\ud800", "*", "^", "$", "^^", "-", "NOT",
    "AND", "OR", "NEAR(a b)", "(", ")", "{a}", ":", "search_text : a", "a*", "\u202e",
    "\u0301", "。,!?", "+86", "0", "00", "007", "x" * 200, "x" * 5000, "华" * 200, "华" * 5000,
    "1" * 30, "１２３４５", "½", "ß", "Ⅷ", "カタカナ", "한국", "привет", "مرحبا", "𠮷野家",
    " ".join("abcdefghijklmnopqrstuvwxyz"), "h'x", "[a-z]",
]  # fmt: skip
#: what people also write to the bot
CHAT = [
    "你好", "谢谢", "今天天气不错", "hello", "thank you", "good morning", "什么时候开会",
    "zzzz", "qqq", "99999999999", "ok", "没问题", "好的", "bank", "明天见",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), TYPED)
async def test_li_wei_finds_his_customers(demo: str, typed: str, expected: list[int]) -> None:
    found = await ids(typed, MINE)
    assert sorted(found[: len(expected)]) == sorted(expected)


@pytest.mark.parametrize(("typed", "expected"), TYPED)
async def test_the_index_and_the_reading_of_a_small_scope_agree(
    demo: str, typed: str, expected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = await find_customers(typed, *MINE, limit=50)
    monkeypatch.setattr(search_rows, "SMALL_SCOPE", 0)
    assert await find_customers(typed, *MINE, limit=50) == small


@pytest.mark.parametrize(
    "typed",
    ["华兴机械", "百维", "huaxingjixie", "hxjxzz", "Brightway", "王建国", f"0{PHONES[HUAXING]}",
     "華星電子", "华幸机械", "brigthway", "上海市百维物流公司"],
)  # fmt: skip
async def test_the_whole_bank_is_searched_as_well_as_a_portfolio(demo: str, typed: str) -> None:
    mine, banks = await ids(typed, MINE), await ids(typed)
    assert mine[0] in banks
    assert banks.index(mine[0]) < 5


async def test_every_customer_is_found_by_each_thing_remembered(demo: str) -> None:
    for customer in await Customer.filter(id__in=range(4, 601, 37)):
        contact = await Contact.filter(customer_id=customer.id).order_by("-id").first()
        assert contact is not None
        remembered = (
            customer.name_zh,
            customer.short_name,
            customer.short_name[:3],
            customer.name_en,
            customer.name_en.removesuffix(" Co., Ltd."),
            customer.pinyin,
            customer.initials.split()[0],
            customer.credit_code,
            str(customer.credit_code)[4:14].lower(),
            customer.phone,
            customer.phone[-7:],
            contact.name,
            contact.name_en,
            contact.phone,
            contact.phone[2:],
            contact.phone[-5:],
        )
        for typed in remembered:
            assert customer.id in await ids(str(typed), limit=200), (customer.name_zh, typed)


async def test_a_whole_number_or_name_is_exact(demo: str) -> None:
    first = await Customer.get(id=HUAXING)
    contact = await Contact.get(customer_id=HUAXING, is_main=True)
    for typed in (
        first.name_zh,
        first.name_en,
        first.short_name,
        str(first.credit_code),
        first.phone,
        contact.phone,
    ):
        hits = await find_customers(typed, *BANK, limit=5)
        assert hits[0] == Hit(HUAXING, 1.0), typed


async def test_better_hits_come_first(database: str) -> None:
    names = {
        1: ("上海新华兴贸易有限公司", "Shanghai Newland Trading", "新华兴"),  # inside the name
        2: ("上海华兴机械有限公司", "Shanghai Prosper Machinery", "华兴机械"),  # its beginning
        3: ("上海华兴有限公司", "Shanghai Rise", "华兴"),  # all of it
        4: ("上海画星广告有限公司", "Shanghai Painted Star", "画星"),  # only its sound
        5: ("上海宏祥木业有限公司", "Shanghai Grand Timber", "宏祥"),  # only its initials
        6: ("上海大同木业有限公司", "Shanghai Datong Timber", "大同"),  # only a person's name
    }
    await _write(names, {6: "华兴"})
    assert await ids("华兴") == [3, 2, 1, 6]
    assert (await ids("huaxing"))[-1] == 1
    assert set(await ids("huaxing")) == {1, 2, 3, 4}
    assert set(await ids("hx")) == {2, 3, 4, 5}
    assert await ids("华星") == [2, 3, 4, 1]  # nobody is written so: by sound, the rest by id
    assert [hit.exactness for hit in await find_customers("华兴", *BANK, limit=9)] == [
        1.0, 0.9, 0.8, 0.7,
    ]  # fmt: skip


async def test_equals_are_ordered_by_last_contact_then_id(database: str) -> None:
    await _write({n: (f"上海恒达第{n}贸易有限公司", "", "") for n in range(1, 8)}, {})
    for number, day in ((2, 5), (4, 9), (6, 5)):
        await db.execute(
            "UPDATE customer SET last_contact_at = $1 WHERE id = $2", _moment(day), number
        )
    assert await ids("恒达") == [4, 2, 6, 1, 3, 5, 7]


async def test_the_best_are_not_lost_among_too_many(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {n: (f"上海新恒达第{n}贸易有限公司", "", "") for n in range(1, 31)}
    names[31] = ("上海恒达贸易有限公司", "", "恒达")
    await _write(names, {})
    monkeypatch.setattr(search_rows, "SMALL_SCOPE", 0)
    monkeypatch.setattr(search_rows, "CANDIDATES", 10)
    found = await ids("恒达", limit=50)
    assert found[0] == 31
    assert len(found) == 11


async def test_pages_join_without_repeats_or_gaps(demo: str) -> None:
    whole = await ids("上海", limit=200)
    pages = [await ids("上海", limit=7, offset=offset) for offset in range(0, 203, 7)]
    joined = [found for page in pages for found in page]
    assert joined[:200] == whole
    assert len(joined) == len(set(joined))


async def test_nothing_outside_the_scope_is_found(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await Customer.filter(owner_id=2).first()
    assert other is not None
    contact = await Contact.filter(customer_id=other.id).first()
    assert contact is not None
    team = await Unit.get(id=(await Staff.get(id=LI_WEI)).unit_id)
    scopes = (
        MINE,
        ("c.unit_id IN (SELECT id FROM unit WHERE path LIKE $1)", [f"{team.path}%"]),
        ("c.owner_id = $1 OR c.owner_id = $2", [-1, -1]),
    )
    for small in (500, 0):
        monkeypatch.setattr(search_rows, "SMALL_SCOPE", small)
        for scope in scopes:
            allowed = {
                row["id"]
                for row in await db.rows(
                    f"SELECT c.id FROM customer c WHERE {scope[0]}",  # the scope is the test's own
                    *scope[1],
                )
            }
            assert other.id not in allowed
            for typed in (other.name_zh, other.name_en, other.pinyin, str(other.credit_code),
                          other.phone, contact.name, contact.phone, "上海", "h", "有限公司",
                          other.short_name[:-1] + "杰"):  # fmt: skip
                assert set(await ids(typed, scope, limit=1000)) <= allowed


@pytest.mark.parametrize("small", [500, 0])
@pytest.mark.parametrize(
    "typed",
    NASTY,
)
async def test_no_text_makes_it_raise(
    demo: str, typed: str, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_rows, "SMALL_SCOPE", small)
    for scope in (MINE, BANK):
        await ids(typed, scope)


@pytest.mark.parametrize("typed", ["", " ", "😀", "%", "_", '"', "\x00", "x" * 5000, "^", "。,!?"])
async def test_a_text_with_nothing_to_look_for_finds_nothing(demo: str, typed: str) -> None:
    assert await ids(typed) == []


@pytest.mark.parametrize(
    "typed",
    CHAT,
)
async def test_what_is_no_customer_is_none(demo: str, typed: str) -> None:
    assert await ids(typed, MINE) == []


async def test_no_page_and_an_odd_page_are_empty(demo: str) -> None:
    assert await ids("华兴", limit=0) == []
    assert await ids("华兴", limit=5, offset=1000) == []
    assert await ids("华兴", limit=5, offset=-3) == await ids("华兴", limit=5)


async def test_a_changed_name_is_found_by_the_new_one_only(database: str) -> None:
    await _write({1: ("上海旧名贸易有限公司", "Shanghai Oldname Trading", "")}, {})
    customer = await Customer.get(id=1)
    customer.name_zh, customer.name_en = "上海新称贸易有限公司", "Shanghai Fresh Trading"
    fill_search_fields(customer)
    await customer.save()
    assert await ids("旧名") == await ids("oldname") == []
    assert await ids("新称") == await ids("fresh") == [1]


async def test_a_row_without_search_text_does_no_harm(database: str) -> None:
    await _write({1: ("上海甲贸易有限公司", "", ""), 2: ("上海乙贸易有限公司", "", "")}, {})
    await db.execute("UPDATE customer SET search_text = 'anything 上海' WHERE id = 1")
    assert await ids("上海") == [2]


async def test_large_scopes_start_from_the_text_index(demo: str) -> None:
    if db.dialect() == "sqlite":
        plan = await db.rows(
            "EXPLAIN QUERY PLAN SELECT c.id FROM customer_search CROSS JOIN customer c "
            "WHERE c.id = customer_search.rowid AND customer_search MATCH $2 "
            "AND (c.owner_id = $1) ORDER BY customer_search.rowid LIMIT 10",
            LI_WEI,
            '"华华兴兴"',
        )
        assert "VIRTUAL TABLE" in plan[0]["detail"]
        assert "INTEGER PRIMARY KEY" in plan[1]["detail"]
        assert len(plan) == 2


def _moment(day: int) -> object:
    moment = datetime(2026, 11, day, 2, 0, tzinfo=UTC)
    return moment if db.dialect() == "postgres" else moment.isoformat(" ")


async def _write(names: dict[int, tuple[str, str, str]], people: dict[int, str]) -> None:
    unit = await Unit.create(kind="head_office", name_zh="总行", name_en="Head", path="/1/")
    created = datetime(2026, 1, 1, tzinfo=UTC)
    for number, (zh, en, short) in names.items():
        customer = Customer(
            id=number, name_zh=zh, name_en=en, short_name=short, unit_id=unit.id,
            created_at=created,
        )  # fmt: skip
        fill_search_fields(customer)
        await customer.save(force_create=True)
        if number in people:
            await Contact.create(customer_id=number, name=people[number])
