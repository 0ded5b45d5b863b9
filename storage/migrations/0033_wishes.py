"""What people wish of their alerts."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.operations import AddField

from storage.fields import MomentField

STAFF = (
    ("quiet_from", "hour from which the person wants only replies, null for the bank's"),
    ("quiet_until", "hour at which alerts come again, null for the bank's"),
    ("digest_at", "when the morning's digest comes, in minutes of the day, null for the bank's"),
    ("daily_alerts", "messages with alerts a day, null for the bank's number"),
)


class Migration(migrations.Migration):
    dependencies = [("storage", "0033_tellings")]

    initial = False

    operations = [
        *(
            AddField(
                model_name="Staff",
                name=name,
                field=fields.SmallIntField(null=True, description=description),
            )
            for name, description in STAFF
        ),
        ops.CreateModel(
            name="AlertWish",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("staff", fields.ForeignKeyField(
                    "storage.Staff", source_field="staff_id", db_constraint=True, to_field="id",
                    related_name=False, on_delete=OnDelete.RESTRICT)),
                ("topic", fields.CharField(
                    max_length=12, description="a topic of core/rules/wishes.py")),
                ("how", fields.CharField(max_length=8, description="now, digest, off")),
                ("changed_at", MomentField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "alert_wish", "app": "storage",
                "unique_together": (("staff", "topic"),),
                "pk_attr": "id",
                "table_description": "How a person wants to hear of a topic. The others are as"
                " the bank has them.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
