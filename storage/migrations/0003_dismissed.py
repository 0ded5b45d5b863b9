"""Room for `dismissed` in the status of the inbox. SQLite holds no lengths and is left alone."""

from tortoise import fields, migrations

from storage.migration_steps import AlterFieldOnServer


class Migration(migrations.Migration):
    dependencies = [("storage", "0002_search_index")]

    operations = [
        AlterFieldOnServer(
            model_name="Inbox",
            name="status",
            field=fields.CharField(
                default="pending", description="pending, done, dead, dismissed", max_length=10
            ),
        ),
        AlterFieldOnServer(
            model_name="Outbox",
            name="status",
            field=fields.CharField(
                default="pending",
                description="pending, sent, dead, cancelled, dismissed",
                max_length=10,
            ),
        ),
    ]
