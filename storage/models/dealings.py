"""What a customer does with the bank: accounts, flows, products, credit, and what it brings."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.models.customers import Customer
from storage.models.facts import Fact


class Account(Fact):
    """An account with us (D3), with its balance as of a day."""

    number = fields.CharField(max_length=32, unique=True)
    #: the last four of the number, which people remember
    tail = fields.CharField(max_length=4)
    #: a code of core/vocabulary.py: basic, ordinary, deposit, loan, margin, other
    kind = fields.CharField(max_length=12, default="ordinary")
    currency = fields.CharField(max_length=3, default="CNY")
    opened = fields.DateField(null=True)
    closed = fields.DateField(null=True)
    #: in fen (cents of the currency), of a loan, what is owed
    balance_fen = fields.BigIntField(null=True)
    #: daily averages of this month and this year, in fen
    month_average_fen = fields.BigIntField(null=True)
    year_average_fen = fields.BigIntField(null=True)

    class Meta:
        """Table name and indexes."""

        table = "account"
        indexes: ClassVar = [
            Index(fields=("customer_id",), name="account_customer"),
            Index(fields=("tail",), name="account_tail"),
        ]


class Balance(Model):
    """An account's balance at the end of a day: a point of a curve."""

    id = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "storage.Account", related_name=False, on_delete=fields.RESTRICT
    )
    day = fields.DateField()
    balance_fen = fields.BigIntField()

    account_id: int

    class Meta:
        """Table name and key."""

        table = "balance"
        unique_together = (("account", "day"),)


class Flow(Model):
    """One transaction on an account, as the core banking system booked it."""

    id = fields.BigIntField(primary_key=True)
    #: the booking's own number
    reference = fields.CharField(max_length=40, unique=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "storage.Account", related_name=False, on_delete=fields.RESTRICT
    )
    day = fields.DateField()
    #: positive into the account, negative out of it, in fen
    amount_fen = fields.BigIntField()
    counterparty = fields.CharField(max_length=120, default="")
    summary = fields.CharField(max_length=120, default="")

    account_id: int

    class Meta:
        """Table name and indexes."""

        table = "flow"
        indexes: ClassVar = [Index(fields=("account_id", "day"), name="flow_account_day")]


class Holding(Fact):
    """A product of ours that the customer uses."""

    #: a code of core/vocabulary.py
    product = fields.CharField(max_length=20)
    since = fields.DateField(null=True)
    amount_fen = fields.BigIntField(null=True)
    matures = fields.DateField(null=True)

    class Meta:
        """Table name and key."""

        table = "holding"
        unique_together = (("customer", "product"),)


class CreditLine(Fact):
    """A credit line: how much, how much of it is drawn, against what, until when."""

    #: the number of the contract
    number = fields.CharField(max_length=40)
    product = fields.CharField(max_length=20, default="working_capital")
    limit_fen = fields.BigIntField()
    drawn_fen = fields.BigIntField(default=0)
    #: cash margin, which is no exposure
    margin_fen = fields.BigIntField(default=0)
    #: per year, in basis points
    rate_bp = fields.IntField(null=True)
    #: a code: mortgage, pledge, guarantee, unsecured
    security = fields.CharField(max_length=12, default="unsecured")
    collateral = fields.CharField(max_length=120, default="")
    collateral_fen = fields.BigIntField(null=True)
    matures = fields.DateField(null=True)
    #: five-grade classification: normal, mention, substandard, doubtful, loss
    classification = fields.CharField(max_length=12, default="normal")
    overdue_fen = fields.BigIntField(default=0)

    class Meta:
        """Table name, key and indexes."""

        table = "credit_line"
        unique_together = (("customer", "number"),)
        indexes: ClassVar = [Index(fields=("matures",), name="credit_line_matures")]


class Contribution(Fact):
    """What a customer brought the bank in a month, in fen (docs/contribution.md)."""

    #: the first of the month
    month = fields.DateField()
    deposit_income_fen = fields.BigIntField(default=0)
    loan_income_fen = fields.BigIntField(default=0)
    fee_income_fen = fields.BigIntField(default=0)
    cost_fen = fields.BigIntField(default=0)
    risk_cost_fen = fields.BigIntField(default=0)

    class Meta:
        """Table name and key."""

        table = "contribution"
        unique_together = (("customer", "month"),)


class Look(Model):
    """When somebody last looked at a customer, so that the profile can say what is new."""

    id = fields.BigIntField(primary_key=True)
    staff_id = fields.BigIntField()
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    #: milliseconds since 1970 in UTC, as all that is only compared
    at = fields.BigIntField()
    #: the look before the present round of looks: news is what came after it
    before_at = fields.BigIntField(null=True)

    customer_id: int

    class Meta:
        """Table name and key."""

        table = "look"
        unique_together = (("staff_id", "customer"),)
