"""Customers that were found to be one firm."""

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
    dependencies = [("storage", "0011_people_index")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Merge",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("kept", _refers("storage.Customer", "kept_id")),
                ("merged", _refers("storage.Customer", "merged_id")),
                ("at", MomentField(auto_now=False, auto_now_add=False)),
                ("by", _refers("storage.Staff", "by_id")),
                ("moved", fields.JSONField(
                    description="table and column → ids of the rows that went over")),
                ("stayed", fields.IntField(
                    default=0,
                    description="how many rows stayed, because the other customer has the same"
                    " ones")),
                ("filled", fields.JSONField(
                    description="column → what the kept customer got where it had nothing")),
                ("before", fields.JSONField(
                    description="the merged customer's owner and last contact before")),
                ("undone_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
                ("undone_by", _refers("storage.Staff", "undone_by_id", null=True)),
            ],
            options={
                "table": "merge", "app": "storage",
                "indexes": [
                    Index(fields=["kept_id"], name="merge_kept"),
                    Index(fields=["merged_id"], name="merge_merged"),
                ],
                "pk_attr": "id",
                "table_description": "One customer's rows went over to another, with what is needed"
                " to bring them back.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
