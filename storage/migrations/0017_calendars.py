"""Private addresses of people's calendars."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from storage.fields import MomentField


class Migration(migrations.Migration):
    dependencies = [("storage", "0016_promises")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("staff", fields.ForeignKeyField(
                    "storage.Staff", source_field="staff_id", db_constraint=True,
                    to_field="id", related_name=False, on_delete=OnDelete.RESTRICT)),
                ("secret_hash", fields.CharField(
                    max_length=64, unique=True,
                    description="SHA-256 of the secret part of the address")),
                ("made_at", MomentField(auto_now=False, auto_now_add=False)),
                ("ended_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "calendar_feed", "app": "storage",
                "indexes": [Index(fields=["staff_id", "ended_at"], name="calendar_feed_staff")],
                "pk_attr": "id",
                "table_description": "An address at which somebody's own follow-ups can be read as"
                " a calendar.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
