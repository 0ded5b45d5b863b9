"""What somebody calls a customer, learnt from what they corrected."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.customers import Customer
from storage.models.organization import Staff


class Nickname(Model):
    """A person's own word for a customer. It means nothing to anybody else."""

    id = fields.BigIntField(primary_key=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    #: as it was typed
    said = fields.CharField(max_length=40)
    #: as it is compared
    folded = fields.CharField(max_length=80)
    made_at = MomentField()
    #: taken away, or the customer is to be seen no longer
    ended_at = MomentField(null=True)

    staff_id: int
    customer_id: int

    class Meta:
        """Table name, key and index."""

        table = "nickname"
        unique_together = (("staff", "folded"),)
        indexes: ClassVar = [Index(fields=("customer_id",), name="nickname_customer")]
