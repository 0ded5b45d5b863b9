"""Loads: each file that came, what became of it, and how far it got."""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.fields import MomentField


class Load(Model):
    """One load of one file."""

    id = fields.BigIntField(primary_key=True)
    #: what it holds: customers, balances, …
    kind = fields.CharField(max_length=16)
    file_name = fields.CharField(max_length=200)
    #: SHA-256 of the file and of how it was read: the same again goes on where it stopped
    fingerprint = fields.CharField(max_length=64)
    #: running, done, failed
    status = fields.CharField(max_length=8, default="running")
    #: cli, api, folder
    origin = fields.CharField(max_length=8)
    #: rows of the file that are behind us, in whole batches
    done_rows = fields.BigIntField(default=0)
    added = fields.BigIntField(default=0)
    changed = fields.BigIntField(default=0)
    unchanged = fields.BigIntField(default=0)
    bad = fields.BigIntField(default=0)
    #: what stopped it, as a code with its fields, null while nothing did
    error: Any = fields.JSONField(null=True)
    began_at = MomentField()
    ended_at = MomentField(null=True)
    by_id = fields.BigIntField(null=True)

    class Meta:
        """Table name and indexes."""

        table = "load"
        indexes: ClassVar = [
            Index(fields=("fingerprint",), name="load_fingerprint"),
            Index(fields=("began_at",), name="load_began"),
        ]
