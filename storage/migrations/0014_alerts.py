"""Alerts, and what the bank changed of their rules."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from storage.fields import MomentField


def _refers(table: str, column: str, *, null: bool = False) -> fields.ForeignKeyRelation:
    return fields.ForeignKeyField(
        table, source_field=column, db_constraint=True, to_field="id", related_name=False,
        on_delete=OnDelete.RESTRICT, null=null,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("storage", "0013_crossings")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Alert",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("rule", fields.CharField(
                    max_length=20, description="a code of core/rules/alerts.py")),
                ("key", fields.CharField(
                    max_length=80, unique=True,
                    description="what it is about, so that nothing is told twice")),
                ("staff", _refers("storage.Staff", "staff_id")),
                ("customer", _refers("storage.Customer", "customer_id")),
                ("crossing", _refers("storage.Crossing", "crossing_id", null=True)),
                ("importance", fields.IntField(
                    description="3 is told whatever the day's limit, 1 waits for the digest")),
                ("made_at", MomentField(auto_now=False, auto_now_add=False)),
                ("not_before", MomentField(auto_now=False, auto_now_add=False)),
                ("told_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("escalate_at", MomentField(
                    null=True, auto_now=False, auto_now_add=False,
                    description="when the leader hears of it, where nobody has acted")),
                ("escalated_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("settled_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("how", fields.CharField(
                    default="", max_length=10,
                    description="done, dismissed, gone (it is true no longer)")),
                ("reason", fields.CharField(
                    default="", max_length=10,
                    description="why it was dismissed: known, wrong, small")),
                ("settled_by", _refers("storage.Staff", "settled_by_id", null=True)),
            ],
            options={
                "table": "alert", "app": "storage",
                "indexes": [
                    Index(fields=["staff_id", "settled_at"], name="alert_staff"),
                    Index(fields=["customer_id", "settled_at"], name="alert_customer"),
                    Index(fields=["crossing_id"], name="alert_crossing"),
                    Index(fields=["told_at", "not_before"], name="alert_untold"),
                    Index(fields=["escalated_at", "escalate_at"], name="alert_escalate"),
                ],
                "pk_attr": "id",
                "table_description": "Something that somebody is to act on, once.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AlertRule",
            fields=[
                ("code", fields.CharField(
                    primary_key=True, unique=True, db_index=True, max_length=20)),
                ("on", fields.BooleanField()),
                ("timing", fields.CharField(max_length=8, description="now, digest")),
                ("changed_at", MomentField(auto_now=False, auto_now_add=False)),
                ("changed_by", _refers("storage.Staff", "changed_by_id")),
            ],
            options={
                "table": "alert_rule", "app": "storage", "pk_attr": "code",
                "table_description": "What the bank changed of an alert. The others are as they"
                " come.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
