"""Who was at a firm's door."""

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
    dependencies = [("storage", "0017_calendars")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CheckIn",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("key", fields.CharField(max_length=80, unique=True)),
                ("customer", _refers("storage.Customer", "customer_id")),
                ("staff", _refers("storage.Staff", "staff_id")),
                ("at", MomentField(auto_now=False, auto_now_add=False)),
                ("latitude", fields.FloatField()),
                ("longitude", fields.FloatField()),
                ("distance_m", fields.IntField(
                    null=True,
                    description="to the address, in metres, null where the address has no"
                    " place")),
                ("left_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("activity", _refers("storage.Activity", "activity_id", null=True,
                                     description="the record of the visit")),
            ],
            options={
                "table": "check_in", "app": "storage",
                "indexes": [
                    Index(fields=["staff_id", "at"], name="check_in_staff"),
                    Index(fields=["customer_id", "at"], name="check_in_customer"),
                    Index(fields=["activity_id"], name="check_in_activity"),
                ],
                "pk_attr": "id",
                "table_description": "A place that somebody shared at a customer's door. Nothing"
                " is noted but what was shared.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
