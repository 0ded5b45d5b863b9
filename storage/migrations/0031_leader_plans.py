"""What leaders plan for their people."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from storage.fields import MomentField


def _refers(table: str, column: str) -> fields.ForeignKeyRelation:
    return fields.ForeignKeyField(
        table, source_field=column, db_constraint=True, to_field="id", related_name=False,
        on_delete=OnDelete.RESTRICT,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("storage", "0019_called_off")]

    initial = False

    operations = [
        ops.CreateModel(
            name="LeaderPlan",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("follow_up", _refers("storage.FollowUp", "follow_up_id")),
                ("staff", _refers("storage.Staff", "staff_id")),
                ("by", _refers("storage.Staff", "by_id")),
                ("status", fields.CharField(
                    default="waiting", max_length=10,
                    description="waiting, accepted, declined, countered (another time is"
                    " proposed), withdrawn")),
                ("asked_at", MomentField(auto_now=False, auto_now_add=False)),
                ("late_at", MomentField(
                    auto_now=False, auto_now_add=False,
                    description="when the leader is told that there is no answer, and when that"
                    " was done")),
                ("late_told_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("answered_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(
                    default="", max_length=12,
                    description="why it was declined: a code of core/vocabulary.py")),
                ("note", fields.CharField(default="", max_length=400)),
                ("proposed_at", MomentField(
                    null=True, auto_now=False, auto_now_add=False,
                    description="the other time that was proposed")),
                ("proposed_all_day", fields.BooleanField(default=False)),
            ],
            options={
                "table": "leader_plan", "app": "storage",
                "indexes": [
                    Index(fields=["follow_up_id"], name="leader_plan_follow_up"),
                    Index(fields=["staff_id", "status"], name="leader_plan_staff"),
                    Index(fields=["by_id", "status"], name="leader_plan_by"),
                    Index(fields=["status", "late_told_at", "late_at"], name="leader_plan_late"),
                ],
                "pk_attr": "id",
                "table_description": "A follow-up that a leader planned for somebody, and what"
                " that person says to it.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
