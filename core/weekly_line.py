"""An item of the weekly plan in one line, and the plan's figures, wherever they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import formats
from core.customers import short_name_of
from core.i18n import N_
from core.rules.weekly import MISSES, REASONS

if TYPE_CHECKING:
    from datetime import date

    from core.i18n import Texts
    from core.weekly_keeping import ItemView, Kept

_MARKS = {"kept": "✅ ", "moved": "➡️ ", "missed": "✕ ", "open": ""}
#: where the days say more
_WITH_DAYS = {
    "silent": N_("no contact for {n} days"),
    "loan_matures": N_("loan of ours matures in {n} days"),
    "elsewhere_matures": N_("loan elsewhere matures in {n} days"),
    "holding_matures": N_("product matures in {n} days"),
    "promise_due": N_("promise {n} days overdue"),
}


def week_name(monday: date, locale: str) -> str:
    """11月30日 周一 / Mon 30 Nov: a week is called by its Monday."""
    return formats.date(monday, locale)


def reason_text(t: Texts, reason: str, days: int | None) -> Markup:
    """Why it is proposed."""
    said = _WITH_DAYS.get(reason)
    return t(said, n=days) if said and days else t(REASONS[reason])


def item_line(t: Texts, locale: str, view: ItemView) -> Markup:
    """<b>华兴机械</b> A · 我行贷款25天后到期."""
    item = view.item
    name = short_name_of(item.customer, locale)
    why = t(MISSES[item.miss]) if item.miss else reason_text(t, item.reason, item.days)
    mark = _MARKS[view.became]
    return Markup("{}<b>{}</b> {} · {}").format(mark, name, item.customer.grade, why)


def figures(t: Texts, kept: Kept) -> Markup:
    """计划10 完成7 (70%)."""
    return t("{kept} of {planned} kept ({percent}%)", kept=kept.kept, planned=kept.planned,
             percent=kept.percent)  # fmt: skip
