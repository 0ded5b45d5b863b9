"""What is computed from the rows of some categories and stands below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import formats
from core.rules import ratios
from core.rules.ratios import Figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.acting import Acting
    from core.facts.reading import FactRow, SectionRows

_PARTS = ("deposit_income_fen", "loan_income_fen", "fee_income_fen")
_COSTS = ("cost_fen", "risk_cost_fen")


def statement_figures(acting: Acting, page: SectionRows) -> list[Markup]:
    """The ratios of the latest statement, and growth against the like period before."""
    if not page.rows:
        return []
    t, last = acting.texts, page.rows[0]
    before = next(
        (row for row in page.rows[1:] if row["months"].value == last["months"].value), None
    )
    figures = _figures(last)
    said = [
        t("Debt ratio {share}", share=_percent(ratios.debt_ratio(figures))),
        t("current ratio {ratio}", ratio=_times(ratios.current_ratio(figures))),
        t("net margin {share}", share=_percent(ratios.net_margin(figures))),
    ]
    if before is not None:
        grown = ratios.growth(last["revenue_fen"].value, before["revenue_fen"].value)
        said.append(t("revenue {change}", change=_change(grown)))
    return [Markup("📐 {}").format(Markup(" · ").join(said))]


def contribution_figures(acting: Acting, page: SectionRows) -> list[Markup]:
    """What each month brought after costs, and the sum of the months shown."""
    t = acting.texts
    if not page.rows:
        return []
    sums = [(row["month"].text, net_of(row)) for row in page.rows]
    listed = [
        Markup("{}  {}").format(month, formats.money(fen, acting.locale)) for month, fen in sums
    ]
    total = formats.money(sum(fen for _, fen in sums), acting.locale)
    return [*listed, t("Sum {total}", total=total)]


def net_of(row: FactRow) -> int:
    """Deposit, loan and fee income less running and risk cost, in fen (docs/contribution.md)."""
    brought = sum(row[name].value or 0 for name in _PARTS)
    return int(brought - sum(row[name].value or 0 for name in _COSTS))


def _figures(row: FactRow) -> Figures:
    return Figures(
        revenue=row["revenue_fen"].value,
        profit=row["profit_fen"].value,
        assets=row["assets_fen"].value,
        current_assets=row["current_assets_fen"].value,
        liabilities=row["liabilities_fen"].value,
        current_liabilities=row["current_liabilities_fen"].value,
    )


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _change(share: float | None) -> str:
    return "—" if share is None else f"{share:+.1%}"


def _times(ratio: float | None) -> str:
    return "—" if ratio is None else f"{ratio:.2f}"


#: a category's name → its lines
FIGURES: dict[str, Callable[[Acting, SectionRows], list[Markup]]] = {
    "statements": statement_figures,
    "contribution": contribution_figures,
}
