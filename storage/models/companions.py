"""Who else is at a visit: the second officer of a credit visit, somebody who goes along."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.activities import Activity, FollowUp
from storage.models.organization import Staff


class Companion(Model):
    """A colleague who is asked to be, or to say that they were, at somebody's visit."""

    id = fields.BigIntField(primary_key=True)
    #: the command that made it, a repeat of the command finds it
    key = fields.CharField(max_length=90, unique=True)
    #: second (the second officer of a credit visit), joint (goes along)
    duty = fields.CharField(max_length=8)
    #: the plan that they were asked for
    follow_up: fields.ForeignKeyNullableRelation[FollowUp] = fields.ForeignKeyField(
        "storage.FollowUp", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    #: the record of the visit
    activity: fields.ForeignKeyNullableRelation[Activity] = fields.ForeignKeyField(
        "storage.Activity", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    asked_by: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: the last time, a correction of the record asks again
    asked_at = MomentField()
    #: waiting, confirmed, refused, withdrawn
    status = fields.CharField(max_length=10, default="waiting")
    answered_at = MomentField(null=True)
    #: why they refused
    why = fields.CharField(max_length=200, default="")

    follow_up_id: int | None
    activity_id: int | None
    staff_id: int
    asked_by_id: int

    class Meta:
        """Table name and indexes."""

        table = "companion"
        indexes: ClassVar = [
            Index(fields=("activity_id",), name="companion_activity"),
            Index(fields=("follow_up_id",), name="companion_follow_up"),
            Index(fields=("staff_id", "status"), name="companion_staff"),
            Index(fields=("status", "duty"), name="companion_waiting"),
        ]
