"""What every fact about a customer carries: where it comes from, as of when, who wrote it."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.customers import Customer
from storage.models.organization import Staff


class Fact(Model):
    """One fact of a category; its natural key says which rows are the same. Ended, never deleted.

    A row that comes again is changed in place, and what was there before is kept in `change`.
    """

    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    #: a code of core/vocabulary.py: customer, visit, document, registry, warehouse, estimate
    source = fields.CharField(max_length=12, default="customer")
    #: the day that the fact is of, which may lie long before the day it was written
    as_of = fields.DateField(null=True)
    recorded_at = MomentField()
    #: null where a load wrote it
    recorded_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    #: no longer so
    ended_at = MomentField(null=True)

    customer_id: int
    recorded_by_id: int | None

    class Meta:
        """No table of its own."""

        abstract = True
