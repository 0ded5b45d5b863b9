"""Who may come in over HTTP, what they were answered, and which systems are told what happens."""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.organization import Staff


class ApiToken(Model):
    """A key to the API that acts as one staff member. Revoked, never deleted."""

    id = fields.BigIntField(primary_key=True)
    #: SHA-256 of the secret, which is told once and not kept
    secret_hash = fields.CharField(max_length=64, unique=True)
    #: what it is for, in the words of who made it
    name = fields.CharField(max_length=80)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="api_tokens", on_delete=fields.RESTRICT
    )
    #: what it may be used for, ["customers:read", "activities:write"]
    scopes: Any = fields.JSONField()
    created_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="api_tokens_made", null=True, on_delete=fields.RESTRICT
    )
    created_at = MomentField()
    expires_at = MomentField()
    #: noted once a minute at most
    last_used_at = MomentField(null=True)
    revoked_at = MomentField(null=True)

    staff_id: int
    created_by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "api_token"
        indexes: ClassVar = [Index(fields=("staff_id",), name="api_token_staff")]


class ApiAnswer(Model):
    """What a request with an idempotency key was answered, for when it comes again."""

    id = fields.BigIntField(primary_key=True)
    token_id = fields.BigIntField()
    key = fields.CharField(max_length=120)
    #: SHA-256 of method, path and body
    request_hash = fields.CharField(max_length=64)
    #: 0 while the first request is being done
    status = fields.IntField(default=0)
    body = fields.TextField(default="")
    location = fields.CharField(max_length=200, default="")
    #: milliseconds since 1970 in UTC
    created_at = fields.BigIntField()

    class Meta:
        """Table name, key and indexes."""

        table = "api_answer"
        unique_together: ClassVar = (("token_id", "key"),)
        indexes: ClassVar = [Index(fields=("created_at",), name="api_answer_created")]


class Subscription(Model):
    """A system that is told what happens, within what one staff member may see."""

    id = fields.BigIntField(primary_key=True)
    url = fields.CharField(max_length=400)
    #: signs what is sent, so it is kept as it is
    secret = fields.CharField(max_length=80)
    #: what it wants to hear of, ["activity.logged"]
    events: Any = fields.JSONField()
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="subscriptions", on_delete=fields.RESTRICT
    )
    created_by: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="subscriptions_made", null=True, on_delete=fields.RESTRICT
    )
    created_at = MomentField()
    ended_at = MomentField(null=True)

    staff_id: int
    created_by_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "subscription"
        indexes: ClassVar = [Index(fields=("ended_at",), name="subscription_ended")]


class Announcement(Model):
    """Something that a subscriber is still to be told, or was, at least once.

    Moments are milliseconds since 1970 in UTC.
    """

    id = fields.BigIntField(primary_key=True)
    subscription_id = fields.BigIntField()
    event = fields.CharField(max_length=40)
    body = fields.TextField()
    #: pending, sent, dead, withdrawn
    status = fields.CharField(max_length=10, default="pending")
    attempts = fields.IntField(default=0)
    #: when it is due, and while somebody is sending it, when another may try
    not_before = fields.BigIntField(default=0)
    created_at = fields.BigIntField()
    sent_at = fields.BigIntField(null=True)
    error = fields.CharField(max_length=80, default="")

    class Meta:
        """Table name and indexes."""

        table = "announcement"
        indexes: ClassVar = [
            Index(fields=("status", "not_before"), name="announcement_due"),
            Index(fields=("subscription_id", "status"), name="announcement_subscription"),
        ]
