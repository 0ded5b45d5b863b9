"""How fast each chat, and everything, was sent to: senders in several processes share the pace."""

from tortoise import fields, migrations
from tortoise.migrations.operations import AddField, CreateModel

from storage.migration_steps import SQLByDialect


class Migration(migrations.Migration):
    dependencies = [("storage", "0004_archive")]

    operations = [
        AddField(
            model_name="Mailbox",
            name="paced_until",
            # The database must know the default, too: there are mailboxes already.
            field=fields.BigIntField(
                default=0,
                db_default=0,
                description="when it would be as if nothing had been sent to it (bot/limits.py)",
            ),
        ),
        CreateModel(
            name="Pace",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40)),
                ("asked_at", fields.FloatField(default=0.0)),
                (
                    "full_at",
                    fields.FloatField(default=0.0, description="when the bucket would be full again"),
                ),
                (
                    "granted",
                    fields.FloatField(default=0.0, description="what the last one to ask was given"),
                ),
            ],
            options={
                "table": "pace",
                "app": "storage",
                "pk_attr": "name",
                "table_description": "How fast everything was sent, where several processes share the"
                " pace (storage/pace.py).",
            },
            bases=["Model"],
        ),
        # Nothing of it is worth a write to the log: every message changes it.
        SQLByDialect(sqlite=[], postgres=["ALTER TABLE pace SET UNLOGGED"]),
    ]
