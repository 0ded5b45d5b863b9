"""Messages that tell of several alerts."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from storage.fields import MomentField


def _refers(
    table: str, column: str, on_delete: OnDelete = OnDelete.RESTRICT
) -> fields.ForeignKeyRelation:
    return fields.ForeignKeyField(
        table, source_field=column, db_constraint=True, to_field="id", related_name=False,
        on_delete=on_delete,
    )  # fmt: skip


def _id() -> fields.BigIntField:
    return fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)


class Migration(migrations.Migration):
    dependencies = [("storage", "0014_alerts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Telling",
            fields=[
                ("id", _id()),
                ("staff", _refers("storage.Staff", "staff_id")),
                ("kind", fields.CharField(
                    max_length=8,
                    description="several, late (nobody acted on them), morning (the day's"
                    " digest)")),
                ("day", fields.DateField(
                    description="the day on the person's clock, after which a digest says no more"
                    " of what is due")),
                ("made_at", MomentField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "telling", "app": "storage",
                "indexes": [Index(fields=["staff_id", "day"], name="telling_staff")],
                "pk_attr": "id",
                "table_description": "One such message, to one person.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Told",
            fields=[
                ("id", _id()),
                ("telling", _refers("storage.Telling", "telling_id", OnDelete.CASCADE)),
                ("alert", _refers("storage.Alert", "alert_id")),
                ("place", fields.IntField(
                    description="from 1 on, in the order of the message")),
            ],
            options={
                "table": "told", "app": "storage",
                "unique_together": (("telling", "alert"),),
                "indexes": [Index(fields=["alert_id"], name="told_alert")],
                "pk_attr": "id",
                "table_description": "An alert in such a message, at its number.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
