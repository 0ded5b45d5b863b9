"""Promises between the bank and a firm."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.activities import Activity
from storage.models.customers import Customer
from storage.models.organization import Staff


class Promise(Model):
    """Something that was promised, by whom, until when, and what became of it."""

    id = fields.BigIntField(primary_key=True)
    #: the command that made it, a repeat of the command finds it
    key = fields.CharField(max_length=90, unique=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    #: ours (the bank to the firm), theirs
    direction = fields.CharField(max_length=6)
    text = fields.CharField(max_length=120)
    due = fields.DateField(null=True)
    #: the record whose note it was taken from
    activity: fields.ForeignKeyNullableRelation[Activity] = fields.ForeignKeyField(
        "storage.Activity", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    made_at = MomentField()
    made_by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: open, kept, late (kept after its day), broken, withdrawn
    status = fields.CharField(max_length=10, default="open")
    settled_at = MomentField(null=True)
    settled_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    customer_id: int
    activity_id: int | None
    made_by_id: int
    settled_by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "promise"
        indexes: ClassVar = [
            Index(fields=("customer_id", "status"), name="promise_customer"),
            Index(fields=("activity_id",), name="promise_activity"),
        ]
