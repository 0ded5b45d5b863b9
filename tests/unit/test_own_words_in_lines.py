"""What may become a person's own word for a customer, and how it is read in a line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.names import Entry, Portfolio
from core.language.nicknames import called, fits
from core.language.text import plain

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CORPUS = sorted((Path(__file__).parents[1] / "language").glob("when*.tsv"))
FIRMS = (
    Entry(
        1, "上海华兴机械制造有限公司", "Shanghai Huaxing Machinery Co., Ltd.", (), ("华兴机械",)
    ),
    Entry(
        3, "上海华星电子科技有限公司", "Shanghai Huaxing Electronics Co., Ltd.", (), ("华星电子",)
    ),
)


def with_word(word: str, of: int = 3) -> Portfolio:
    """The firms, one of which the person calls so."""
    return Portfolio(
        [
            Entry(one.id, one.name_zh, one.name_en, (), one.aliases, (word,) * (one.id == of))
            for one in FIRMS
        ]
    )


def test_no_phrase_of_time_becomes_a_word() -> None:
    phrases = [
        line.split("\t")[1]
        for path in CORPUS
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.count("\t") >= 2 and line.split("\t")[2] != "-"
    ]
    assert len(phrases) > 400
    assert [phrase for phrase in phrases if fits(phrase, NOW)] == []


@pytest.mark.parametrize(
    ("line", "word"),
    [("上午去了大拇指,老板想续贷", "大拇指"), ("大拇指 想续贷500万", "大拇指"),
     ("电话大拇指,没人接", "大拇指"),
     ("visited Bluebird this morning, they want a loan", "Bluebird"),
     ("met with the Tigers about a loan", "Tigers")],
)  # fmt: skip
def test_the_word_of_a_line_is_found(line: str, word: str) -> None:
    assert called(line, "") == word
    assert fits(word, NOW)


def test_what_was_taken_for_a_name_is_the_word_with_what_tells_two_apart() -> None:
    assert called("刚拜访了老华兴", "华兴") == "老华兴"
    assert called("拜访华兴", "华兴") == "华兴"


def test_an_own_word_comes_before_a_likeness_but_not_before_a_real_name() -> None:
    assert with_word("华兴").mentions(plain("拜访华兴,想续贷"))[0].id == 3
    assert with_word("华兴").mentions(plain("拜访华兴机械,想续贷"))[0].id == 1
    assert with_word("华兴机械").mentions(plain("拜访华兴机械,想续贷"))[0].id == 1
    assert with_word("tiger").mentions(plain("met tigers today")) == []


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_word_and_line_are_read(word: str, line: str) -> None:
    assert fits(word, NOW) in {True, False}
    assert called(line, word) == "" or called(line, word)
    with_word(word).mentions(plain(line))
