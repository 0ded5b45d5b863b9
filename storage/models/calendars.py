"""Private addresses of people's calendars."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.organization import Staff


class CalendarFeed(Model):
    """An address at which somebody's own follow-ups can be read as a calendar."""

    id = fields.BigIntField(primary_key=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: SHA-256 of the secret part of the address
    secret_hash = fields.CharField(max_length=64, unique=True)
    made_at = MomentField()
    ended_at = MomentField(null=True)

    staff_id: int

    class Meta:
        """Table name and index."""

        table = "calendar_feed"
        indexes: ClassVar = [Index(fields=("staff_id", "ended_at"), name="calendar_feed_staff")]
