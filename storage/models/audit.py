"""Who did what, and who looked at what."""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.organization import Staff


class Audit(Model):
    """One line per change or view, written in the transaction of the change. Append only."""

    id = fields.BigIntField(primary_key=True)
    at = MomentField()
    actor: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="audit", null=True, on_delete=fields.RESTRICT
    )
    action = fields.CharField(max_length=40)
    subject = fields.CharField(max_length=20)
    subject_id = fields.BigIntField(null=True)
    detail: Any = fields.JSONField(default=dict)
    #: the update or job that caused it
    cause = fields.CharField(max_length=80, default="")

    actor_id: int | None

    class Meta:
        """Table name and indexes."""

        table = "audit"
        indexes: ClassVar = [
            Index(fields=("subject", "subject_id", "at"), name="audit_subject"),
            Index(fields=("actor_id", "at"), name="audit_actor"),
        ]


class AuditSeal(Model):
    """One link of the chain that the rows of the audit are sealed in. Append only."""

    #: counted without gaps
    number = fields.BigIntField(primary_key=True, generated=False)
    audit_id = fields.BigIntField(unique=True)
    #: SHA-256 over the hash before and the row, see storage/audit_chain.py
    hash = fields.CharField(max_length=64)

    class Meta:
        """Table name."""

        table = "audit_seal"
