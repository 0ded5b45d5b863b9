"""What to beware of, what could be offered next, and what a statement says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.facts.vocabulary import HELD_PRODUCTS
from core.i18n import texts
from core.rules.cautions import SOON, Dealing, Standing, cautions
from core.rules.next_product import LENDING, SUITED, next_product
from core.rules.ratios import Figures, current_ratio, debt_ratio, growth, net_margin
from core.vocabulary import INDUSTRIES

TODAY = date(2026, 11, 23)
WAN = 10_000 * 100


def said(standing: Standing, locale: str = "zh") -> list[str]:
    return [str(texts(locale).of(one.text(locale))) for one in cautions(standing)]


def test_a_good_customer_has_no_cautions() -> None:
    line = Dealing(matures=TODAY + timedelta(days=400), owed_fen=WAN)
    assert said(Standing(TODAY, dealings=(line,))) == []


def test_the_gravest_stands_first_in_both_languages() -> None:
    standing = Standing(
        TODAY, "at_risk", TODAY + timedelta(days=10),
        (
            Dealing(TODAY + timedelta(days=60), 500 * WAN, bank="宁波银行"),
            Dealing(TODAY - timedelta(days=3), 300 * WAN, 20 * WAN, "mention"),
        ),
        "complaint",
    )  # fmt: skip
    assert said(standing) == [
        "逾期 ¥20万", "贷款分类：关注", "最近一次联系有投诉", "有流失风险",
        "我行 ¥300万 已到期 3 天", "宁波银行 ¥500万，60 天后到期", "营业执照 2026-12-03 到期",
    ]  # fmt: skip
    assert said(standing, "en")[0] == "Overdue ¥200k"
    assert said(standing, "en")[5] == "宁波银行: ¥5m matures in 60 days"


@given(st.integers(-400, 400))
def test_a_loan_is_told_of_from_ninety_days_before_to_a_month_after(days: int) -> None:
    standing = Standing(TODAY, dealings=(Dealing(TODAY + timedelta(days=days), WAN),))
    assert bool(said(standing)) is (-30 <= days <= SOON.days)


@given(st.sampled_from([*INDUSTRIES, ""]), st.sets(st.sampled_from(list(HELD_PRODUCTS))))
def test_what_is_offered_suits_the_trade_and_is_not_held(industry: str, held: set[str]) -> None:
    offered = next_product(industry, held)
    if offered is None:
        left = [one for one in SUITED.get(industry, ()) if one not in held]
        assert all(one in LENDING and held & LENDING for one in left)
    else:
        assert offered in SUITED[industry]
        assert offered not in held
        assert offered in HELD_PRODUCTS


def test_the_ratios_are_those_of_the_textbook() -> None:
    figures = Figures(1000, 56, 2000, 900, 700, 450)
    assert debt_ratio(figures) == pytest.approx(0.35)
    assert current_ratio(figures) == pytest.approx(2.0)
    assert net_margin(figures) == pytest.approx(0.056)
    assert growth(1200, 1000) == pytest.approx(0.2)


def test_a_ratio_of_the_unknown_is_unknown() -> None:
    assert debt_ratio(Figures(liabilities=1)) is None
    assert current_ratio(Figures(current_assets=5, current_liabilities=0)) is None
    assert growth(None, 5) is None
    assert growth(5, 0) is None
