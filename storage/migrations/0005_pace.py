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
            field=fields.BigIntField(default=0, db_default=0),
        ),
        CreateModel(
            name="Pace",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40)),
                ("asked_at", fields.FloatField(default=0.0)),
                ("full_at", fields.FloatField(default=0.0)),
                ("granted", fields.FloatField(default=0.0)),
            ],
            options={"table": "pace", "app": "storage", "pk_attr": "name"},
            bases=["Model"],
        ),
        # Nothing of it is worth a write to the log: every message changes it.
        SQLByDialect(sqlite=[], postgres=["ALTER TABLE pace SET UNLOGGED"]),
    ]
