"""Promises between the bank and a firm."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from storage.fields import MomentField


def _refers(table: str, column: str, *, null: bool = False, description: str | None = None) -> (
    fields.ForeignKeyRelation
):
    return fields.ForeignKeyField(
        table, source_field=column, db_constraint=True, to_field="id", related_name=False,
        on_delete=OnDelete.RESTRICT, null=null, description=description,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("storage", "0015_how_it_went")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Promise",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("key", fields.CharField(
                    max_length=90, unique=True,
                    description="the command that made it, a repeat of the command finds it")),
                ("customer", _refers("storage.Customer", "customer_id")),
                ("direction", fields.CharField(
                    max_length=6, description="ours (the bank to the firm), theirs")),
                ("text", fields.CharField(max_length=120)),
                ("due", fields.DateField(null=True)),
                ("activity", _refers(
                    "storage.Activity", "activity_id", null=True,
                    description="the record whose note it was taken from")),
                ("made_at", MomentField(auto_now=False, auto_now_add=False)),
                ("made_by", _refers("storage.Staff", "made_by_id")),
                ("status", fields.CharField(
                    default="open", max_length=10,
                    description="open, kept, late (kept after its day), broken, withdrawn")),
                ("settled_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("settled_by", _refers("storage.Staff", "settled_by_id", null=True)),
            ],
            options={
                "table": "promise", "app": "storage",
                "indexes": [
                    Index(fields=["customer_id", "status"], name="promise_customer"),
                    Index(fields=["activity_id"], name="promise_activity"),
                ],
                "pk_attr": "id",
                "table_description": "Something that was promised, by whom, until when, and what"
                " became of it.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
