"""Facts that crossed a line."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from storage.fields import MomentField


class Migration(migrations.Migration):
    dependencies = [("storage", "0012_merges")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Crossing",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("kind", fields.CharField(
                    max_length=20, description="a code of core/rules/crossings.py")),
                ("customer", fields.ForeignKeyField(
                    "storage.Customer", source_field="customer_id", db_constraint=True,
                    to_field="id", related_name=False, on_delete=OnDelete.RESTRICT)),
                ("subject", fields.CharField(
                    max_length=60,
                    description="whose fact it is: customer, account, credit_line, …, with its"
                    " id")),
                ("mark", fields.CharField(
                    max_length=60,
                    description="which line of that subject: a day and how many days were left,"
                    " a booking, the day it began")),
                ("day", fields.DateField(
                    null=True, description="the day that the fact is of or will be on")),
                ("amount_fen", fields.BigIntField(null=True)),
                ("before_fen", fields.BigIntField(
                    null=True, description="what it was before, of a fall")),
                ("found_at", MomentField(auto_now=False, auto_now_add=False)),
                ("ended_at", MomentField(null=True, auto_now=False, auto_now_add=False,
                                         description="when it was true no longer")),
            ],
            options={
                "table": "crossing", "app": "storage",
                "unique_together": (("subject", "kind", "mark"),),
                "indexes": [Index(fields=["customer_id"], name="crossing_customer")],
                "pk_attr": "id",
                "table_description": "A fact of a customer that crossed a line, told once.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Sweep",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True,
                                          db_index=True)),
                ("name", fields.CharField(max_length=20, unique=True)),
                ("day", fields.DateField(description="the bank's day of this pass")),
                ("began_at", MomentField(auto_now=False, auto_now_add=False)),
                ("last_id", fields.BigIntField(
                    default=0, description="the last customer that was looked at")),
                ("ended_at", MomentField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sweep", "app": "storage", "pk_attr": "id",
                "table_description": "How far a job has got that looks at every customer.",
            },
            bases=["Model"],
        ),
    ]  # fmt: skip
