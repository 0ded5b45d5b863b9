"""A load's batch goes into SQLite's search as one piece.

By itself the full-text index writes itself out after every megabyte of words, five times and more in
a batch of customers, and has to merge those pieces again. What a single row writes stays as it was:
the space is taken only where there are as many words.
"""

from tortoise import migrations

from storage.migration_steps import SQLByDialect

_ROOM = 16 << 20


class Migration(migrations.Migration):
    dependencies = [("storage", "0011_people_index")]

    initial = False

    operations = [
        SQLByDialect(
            sqlite=[
                f"INSERT INTO {table}({table}, rank) VALUES ('hashsize', {_ROOM})"
                for table in ("customer_search", "contact_search")
            ],
            postgres=[],
        ),
    ]
