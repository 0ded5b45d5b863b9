"""Ratios of a financial statement, as a credit officer reads them. All in fen, none rounded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What of a statement the ratios are made from; None where it is not known."""

    revenue: int | None = None
    profit: int | None = None
    assets: int | None = None
    current_assets: int | None = None
    liabilities: int | None = None
    current_liabilities: int | None = None


def debt_ratio(figures: Figures) -> float | None:
    """资产负债率: total liabilities ÷ total assets."""
    return _share(figures.liabilities, figures.assets)


def current_ratio(figures: Figures) -> float | None:
    """流动比率: current assets ÷ current liabilities."""
    return _share(figures.current_assets, figures.current_liabilities)


def net_margin(figures: Figures) -> float | None:
    """销售净利率: net profit ÷ revenue."""
    return _share(figures.profit, figures.revenue)


def growth(now: int | None, before: int | None) -> float | None:
    """How much more than in the like period before: 0.25 is a quarter more."""
    share = _share(now, before)
    return None if share is None else share - 1


def _share(part: int | None, whole: int | None) -> float | None:
    """None where either is unknown, or nothing can be divided by it."""
    return None if part is None or whole is None or whole <= 0 else part / whole
