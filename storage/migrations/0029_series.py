"""Plans that repeat."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.operations import AddField, AddIndex

from storage.fields import MomentField


def _refers(table: str, column: str, *, null: bool = False) -> fields.ForeignKeyRelation:
    return fields.ForeignKeyField(
        table, source_field=column, db_constraint=True, to_field="id", related_name=False,
        on_delete=OnDelete.RESTRICT, null=null,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("storage", "0019_called_off"), ("storage", "0030_ends")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Series",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("key", fields.CharField(
                    unique=True, max_length=90,
                    description="the command that made it, a repeat of the command finds it")),
                ("customer", _refers("storage.Customer", "customer_id")),
                ("owner", _refers("storage.Staff", "owner_id")),
                ("created_by", _refers("storage.Staff", "created_by_id")),
                ("activity", fields.ForeignKeyField(
                    "storage.Activity", source_field="activity_id", db_constraint=True,
                    to_field="id", related_name=False, on_delete=OnDelete.RESTRICT, null=True,
                    description="the record in which it was agreed")),
                ("kind", fields.CharField(default="visit", max_length=12)),
                ("purpose", fields.CharField(default="", max_length=400)),
                ("rule", fields.CharField(
                    max_length=120, description="an RRULE of core/rules/recurrence.py")),
                ("begins", fields.DateField(description="the rule's own first day")),
                ("at_minute", fields.SmallIntField(
                    null=True,
                    description="minutes after midnight on the owner's clock, null for the whole"
                    " day")),
                ("minutes", fields.SmallIntField(
                    null=True,
                    description="how long it takes, null takes the usual length of its kind")),
                ("lead_minutes", fields.IntField(
                    null=True, description="when to remind, null takes the owner's usual lead")),
                ("ends_on", fields.DateField(
                    null=True,
                    description="the last day, or how often, neither goes on until it is ended")),
                ("times", fields.SmallIntField(null=True)),
                ("next_on", fields.DateField(
                    null=True,
                    description="the rule's next day for which nothing is planned yet, null where"
                    " none is left")),
                ("state", fields.CharField(
                    default="running", max_length=10,
                    description="running, ended, replaced (it goes on as another one)")),
                ("created_at", MomentField(auto_now=False, auto_now_add=False)),
                ("ended_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_by", _refers("storage.Staff", "ended_by_id", null=True)),
                ("reason", fields.CharField(
                    default="", max_length=12,
                    description="why it was ended, a code of core/vocabulary.py, empty where the"
                    " system ended it")),
                ("note", fields.CharField(default="", max_length=400)),
                ("replaces", fields.ForeignKeyField(
                    "storage.Series", source_field="replaces_id", db_constraint=True,
                    to_field="id", related_name=False, on_delete=OnDelete.RESTRICT, null=True,
                    description="the one that it goes on from")),
            ],
            options={
                "table": "series", "app": "storage",
                "indexes": [
                    Index(fields=["state", "next_on"], name="series_next"),
                    Index(fields=["owner_id", "state"], name="series_owner"),
                    Index(fields=["customer_id", "state"], name="series_customer"),
                    Index(fields=["activity_id"], name="series_activity"),
                ],
                "pk_attr": "id",
                "table_description": "What is planned again and again: for whom, by which rule,"
                " until when.",
            },
            bases=["Model"],
        ),
        AddField(
            model_name="FollowUp",
            name="series",
            field=fields.ForeignKeyField(
                "storage.Series", source_field="series_id", db_constraint=True, to_field="id",
                related_name=False, on_delete=OnDelete.RESTRICT, null=True,
                description="the series that it was planned by",
            ),
        ),
        AddField(
            model_name="FollowUp",
            name="series_on",
            field=fields.DateField(
                null=True, description="the day of the rule that it stands for"
            ),
        ),
        AddIndex(
            model_name="FollowUp",
            index=Index(fields=("series_id", "status", "due_at"), name="follow_up_series"),
        ),
    ]  # fmt: skip
