"""Weekly plans, proposed, agreed and kept."""

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
            name="WeeklyPlan",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("staff", _refers("storage.Staff", "staff_id")),
                ("monday", fields.DateField(description="the week's first day")),
                ("state", fields.CharField(
                    default="proposed", max_length=10,
                    description="proposed, accepted (by the person), approved (by the leader),"
                    " returned (with a comment)")),
                ("comment", fields.CharField(default="", max_length=200)),
                ("proposed_at", MomentField(auto_now=False, auto_now_add=False)),
                ("accepted_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("told_at", MomentField(
                    null=True, auto_now=False, auto_now_add=False,
                    description="when the leader was told that it was accepted")),
                ("answered_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("answered_by", _refers("storage.Staff", "answered_by_id", null=True)),
            ],
            options={
                "table": "weekly_plan", "app": "storage",
                "unique_together": (("staff_id", "monday"),),
                "indexes": [Index(fields=["state", "told_at"], name="weekly_plan_untold")],
                "pk_attr": "id",
                "table_description": "One person's week, proposed by the bank and agreed with the"
                " leader.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WeeklyItem",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("plan", _refers("storage.WeeklyPlan", "plan_id")),
                ("customer", _refers("storage.Customer", "customer_id")),
                ("day", fields.DateField()),
                ("reason", fields.CharField(
                    max_length=20, description="a code of core/rules/weekly.py")),
                ("days", fields.IntField(null=True, description="of the reason: how many days")),
                ("follow_up", _refers(
                    "storage.FollowUp", "follow_up_id", null=True,
                    description="what it became when it was accepted, or what was planned"
                    " before")),
                ("dropped", fields.BooleanField(
                    default=False, description="taken out of the plan")),
                ("miss", fields.CharField(
                    default="", max_length=10, description="why it was missed")),
            ],
            options={
                "table": "weekly_item", "app": "storage",
                "indexes": [
                    Index(fields=["plan_id"], name="weekly_item_plan"),
                    Index(fields=["customer_id"], name="weekly_item_customer"),
                ],
                "pk_attr": "id",
                "table_description": "A customer to be in touch with on a day of the plan, and"
                " why.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
