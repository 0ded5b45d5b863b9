"""Facts that crossed a line, and how far the looking for them has got."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.customers import Customer


class Crossing(Model):
    """A fact of a customer that crossed a line, told once."""

    id = fields.BigIntField(primary_key=True)
    #: a code of core/rules/crossings.py
    kind = fields.CharField(max_length=20)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    #: whose fact it is: customer, account, credit_line, …, with its id
    subject = fields.CharField(max_length=60)
    #: which line of that subject: a day and how many days were left, a booking, the day it began
    mark = fields.CharField(max_length=60)
    #: the day that the fact is of or will be on
    day = fields.DateField(null=True)
    amount_fen = fields.BigIntField(null=True)
    #: what it was before, of a fall
    before_fen = fields.BigIntField(null=True)
    found_at = MomentField()
    #: when it was true no longer
    ended_at = MomentField(null=True)

    customer_id: int

    class Meta:
        """Table name, key and index."""

        table = "crossing"
        unique_together = (("subject", "kind", "mark"),)
        indexes: ClassVar = [Index(fields=("customer_id",), name="crossing_customer")]


class Sweep(Model):
    """How far a job has got that looks at every customer."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=20, unique=True)
    #: the bank's day of this pass
    day = fields.DateField()
    began_at = MomentField()
    #: the last customer that was looked at
    last_id = fields.BigIntField(default=0)
    ended_at = MomentField(null=True)

    class Meta:
        """Table name."""

        table = "sweep"
