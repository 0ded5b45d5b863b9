"""Which customer a text means: short names, pinyin, slips, contacts, and honest doubt."""

from __future__ import annotations

import time

import pytest

from core.language.names import Entry, Portfolio, portfolio_from_json
from core.language.text import plain
from core.language.understand import first, understand
from tests.language.score import NOW, portfolio

KNOWN = portfolio()


def who(text: str, known: Portfolio = KNOWN) -> object:
    mentions = known.mentions(plain(text))
    return mentions[0].id if mentions else None


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("上海华兴机械有限公司", 101),
        ("华兴机械", 101),
        ("華興機械", 101),
        ("华星机械", 101),
        ("苏州华兴", 102),
        ("Suzhou Huaxing", 102),
        ("hxjx", 101),
        ("huaxing jixie", 101),
        ("Brightway", 103),
        ("brigthway", 103),
        ("Brightway's boss", 103),
        ("明图物流", 103),
        ("Golden Dragon", 104),
        ("金龙国际", 104),
        ("恒达", 105),
        ("绿园食品", 106),
        ("赵董", 104),
        ("Mr Zhao", 104),
        ("跟谢老板聊", 118),
        ("宏达王总", None),
        ("随便说说", None),
        ("hello there", None),
    ],
)
def test_the_customer_meant(text: str, customer: int | None) -> None:
    assert who(text) == customer


def test_two_close_names_are_asked_about() -> None:
    note = first("拜访华兴，有意向", NOW, KNOWN)
    assert note.customer is None
    assert set(note.candidates) == {101, 102}


def test_a_contact_or_the_place_settles_it() -> None:
    assert who("华兴王总") == 101
    assert who("华兴李总") == 102


def test_a_surname_that_two_customers_have_is_no_hint() -> None:
    known = Portfolio(
        [
            Entry(1, "甲乙贸易", contacts=("王建国 总经理",)),
            Entry(2, "丙丁贸易", contacts=("王总",)),
        ]
    )
    mention = known.mentions(plain("给王总打电话"))[0]
    assert mention.id is None
    assert set(mention.candidates) == {1, 2}


def test_an_alias_works_from_then_on() -> None:
    known = Portfolio(
        [Entry("a", "上海飞跃精密机械有限公司", aliases=("老飞",)), Entry("b", "苏州飞达")]
    )
    assert who("刚去了老飞", known) == "a"


def test_ids_are_given_back_as_they_came() -> None:
    known = portfolio_from_json(
        [
            {"id": "C-7", "name_zh": "上海远航物流有限公司", "contacts": ["陈总"]},
            {"id": 8},
            {"x": 1},
        ]
    )
    assert who("远航物流", known) == "C-7"
    assert who("陈总", known) == "C-7"
    assert portfolio_from_json({"customers": []}).mentions(plain("华兴")) == []
    assert portfolio_from_json(None).mentions(plain("华兴")) == []


def test_two_customers_make_two_notes() -> None:
    notes = understand("上午拜访华兴机械，想贷500万；下午给明途打电话没人接", NOW, KNOWN)
    assert [n.customer for n in notes] == [101, 103]
    assert [n.kind for n in notes] == ["visit", "call"]
    assert [n.outcome for n in notes] == ["interested", "no_answer"]


def test_every_field_has_its_evidence() -> None:
    text = "今天下午拜访华兴机械王总，想续贷５００万，下周二下午3点再约"
    note = first(text, NOW, KNOWN)
    said = {name: e.text for name, e in note.evidence.items() if e.span}
    assert said["customer"] == "华兴机械"
    assert said["amount"] == "５００万"
    assert said["follow_up_date"] == "下周二下午3点"
    for evidence in note.evidence.values():
        assert 0 <= evidence.confidence <= 1
        if evidence.span:
            assert text[slice(*evidence.span)] == evidence.text


def test_ten_thousand_customers_are_quick() -> None:
    brands = [a + b for a in "华金瑞恒新天永宏盛达" * 3 for b in "兴龙丰源禾成固利美云" * 4]
    entries = [
        Entry(
            i,
            f"上海{brands[i % len(brands)]}{i}机械有限公司",
            f"Shanghai Brand{i} Machinery Co., Ltd.",
        )
        for i in range(10_000)
    ]
    began = time.perf_counter()
    known = Portfolio(entries)
    built = time.perf_counter() - began
    began = time.perf_counter()
    for _ in range(20):
        first("called Brand77 Machinery, wants 2m loan, follow up next Tuesday", NOW, known)
    assert built < 15
    assert (time.perf_counter() - began) / 20 < 0.1
