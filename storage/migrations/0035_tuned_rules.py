"""Rules of alerts with the bank's numbers, and who changed them."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.operations import AddField

from storage.fields import MomentField


class Migration(migrations.Migration):
    dependencies = [("storage", "0032_more_alerts")]

    initial = False

    operations = [
        AddField(
            model_name="AlertRule",
            name="numbers",
            field=fields.JSONField(
                null=True,
                description="the numbers that were changed, each with its values"
                " (core/rules/tuning.py)",
            ),
        ),
        AddField(
            model_name="AlertRule",
            name="quiet_at",
            field=MomentField(
                null=True, auto_now=False, auto_now_add=False,
                description="since when what it finds is only counted: until a whole pass has"
                " begun after it and ended",
            ),
        ),
        ops.CreateModel(
            name="AlertRuleChange",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("code", fields.CharField(
                    max_length=20, description="a code of core/rules/alerts.py")),
                ("changed_at", MomentField(auto_now=False, auto_now_add=False)),
                ("changed_by", fields.ForeignKeyField(
                    "storage.Staff", source_field="changed_by_id", db_constraint=True,
                    to_field="id", related_name=False, on_delete=OnDelete.RESTRICT)),
                ("changes", fields.JSONField(
                    description="what was changed (on, timing, or a number), each with what it was"
                    " and what it is")),
            ],
            options={
                "table": "alert_rule_change", "app": "storage",
                "indexes": [Index(fields=["code", "changed_at"], name="alert_rule_changed")],
                "pk_attr": "id",
                "table_description": "Who changed a rule of the bank's, when, and from what to"
                " what.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
