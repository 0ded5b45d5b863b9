"""Plans that repeat."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.activities import Activity
from storage.models.customers import Customer
from storage.models.organization import Staff


class Series(Model):
    """What is planned again and again: for whom, by which rule, until when."""

    id = fields.BigIntField(primary_key=True)
    #: the command that made it, a repeat of the command finds it
    key = fields.CharField(max_length=90, unique=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    owner: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    created_by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: the record in which it was agreed
    activity: fields.ForeignKeyNullableRelation[Activity] = fields.ForeignKeyField(
        "storage.Activity", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=12, default="visit")
    purpose = fields.CharField(max_length=400, default="")
    #: an RRULE of core/rules/recurrence.py
    rule = fields.CharField(max_length=120)
    #: the rule's own first day
    begins = fields.DateField()
    #: minutes after midnight on the owner's clock, null for the whole day
    at_minute = fields.SmallIntField(null=True)
    #: how long it takes, null takes the usual length of its kind
    minutes = fields.SmallIntField(null=True)
    #: when to remind, null takes the owner's usual lead
    lead_minutes = fields.IntField(null=True)
    #: the last day, or how often, neither goes on until it is ended
    ends_on = fields.DateField(null=True)
    times = fields.SmallIntField(null=True)
    #: the rule's next day for which nothing is planned yet, null where none is left
    next_on = fields.DateField(null=True)
    #: running, ended, replaced (it goes on as another one)
    state = fields.CharField(max_length=10, default="running")
    created_at = MomentField()
    ended_at = MomentField(null=True)
    ended_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    #: why it was ended, a code of core/vocabulary.py, empty where the system ended it
    reason = fields.CharField(max_length=12, default="")
    note = fields.CharField(max_length=400, default="")
    #: the one that it goes on from
    replaces: fields.ForeignKeyNullableRelation[Series] = fields.ForeignKeyField(
        "storage.Series", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    customer_id: int
    owner_id: int
    created_by_id: int
    activity_id: int | None
    ended_by_id: int | None
    replaces_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "series"
        indexes: ClassVar = [
            Index(fields=("state", "next_on"), name="series_next"),
            Index(fields=("owner_id", "state"), name="series_owner"),
            Index(fields=("customer_id", "state"), name="series_customer"),
            Index(fields=("activity_id",), name="series_activity"),
        ]
