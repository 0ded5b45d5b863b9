"""What somebody calls a customer."""

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
    dependencies = [("storage", "0023_companions")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Nickname",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("staff", _refers("storage.Staff", "staff_id")),
                ("customer", _refers("storage.Customer", "customer_id")),
                ("said", fields.CharField(max_length=40, description="as it was typed")),
                ("folded", fields.CharField(max_length=80, description="as it is compared")),
                ("made_at", MomentField(auto_now=False, auto_now_add=False)),
                ("ended_at", MomentField(
                    null=True, auto_now=False, auto_now_add=False,
                    description="taken away, or the customer is to be seen no longer")),
            ],
            options={
                "table": "nickname", "app": "storage",
                "unique_together": (("staff", "folded"),),
                "indexes": [Index(fields=["customer_id"], name="nickname_customer")],
                "pk_attr": "id",
                "table_description": "A person's own word for a customer. It means nothing to"
                " anybody else.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
