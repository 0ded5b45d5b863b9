"""Amounts to be read at a glance have three figures, and say what the exact ones say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats import rounded

UNITS = {"亿": 10**8, "万": 10**4, "bn": 10**9, "m": 10**6, "k": 10**3}


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (1_291_94_00_00, "¥1,292万", "¥12.9m"),
        (1_250_0000_00, "¥1,250万", "¥12.5m"),
        (1_957_4800_00, "¥1,957万", "¥19.6m"),
        (12_3456_7890_00, "¥12.3亿", "¥1.23bn"),
        (-5_000_00, "-¥5,000", "-¥5k"),
        (0, "¥0", "¥0"),
    ],
)  # fmt: skip
def test_a_banker_writes_three_figures(fen: int, zh: str, en: str) -> None:
    assert (rounded(fen, "zh"), rounded(fen, "en")) == (zh, en)


@given(st.integers(-(10**15), 10**15), st.sampled_from(["zh", "en"]))
def test_what_is_rounded_is_off_by_half_a_per_cent_at_most(fen: int, locale: str) -> None:
    text = rounded(fen, locale).replace("¥", "").replace(",", "")
    unit = next((one for one in UNITS if text.endswith(one)), "")
    told = float(text.removesuffix(unit)) * UNITS.get(unit, 1) * 100
    assert abs(told - fen) <= max(abs(fen) * 0.0051, 51)
