"""Who was at a firm's door, when, and how far from its address."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.activities import Activity
from storage.models.customers import Customer
from storage.models.organization import Staff


class CheckIn(Model):
    """A place that somebody shared at a customer's door. Nothing is noted but what was shared."""

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=80, unique=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    at = MomentField()
    latitude = fields.FloatField()
    longitude = fields.FloatField()
    #: to the address, in metres, null where the address has no place
    distance_m = fields.IntField(null=True)
    left_at = MomentField(null=True)
    #: the record of the visit
    activity: fields.ForeignKeyNullableRelation[Activity] = fields.ForeignKeyField(
        "storage.Activity", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    customer_id: int
    staff_id: int
    activity_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "check_in"
        indexes: ClassVar = [
            Index(fields=("staff_id", "at"), name="check_in_staff"),
            Index(fields=("customer_id", "at"), name="check_in_customer"),
            Index(fields=("activity_id",), name="check_in_activity"),
        ]
