"""What was done with a customer, what is promised next, and what was attached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.customers import Customer
from storage.models.organization import Staff

if TYPE_CHECKING:
    from storage.models.series import Series


class Activity(Model):
    """A visit, call or other contact. Taken back by a compensating row, never deleted."""

    id = fields.BigIntField(primary_key=True)
    #: the command that made it, a repeat of the command finds it
    key = fields.CharField(max_length=80, unique=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name="activities", on_delete=fields.RESTRICT
    )
    author: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="activities", on_delete=fields.RESTRICT
    )
    #: whom the author stood in for
    acted_for: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="activities_by_others", null=True, on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=12)
    outcome = fields.CharField(max_length=16, null=True)
    note = fields.TextField(default="")
    product = fields.CharField(max_length=16, null=True)
    amount_fen = fields.BigIntField(null=True)
    currency = fields.CharField(max_length=3, default="CNY")
    occurred_at = MomentField()
    #: where occurred_at comes from: stated, asked, message (the moment the phone sent it)
    time_source = fields.CharField(max_length=8)
    #: false where only the day is known
    time_known = fields.BooleanField(default=True)
    recorded_at = MomentField()
    #: set on a compensating row: the record that it takes back
    reverses: fields.ForeignKeyNullableRelation[Activity] = fields.ForeignKeyField(
        "storage.Activity", related_name="reversals", null=True, on_delete=fields.RESTRICT
    )
    reversed_at = MomentField(null=True)
    corrected_at = MomentField(null=True)

    customer_id: int
    author_id: int
    acted_for_id: int | None
    reverses_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "activity"
        indexes: ClassVar = [
            Index(fields=("customer_id", "occurred_at"), name="activity_customer_at"),
            Index(fields=("author_id", "occurred_at"), name="activity_author_at"),
        ]


class ActivityCorrection(Model):
    """One correction of a record, kept beside the original: from what to what."""

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=80, unique=True)
    activity: fields.ForeignKeyRelation[Activity] = fields.ForeignKeyField(
        "storage.Activity", related_name="corrections", on_delete=fields.RESTRICT
    )
    author: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="corrections", on_delete=fields.RESTRICT
    )
    at = MomentField()
    #: {"outcome": {"from": "interested", "to": "done"}}
    changes: Any = fields.JSONField()

    activity_id: int
    author_id: int

    class Meta:
        """Table name and indexes."""

        table = "activity_correction"
        indexes: ClassVar = [Index(fields=("activity_id",), name="activity_correction_activity")]


class FollowUp(Model):
    """What was promised next: a day or a moment, a purpose, and who keeps it."""

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=80, unique=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name="follow_ups", on_delete=fields.RESTRICT
    )
    owner: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="follow_ups", on_delete=fields.RESTRICT
    )
    created_by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="follow_ups_made", on_delete=fields.RESTRICT
    )
    activity: fields.ForeignKeyNullableRelation[Activity] = fields.ForeignKeyField(
        "storage.Activity", related_name="follow_ups", null=True, on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=12, default="visit")
    purpose = fields.CharField(max_length=400, default="")
    #: for an all-day one: 09:00 of that day in the owner's zone
    due_at = MomentField()
    all_day = fields.BooleanField(default=False)
    #: the end that was said, null takes the usual length of its kind
    ends_at = MomentField(null=True)
    lead_minutes = fields.IntField(default=30)
    #: when the next reminder is due, null when none is
    remind_at = MomentField(null=True)
    #: when it counts as overdue (next working morning), and when the leader hears of it
    overdue_at = MomentField()
    escalate_at = MomentField()
    overdue_told_at = MomentField(null=True)
    escalated_at = MomentField(null=True)
    #: when it was asked how it went
    asked_at = MomentField(null=True)
    #: open, done, cancelled
    status = fields.CharField(max_length=10, default="open")
    settled_at = MomentField(null=True)
    #: a code of core/vocabulary.py, empty where the system cancelled it
    cancel_reason = fields.CharField(max_length=12, default="", db_default="")
    cancel_note = fields.CharField(max_length=400, default="", db_default="")
    #: who called it off
    ended_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    #: the record that settled it, when it was settled by logging one
    settled_by: fields.ForeignKeyNullableRelation[Activity] = fields.ForeignKeyField(
        "storage.Activity", related_name="settles", null=True, on_delete=fields.RESTRICT
    )
    #: the series that it was planned by
    series: fields.ForeignKeyNullableRelation[Series] = fields.ForeignKeyField(
        "storage.Series", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    #: the day of the rule that it stands for
    series_on = fields.DateField(null=True)
    created_at = MomentField()

    customer_id: int
    owner_id: int
    created_by_id: int
    activity_id: int | None
    settled_by_id: int | None
    ended_by_id: int | None
    series_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "follow_up"
        indexes: ClassVar = [
            Index(fields=("owner_id", "status", "due_at"), name="follow_up_owner_due"),
            Index(fields=("customer_id", "status", "due_at"), name="follow_up_customer_due"),
            Index(fields=("status", "remind_at"), name="follow_up_remind"),
            Index(fields=("status", "overdue_told_at", "overdue_at"), name="follow_up_overdue"),
            Index(fields=("status", "escalated_at", "escalate_at"), name="follow_up_escalate"),
            Index(fields=("activity_id",), name="follow_up_activity"),
            Index(fields=("status", "asked_at", "due_at"), name="follow_up_asked"),
            Index(fields=("status", "settled_at"), name="follow_up_settled"),
            Index(fields=("series_id", "status", "due_at"), name="follow_up_series"),
        ]


class Attachment(Model):
    """A photo, voice note, document or place that belongs to an activity."""

    id = fields.BigIntField(primary_key=True)
    activity: fields.ForeignKeyRelation[Activity] = fields.ForeignKeyField(
        "storage.Activity", related_name="attachments", on_delete=fields.RESTRICT
    )
    #: photo, voice, document, location
    kind = fields.CharField(max_length=10)
    file_id = fields.CharField(max_length=200, default="")
    file_unique_id = fields.CharField(max_length=80, default="")
    name = fields.CharField(max_length=200, default="")
    mime = fields.CharField(max_length=80, default="")
    size = fields.BigIntField(null=True)
    latitude = fields.FloatField(null=True)
    longitude = fields.FloatField(null=True)
    caption = fields.TextField(default="")
    #: content hash once the bytes are kept (storage/files.py)
    sha256 = fields.CharField(max_length=64, null=True)
    created_at = MomentField()

    activity_id: int

    class Meta:
        """Table name and indexes."""

        table = "attachment"
        indexes: ClassVar = [
            Index(fields=("activity_id",), name="attachment_activity"),
            Index(fields=("sha256", "kind"), name="attachment_sha256"),
        ]
