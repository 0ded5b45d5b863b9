"""Which product of ours a customer could use next: what suits its trade and is not held yet.

A table, not a model: what the bank's product managers would name first for firms of a section of
GB/T 4754, in their order. Replace it by the bank's own table when there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_MAKES = ("working_capital", "payroll", "bill_discount", "online_banking", "agreement_deposit",
          "supply_chain", "wealth")  # fmt: skip
_SELLS = ("acquiring", "working_capital", "letter_of_credit", "bill_discount", "fx", "wealth")
_BUILDS = ("guarantee", "working_capital", "payroll", "factoring", "agreement_deposit")
_SERVES = ("payroll", "online_banking", "wealth", "agreement_deposit", "credit_loan")
_SHOPS = ("acquiring", "payroll", "credit_loan", "insurance")

SUITED: dict[str, tuple[str, ...]] = {
    "A": ("credit_loan", "acquiring", "insurance"),
    "C": _MAKES,
    "D": _MAKES,
    "E": _BUILDS,
    "F": _SELLS,
    "G": ("working_capital", "factoring", "payroll", "acquiring", "insurance"),
    "H": _SHOPS,
    "I": _SERVES,
    "L": _SERVES,
    "M": _SERVES,
    "N": _BUILDS,
    "O": _SHOPS,
    "P": _SERVES,
    "Q": _SERVES,
    "R": _SHOPS,
}
#: one of them stands for the others: who has a loan is not offered another
LENDING = frozenset({"working_capital", "credit_loan", "mortgage_loan", "supply_chain",
                     "fixed_asset"})  # fmt: skip


def next_product(industry: str, held: Collection[str]) -> str | None:
    """The first suited product that is not held; None where there is none, or nothing is known."""
    borrows = bool(LENDING & set(held))
    for product in SUITED.get(industry, ()):
        if product not in held and not (borrows and product in LENDING):
            return product
    return None
