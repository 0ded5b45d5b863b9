"""Messages that tell of several alerts: which ones, so that each can be acted on in its place."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField
from storage.models.alerts import Alert
from storage.models.organization import Staff


class Telling(Model):
    """One such message, to one person."""

    id = fields.BigIntField(primary_key=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name=False, on_delete=fields.RESTRICT
    )
    #: several, late (nobody acted on them), morning (the day's digest)
    kind = fields.CharField(max_length=8)
    #: the day on the person's clock, after which a digest says no more of what is due
    day = fields.DateField()
    made_at = MomentField()

    staff_id: int

    class Meta:
        """Table name and indexes."""

        table = "telling"
        indexes: ClassVar = [Index(fields=("staff_id", "day"), name="telling_staff")]


class Told(Model):
    """An alert in such a message, at its number."""

    id = fields.BigIntField(primary_key=True)
    telling: fields.ForeignKeyRelation[Telling] = fields.ForeignKeyField(
        "storage.Telling", related_name=False, on_delete=fields.CASCADE
    )
    alert: fields.ForeignKeyRelation[Alert] = fields.ForeignKeyField(
        "storage.Alert", related_name=False, on_delete=fields.RESTRICT
    )
    #: from 1 on, in the order of the message
    place = fields.IntField()

    telling_id: int
    alert_id: int

    class Meta:
        """Table name and indexes."""

        table = "told"
        unique_together = (("telling", "alert"),)
        indexes: ClassVar = [Index(fields=("alert_id",), name="told_alert")]
