"""Weekly plans: what was proposed to a person, what was agreed, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.activities import FollowUp
from storage.models.customers import Customer
from storage.models.organization import Staff


class WeeklyPlan(Model):
    """One person's week, proposed by the bank and agreed with the leader."""

    id = fields.BigIntField(primary_key=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: the week's first day
    monday = fields.DateField()
    #: proposed, accepted (by the person), approved (by the leader), returned (with a comment)
    state = fields.CharField(max_length=10, default="proposed")
    comment = fields.CharField(max_length=200, default="")
    proposed_at = MomentField()
    accepted_at = MomentField(null=True)
    #: when the leader was told that it was accepted
    told_at = MomentField(null=True)
    answered_at = MomentField(null=True)
    answered_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    staff_id: int
    answered_by_id: int | None

    class Meta:
        """Table name, key and index."""

        table = "weekly_plan"
        unique_together = (("staff_id", "monday"),)
        indexes: ClassVar = [Index(fields=("state", "told_at"), name="weekly_plan_untold")]


class WeeklyItem(Model):
    """A customer to be in touch with on a day of the plan, and why."""

    id = fields.BigIntField(primary_key=True)
    plan: fields.ForeignKeyRelation[WeeklyPlan] = fields.ForeignKeyField(
        "storage.WeeklyPlan", related_name=False, on_delete=fields.RESTRICT
    )
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name=False, on_delete=fields.RESTRICT
    )
    day = fields.DateField()
    #: a code of core/rules/weekly.py
    reason = fields.CharField(max_length=20)
    #: of the reason: how many days
    days = fields.IntField(null=True)
    #: what it became when it was accepted, or what was planned before
    follow_up: fields.ForeignKeyNullableRelation[FollowUp] = fields.ForeignKeyField(
        "storage.FollowUp", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    #: taken out of the plan
    dropped = fields.BooleanField(default=False)
    #: why it was missed
    miss = fields.CharField(max_length=10, default="")

    plan_id: int
    customer_id: int
    follow_up_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "weekly_item"
        indexes: ClassVar = [
            Index(fields=("plan_id",), name="weekly_item_plan"),
            Index(fields=("customer_id",), name="weekly_item_customer"),
        ]
