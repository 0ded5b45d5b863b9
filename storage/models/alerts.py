"""Alerts: what somebody is to act on, and which of them the bank wants."""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.crossings import Crossing
from storage.models.customers import Customer
from storage.models.organization import Staff


class Alert(Model):
    """Something that somebody is to act on, once."""

    id = fields.BigIntField(primary_key=True)
    #: a code of core/rules/alerts.py
    rule = fields.CharField(max_length=20)
    #: what it is about, so that nothing is told twice
    key = fields.CharField(max_length=80, unique=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: none where it is about something else: a target, a lead, a list
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    crossing: fields.ForeignKeyNullableRelation[Crossing] = fields.ForeignKeyField(
        "storage.Crossing", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    #: what it says where no crossing does
    about: Any = fields.JSONField(null=True)
    #: 3 is told whatever the day's limit, 1 waits for the digest
    importance = fields.IntField()
    made_at = MomentField()
    not_before = MomentField()
    told_at = MomentField(null=True)
    #: when the leader hears of it, where nobody has acted
    escalate_at = MomentField(null=True)
    #: when it had gone up as far as it goes
    escalated_at = MomentField(null=True)
    #: of the unit whose leader heard of it last, empty for nobody
    escalated_path = fields.CharField(max_length=120, default="", db_default="")
    #: how often a leader asked about it, and when last
    nudges = fields.IntField(default=0, db_default=0)
    nudged_at = MomentField(null=True)
    settled_at = MomentField(null=True)
    #: done, dismissed, gone (it is true no longer)
    how = fields.CharField(max_length=10, default="")
    #: why it was dismissed: known, wrong, small
    reason = fields.CharField(max_length=10, default="")
    settled_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    staff_id: int
    customer_id: int | None
    crossing_id: int | None
    settled_by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "alert"
        indexes: ClassVar = [
            Index(fields=("staff_id", "settled_at"), name="alert_staff"),
            Index(fields=("customer_id", "settled_at"), name="alert_customer"),
            Index(fields=("crossing_id",), name="alert_crossing"),
            Index(fields=("told_at", "not_before"), name="alert_untold"),
            Index(fields=("escalated_at", "escalate_at"), name="alert_escalate"),
        ]


class AlertRule(Model):
    """What the bank changed of an alert. The others are as they come."""

    code = fields.CharField(max_length=20, primary_key=True)
    on = fields.BooleanField()
    #: now, digest
    timing = fields.CharField(max_length=8)
    #: the numbers that were changed, each with its values (core/rules/tuning.py)
    numbers: Any = fields.JSONField(null=True)
    #: since when what it finds is only counted: until a whole pass has begun after it and ended
    quiet_at = MomentField(null=True)
    changed_at = MomentField()
    changed_by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )

    changed_by_id: int

    class Meta:
        """Table name."""

        table = "alert_rule"


class AlertRuleChange(Model):
    """Who changed a rule of the bank's, when, and from what to what."""

    id = fields.BigIntField(primary_key=True)
    #: a code of core/rules/alerts.py
    code = fields.CharField(max_length=20)
    changed_at = MomentField()
    changed_by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: what was changed (on, timing, or a number), each with what it was and what it is
    changes: Any = fields.JSONField()

    changed_by_id: int

    class Meta:
        """Table name and index."""

        table = "alert_rule_change"
        indexes: ClassVar = [Index(fields=("code", "changed_at"), name="alert_rule_changed")]


class AlertWish(Model):
    """How a person wants to hear of a topic. The others are as the bank has them."""

    id = fields.BigIntField(primary_key=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: a topic of core/rules/wishes.py
    topic = fields.CharField(max_length=12)
    #: now, digest, off
    how = fields.CharField(max_length=8)
    changed_at = MomentField()

    staff_id: int

    class Meta:
        """Table name and what is unique."""

        table = "alert_wish"
        unique_together = (("staff", "topic"),)
