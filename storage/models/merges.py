"""Two customers that were found to be one firm, and how to part them again."""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.customers import Customer
from storage.models.organization import Staff


class Merge(Model):
    """One customer's rows went over to another, with what is needed to bring them back."""

    id = fields.BigIntField(primary_key=True)
    kept: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    merged: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    at = MomentField()
    by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: table and column → ids of the rows that went over
    moved: Any = fields.JSONField()
    #: how many rows stayed, because the other customer has the same ones
    stayed = fields.IntField(default=0)
    #: column → what the kept customer got where it had nothing
    filled: Any = fields.JSONField()
    #: the merged customer's owner and last contact before
    before: Any = fields.JSONField()
    undone_at = MomentField(null=True)
    undone_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    kept_id: int
    merged_id: int
    by_id: int
    undone_by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "merge"
        indexes: ClassVar = [
            Index(fields=("kept_id",), name="merge_kept"),
            Index(fields=("merged_id",), name="merge_merged"),
        ]
