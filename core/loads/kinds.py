"""LOADS: what can be loaded, as data. Facts come from the sections; series are written here.

A row of a fact names its customer by the bank's number or the credit code, a row of a series its
account. What makes a row known again is its key, with the customer or account in front unless the
key is the whole bank's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.facts.kinds import Day, Money, Words
from core.facts.section import Field
from core.facts.sections import SECTIONS
from core.i18n import LOCALES, N_, texts
from core.loads import customer_fields
from storage.models import Balance, Customer, Flow

if TYPE_CHECKING:
    from tortoise.models import Model

    from core.facts.section import Section


@dataclass(frozen=True, slots=True)
class LoadKind:
    """One kind of file."""

    name: str
    model: type[Model]
    fields: tuple[Field, ...]
    #: the columns that make a row known again
    key: tuple[str, ...]
    #: the column that says whose row it is; none where the row is the customer
    parent: Literal["customer_id", "account_id", ""]
    #: rows carry source, day and an end
    is_fact: bool = True
    #: no two customers share a key
    bank_wide_key: bool = False

    @property
    def whole_key(self) -> tuple[str, ...]:
        """The key with the customer or account, where it needs one."""
        return self.key if self.bank_wide_key else (self.parent, *self.key)


#: by which a row says whose it is
OWNERS: dict[str, tuple[str, ...]] = {
    "customer": ("customer", "customer_id", "customer no", "客户号", "客户编号"),
    "customer_credit_code": ("credit_code", "customer_credit_code", "统一社会信用代码",
                             "信用代码"),
    "account": ("account", "account_number", "account no", "number", "账号", "账户"),
}  # fmt: skip
AS_OF = ("as_of", "as of", "数据日期", "截至日期")


def _of_section(section: Section) -> LoadKind:
    return LoadKind(
        section.name, section.model, section.fields, section.key, "customer_id",
        bank_wide_key=section.bank_wide_key,
    )  # fmt: skip


BALANCES = LoadKind(
    "balances", Balance,
    (
        Field("day", N_("Day"), Day(), ("date", "日期"), needed=True),
        Field("balance_fen", N_("Balance"), Money(negative=True), ("balance",), needed=True),
    ),
    key=("day",), parent="account_id", is_fact=False,
)  # fmt: skip

TRANSACTIONS = LoadKind(
    "transactions", Flow,
    (
        Field("reference", N_("Reference"), Words(40), ("流水号", "交易流水号"), needed=True),
        Field("day", N_("Day"), Day(), ("date", "日期", "交易日期"), needed=True),
        Field("amount_fen", N_("Amount"), Money(negative=True), ("amount", "交易金额"),
              needed=True),
        Field("counterparty", N_("Counterparty"), Words(120), ("对方户名", "对手方")),
        Field("summary", N_("Summary"), Words(120), ("摘要",)),
    ),
    key=("reference",), parent="account_id", is_fact=False, bank_wide_key=True,
)  # fmt: skip

CUSTOMERS = LoadKind(
    "customers", Customer, customer_fields.FIELDS,
    key=("external_id",), parent="", bank_wide_key=True,
)  # fmt: skip

LOADS: dict[str, LoadKind] = {
    CUSTOMERS.name: CUSTOMERS,
    **{
        section.name: _of_section(section)
        for section in SECTIONS.values()
        if section.model is not Customer
    },
    BALANCES.name: BALANCES,
    TRANSACTIONS.name: TRANSACTIONS,
}


def heads_of(field: Field) -> frozenset[str]:
    """Everything that a column of this field may be called."""
    short = field.name.removesuffix("_fen").removesuffix("_bp")
    labels = (texts(locale)(field.label).unescape() for locale in LOCALES)
    return frozenset({field.name, short, *labels, *field.heads})
