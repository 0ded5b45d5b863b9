"""Tables for what is settled and old, of the same columns; and the index by which it is found."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations.operations import AddIndex, RemoveIndex

from storage.migration_steps import SQLByDialect

TABLES = {"inbox": "key", "outbox": "id", "talk": "id", "answer": "talk_id"}
STATEMENTS = [
    statement
    for table, key in TABLES.items()
    for statement in (
        f"CREATE TABLE archived_{table} AS SELECT * FROM {table} WHERE 1 = 0",
        f"CREATE INDEX archived_{table}_{key} ON archived_{table} ({key})",
    )
]


class Migration(migrations.Migration):
    dependencies = [("storage", "0003_dismissed")]

    operations = [
        SQLByDialect(sqlite=STATEMENTS, postgres=STATEMENTS),
        RemoveIndex(model_name="Inbox", name="inbox_status_not_before"),
        AddIndex(
            model_name="Inbox",
            index=Index(fields=("status", "done_at"), name="inbox_status_done"),
        ),
        AddIndex(
            model_name="Talk",
            index=Index(fields=("card_id",), name="talk_card"),
        ),
        AddIndex(
            model_name="Outbox",
            index=Index(fields=("card_id",), name="outbox_card"),
        ),
    ]
