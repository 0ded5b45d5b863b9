"""What leaders plan for their people."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.activities import FollowUp
from storage.models.organization import Staff


class LeaderPlan(Model):
    """A follow-up that a leader planned for somebody, and what that person says to it."""

    id = fields.BigIntField(primary_key=True)
    follow_up: fields.ForeignKeyRelation[FollowUp] = fields.ForeignKeyField(
        "storage.FollowUp", related_name=False, on_delete=fields.RESTRICT
    )
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: waiting, accepted, declined, countered (another time is proposed), withdrawn
    status = fields.CharField(max_length=10, default="waiting")
    asked_at = MomentField()
    #: when the leader is told that there is no answer, and when that was done
    late_at = MomentField()
    late_told_at = MomentField(null=True)
    answered_at = MomentField(null=True)
    #: why it was declined: a code of core/vocabulary.py
    reason = fields.CharField(max_length=12, default="")
    note = fields.CharField(max_length=400, default="")
    #: the other time that was proposed
    proposed_at = MomentField(null=True)
    proposed_all_day = fields.BooleanField(default=False)
    #: how long it takes then, null keeps the length
    proposed_minutes = fields.SmallIntField(null=True)

    follow_up_id: int
    staff_id: int
    by_id: int

    class Meta:
        """Table name and indexes."""

        table = "leader_plan"
        indexes: ClassVar = [
            Index(fields=("follow_up_id",), name="leader_plan_follow_up"),
            Index(fields=("staff_id", "status"), name="leader_plan_staff"),
            Index(fields=("by_id", "status"), name="leader_plan_by"),
            Index(fields=("status", "late_told_at", "late_at"), name="leader_plan_late"),
        ]
