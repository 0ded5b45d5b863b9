"""Visits of two officers in a note, and who else was there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.credit_visits import beside, credit_visit


@pytest.mark.parametrize(
    "note",
    ["今天和李娜双人调查了华兴", "华兴贷前调查,厂房正常", "昨天做了贷后检查", "双人实地,库存正常",
     "credit visit with Li Na, all fine", "did the post-loan inspection at Huaxing",
     "a two-officer check, stock fine"],
)  # fmt: skip
def test_what_took_place_is_a_credit_visit(note: str) -> None:
    assert credit_visit(note)


@pytest.mark.parametrize(
    "note",
    ["拜访华兴,约好下周双人调查", "拜访华兴,贷前调查安排在周五", "电话聊了续贷", "双人间已订",
     "visited Huaxing, credit visit scheduled for Friday", "they need a pre-loan visit"],
)  # fmt: skip
def test_what_is_planned_or_something_else_is_none(note: str) -> None:
    assert not credit_visit(note)


@pytest.mark.parametrize(
    "note", ["和李娜双人调查", "李娜一起去的", "与同事李娜贷前调查", "credit visit with li na"]
)
def test_a_colleague_counts_where_the_words_put_them_beside(note: str) -> None:
    assert beside(note, "李娜", "Li Na")


@pytest.mark.parametrize(
    "note", ["双人调查,财务李娜接待", "credit visit, met Li Na", "with Li Nan"]
)
def test_a_contact_of_the_same_name_does_not(note: str) -> None:
    assert not beside(note, "李娜", "Li Na")


@given(st.text(max_size=60), st.text(max_size=8))
def test_any_text_is_answered(note: str, name: str) -> None:
    assert credit_visit(note) in {True, False}
    assert beside(note, name, name) in {True, False}
