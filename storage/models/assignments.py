"""Whose customer it is: how that changed, who helps, who stands in, and the rules of the pool."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.customers import Customer
from storage.models.organization import Staff, Unit


class Assignment(Model):
    """One change of a customer's owner: from whom to whom, why, and what became of it."""

    id = fields.BigIntField(primary_key=True)
    #: the command that made it, with the customer's id
    key = fields.CharField(max_length=100, unique=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name="assignments", on_delete=fields.RESTRICT
    )
    #: assign, reassign, release, claim, recycle, hand_over, restore
    kind = fields.CharField(max_length=12)
    #: null where it came from the pool, or goes there
    from_staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="assignments_from", null=True, on_delete=fields.RESTRICT
    )
    to_staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="assignments_to", null=True, on_delete=fields.RESTRICT
    )
    from_unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "storage.Unit", related_name="assignments_from", on_delete=fields.RESTRICT
    )
    to_unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "storage.Unit", related_name="assignments_to", on_delete=fields.RESTRICT
    )
    #: a code of the bank's lists (core/vocabulary.py)
    reason = fields.CharField(max_length=24)
    note = fields.CharField(max_length=400, default="")
    #: null where the system did it
    by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="assignments_made", null=True, on_delete=fields.RESTRICT
    )
    at = MomentField()
    #: the hand-over that it is part of
    batch = fields.CharField(max_length=80, null=True)
    #: until when the new owner is to accept, null where nobody has to
    accept_by = MomentField(null=True)
    accepted_at = MomentField(null=True)
    declined_at = MomentField(null=True)
    #: the leader was told that it was not accepted in time
    late_told_at = MomentField(null=True)
    #: the old owner objected to a recycling, once
    appealed_at = MomentField(null=True)
    appeal = fields.CharField(max_length=400, default="")
    #: upheld, rejected
    ruling = fields.CharField(max_length=8, null=True)
    ruled_at = MomentField(null=True)

    customer_id: int
    from_staff_id: int | None
    to_staff_id: int | None
    from_unit_id: int
    to_unit_id: int
    by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "assignment"
        indexes: ClassVar = [
            Index(fields=("customer_id", "at"), name="assignment_customer_at"),
            Index(fields=("from_staff_id", "at"), name="assignment_from_at"),
            Index(fields=("to_staff_id", "accepted_at", "accept_by"), name="assignment_to_accept"),
            Index(fields=("accept_by",), name="assignment_accept_by"),
            Index(fields=("batch",), name="assignment_batch"),
        ]


class Collaboration(Model):
    """A second person who reads or works on a customer beside the owner. Ended, never deleted."""

    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name="collaborations", on_delete=fields.RESTRICT
    )
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="collaborations", on_delete=fields.RESTRICT
    )
    #: read, write
    level = fields.CharField(max_length=8)
    given_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="collaborations_given", null=True, on_delete=fields.RESTRICT
    )
    given_at = MomentField()
    ended_at = MomentField(null=True)

    customer_id: int
    staff_id: int
    given_by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "collaboration"
        indexes: ClassVar = [
            Index(fields=("staff_id", "ended_at"), name="collaboration_staff"),
            Index(fields=("customer_id", "ended_at"), name="collaboration_customer"),
        ]


class StandIn(Model):
    """Somebody does an absent colleague's work for a while. Ended, never deleted."""

    id = fields.BigIntField(primary_key=True)
    absent: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="absences", on_delete=fields.RESTRICT
    )
    substitute: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="stands_in", on_delete=fields.RESTRICT
    )
    from_at = MomentField()
    until_at = MomentField()
    created_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="stand_ins_made", null=True, on_delete=fields.RESTRICT
    )
    created_at = MomentField()
    #: set where it was called off or cut short
    ended_at = MomentField(null=True)

    absent_id: int
    substitute_id: int
    created_by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "stand_in"
        indexes: ClassVar = [
            Index(fields=("substitute_id", "ended_at"), name="stand_in_substitute"),
            Index(fields=("absent_id", "ended_at"), name="stand_in_absent"),
        ]


class Recycling(Model):
    """A customer untouched for too long: proposed for the pool, first to the owner, then led."""

    id = fields.BigIntField(primary_key=True)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "storage.Customer", related_name="recyclings", on_delete=fields.RESTRICT
    )
    owner: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="recyclings", on_delete=fields.RESTRICT
    )
    #: when the owner was told
    proposed_at = MomentField()
    #: when the leader is to rule, unless the owner was in touch before
    leader_at = MomentField()
    leader_told_at = MomentField(null=True)
    #: kept, recycled, touched
    outcome = fields.CharField(max_length=10, null=True)
    settled_at = MomentField(null=True)

    customer_id: int
    owner_id: int

    class Meta:
        """Table name and indexes."""

        table = "recycling"
        indexes: ClassVar = [
            Index(fields=("customer_id", "settled_at"), name="recycling_customer"),
            Index(fields=("settled_at", "leader_told_at", "leader_at"), name="recycling_due"),
            Index(fields=("owner_id", "settled_at"), name="recycling_owner"),
        ]


class PoolRule(Model):
    """How customers of a grade go to the shared pool and out of it again."""

    grade = fields.CharField(max_length=2, primary_key=True)
    #: how many customers of the grade one person may keep when claiming more
    claim_cap = fields.IntField()
    #: untouched for so many working days, a customer is proposed for the pool
    idle_workdays = fields.IntField()
    #: who lost or released a customer may claim it again only after so many days
    cool_down_days = fields.IntField()

    class Meta:
        """Table name."""

        table = "pool_rule"
