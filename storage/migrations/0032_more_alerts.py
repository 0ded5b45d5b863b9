"""Alerts on what is no customer."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations.operations import AddField

from storage.migration_steps import AlterFieldOnServer, SQLByDialect


class Migration(migrations.Migration):
    # After the messages of several alerts, whose rows refer to an alert by then.
    dependencies = [("storage", "0033_escalated")]

    initial = False

    operations = [
        AlterFieldOnServer(
            model_name="Alert",
            name="customer",
            field=fields.ForeignKeyField(
                "storage.Customer", source_field="customer_id", null=True, db_constraint=True,
                to_field="id", related_name=False, on_delete=OnDelete.RESTRICT,
            ),
        ),
        # SQLite takes NOT NULL from no column, and a table made anew would lose what refers to it.
        SQLByDialect(
            sqlite=[
                'ALTER TABLE "alert" ADD COLUMN "whose_id" BIGINT'
                ' REFERENCES "customer" ("id") ON DELETE RESTRICT',
                'UPDATE "alert" SET "whose_id" = "customer_id"',
                'DROP INDEX "alert_customer"',
                'ALTER TABLE "alert" DROP COLUMN "customer_id"',
                'ALTER TABLE "alert" RENAME COLUMN "whose_id" TO "customer_id"',
                'CREATE INDEX "alert_customer" ON "alert" ("customer_id", "settled_at")',
            ],
            postgres=[],
        ),
        AddField(
            model_name="Alert",
            name="about",
            field=fields.JSONField(
                null=True, description="what it says where no crossing does",
            ),
        ),
    ]  # fmt: skip
