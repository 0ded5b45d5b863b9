"""The organization: units as a tree, staff, and how staff come in."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField


class Unit(Model):
    """A node of the tree head office → branch → sub-branch → team."""

    id = fields.BigIntField(primary_key=True)
    parent: fields.ForeignKeyNullableRelation[Unit] = fields.ForeignKeyField(
        "storage.Unit", related_name="children", null=True, on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=16)
    name_zh = fields.CharField(max_length=80)
    name_en = fields.CharField(max_length=80)
    #: ids from the root down, "/1/4/9/": a subtree is a prefix
    path = fields.CharField(max_length=120, unique=True)

    parent_id: int | None

    class Meta:
        """Table name."""

        table = "unit"


class Staff(Model):
    """A person who works for the bank. Deactivated, never deleted."""

    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=20, unique=True)
    name_zh = fields.CharField(max_length=60)
    name_en = fields.CharField(max_length=80)
    role = fields.CharField(max_length=20)
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "storage.Unit", related_name="staff", on_delete=fields.RESTRICT
    )
    #: digits with country code, as the personnel record has it
    phone = fields.CharField(max_length=20, unique=True)
    active = fields.BooleanField(default=True)
    locale = fields.CharField(max_length=5, default="zh")
    zone = fields.CharField(max_length=40, default="Asia/Shanghai")
    #: the usual lead time of this person's reminders, in minutes
    lead_minutes = fields.IntField(default=30)
    #: hour from which the person wants only replies, null for the bank's
    quiet_from = fields.SmallIntField(null=True)
    #: hour at which alerts come again, null for the bank's
    quiet_until = fields.SmallIntField(null=True)
    #: when the morning's digest comes, in minutes of the day, null for the bank's
    digest_at = fields.SmallIntField(null=True)
    #: messages with alerts a day, null for the bank's number
    daily_alerts = fields.SmallIntField(null=True)
    #: the chat with the bot, in a private chat it equals the platform's user id
    chat_id = fields.BigIntField(null=True, unique=True)
    enrolled_at = MomentField(null=True)
    unreachable_since = MomentField(null=True)

    unit_id: int

    class Meta:
        """Table name and indexes."""

        table = "staff"
        indexes: ClassVar = [Index(fields=("unit_id", "role"), name="staff_unit_role")]


class Invitation(Model):
    """A single-use code that lets one staff member enrol one chat."""

    id = fields.BigIntField(primary_key=True)
    #: SHA-256 of the code, the code itself is told once and not kept
    code_hash = fields.CharField(max_length=64, unique=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="invitations", on_delete=fields.RESTRICT
    )
    created_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="invitations_made", null=True, on_delete=fields.RESTRICT
    )
    created_at = MomentField()
    expires_at = MomentField()
    #: the chat that opened the link and has yet to share its number
    opened_chat = fields.BigIntField(null=True)
    used_at = MomentField(null=True)
    revoked_at = MomentField(null=True)

    staff_id: int
    created_by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "invitation"
        indexes: ClassVar = [Index(fields=("opened_chat",), name="invitation_opened_chat")]


class EnrolAttempt(Model):
    """One refused attempt to enrol, counted so that guessing can be slowed down."""

    id = fields.BigIntField(primary_key=True)
    chat_id = fields.BigIntField()
    at = MomentField()
    #: wrong_code, used_code, expired_code, wrong_phone, foreign_contact, too_fast
    reason = fields.CharField(max_length=20)

    class Meta:
        """Table name and indexes."""

        table = "enrol_attempt"
        indexes: ClassVar = [Index(fields=("chat_id", "at"), name="enrol_attempt_chat_at")]
