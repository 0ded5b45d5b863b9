"""Sums of money, in every way people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.language.money import find_amounts, read_money


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("500万", 5_000_000),
        ("1.2亿", 120_000_000),
        ("30w", 300_000),
        ("30W", 300_000),
        ("2m", 2_000_000),
        ("2.5mn", 2_500_000),
        ("五百万", 5_000_000),
        ("五百来万", 5_000_000),
        ("两百多万", 2_000_000),
        ("3千万", 30_000_000),
        ("3千5百万", 35_000_000),
        ("一亿二", 120_000_000),
        ("1亿2千万", 120_000_000),
        ("一亿零五百万", 105_000_000),
        ("一点五亿", 150_000_000),
        ("半个亿", 50_000_000),
        ("一个亿", 100_000_000),
        ("800k", 800_000),
        ("¥50,000", 50_000),
        ("￥５０万", 500_000),
        ("RMB 500,000", 500_000),
        ("1,250万", 12_500_000),
        ("八千元", 8_000),
        ("half a million", 500_000),
        ("one and a half million", 1_500_000),
        ("five hundred thousand", 500_000),
        ("300-500万", 5_000_000),
        ("300万到500万", 5_000_000),
        ("3-5m", 5_000_000),
        ("between 3 and 5 million", 5_000_000),
        ("5,000,000", 5_000_000),
        ("三五百万", 5_000_000),
    ],
)
def test_sums(text: str, yuan: int) -> None:
    assert read_money(text) == yuan * 100
    assert [a.yuan for a in find_amounts(f"想贷{text}，下周二15:30再约")] == [yuan]


@pytest.mark.parametrize(
    "text",
    [
        "3.5%",
        "13812345678",
        "12月3日",
        "2026-12-01",
        "1200人",
        "20万人",
        "in 3 months",
        "15:30",
        "3号楼",
        "91310000MA1FL5XW0A",
        "300台设备",
        "5 people",
        "next week",
    ],
)
def test_other_figures_are_no_sums(text: str) -> None:
    assert find_amounts(text) == []


@given(st.integers(1, 99_999))
def test_wan_and_its_sum_agree(wan: int) -> None:
    assert read_money(f"{wan}万") == wan * 10_000 * 100
    assert read_money(f"¥{wan * 10_000:,}") == wan * 10_000 * 100


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    for amount in find_amounts(text):
        start, end = amount.span
        assert text[start:end].strip() == amount.text
        assert amount.fen > 0
