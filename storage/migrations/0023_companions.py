"""Who else is at a visit."""

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
    dependencies = [("storage", "0018_check_ins")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Companion",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("key", fields.CharField(
                    max_length=90, unique=True,
                    description="the command that made it, a repeat of the command finds it")),
                ("duty", fields.CharField(
                    max_length=8,
                    description="second (the second officer of a credit visit), joint (goes"
                    " along)")),
                ("follow_up", _refers(
                    "storage.FollowUp", "follow_up_id", null=True,
                    description="the plan that they were asked for")),
                ("activity", _refers(
                    "storage.Activity", "activity_id", null=True,
                    description="the record of the visit")),
                ("staff", _refers("storage.Staff", "staff_id")),
                ("asked_by", _refers("storage.Staff", "asked_by_id")),
                ("asked_at", MomentField(
                    auto_now=False, auto_now_add=False,
                    description="the last time, a correction of the record asks again")),
                ("status", fields.CharField(
                    default="waiting", max_length=10,
                    description="waiting, confirmed, refused, withdrawn")),
                ("answered_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("why", fields.CharField(
                    default="", max_length=200, description="why they refused")),
            ],
            options={
                "table": "companion", "app": "storage",
                "indexes": [
                    Index(fields=["activity_id"], name="companion_activity"),
                    Index(fields=["follow_up_id"], name="companion_follow_up"),
                    Index(fields=["staff_id", "status"], name="companion_staff"),
                    Index(fields=["status", "duty"], name="companion_waiting"),
                ],
                "pk_attr": "id",
                "table_description": "A colleague who is asked to be, or to say that they were,"
                " at somebody's visit.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
