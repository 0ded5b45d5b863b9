"""The index behind "part of a name": trigrams, on each engine with its own means.

SQLite: an external-content FTS5 table kept in step by triggers, so that no writer can forget it.
PostgreSQL: a GIN index with pg_trgm on the same column.
"""

from tortoise import migrations

from storage.migration_steps import SQLByDialect


class Migration(migrations.Migration):
    dependencies = [("storage", "0001_initial")]

    operations = [
        SQLByDialect(
            sqlite=[
                "CREATE VIRTUAL TABLE customer_search USING fts5("
                "search_text, content='customer', content_rowid='id', tokenize='trigram')",
                "CREATE TRIGGER customer_search_added AFTER INSERT ON customer BEGIN "
                "INSERT INTO customer_search(rowid, search_text) VALUES (new.id, new.search_text); "
                "END",
                "CREATE TRIGGER customer_search_removed AFTER DELETE ON customer BEGIN "
                "INSERT INTO customer_search(customer_search, rowid, search_text) "
                "VALUES ('delete', old.id, old.search_text); END",
                "CREATE TRIGGER customer_search_changed AFTER UPDATE OF search_text ON customer "
                "BEGIN INSERT INTO customer_search(customer_search, rowid, search_text) "
                "VALUES ('delete', old.id, old.search_text); "
                "INSERT INTO customer_search(rowid, search_text) VALUES (new.id, new.search_text); "
                "END",
            ],
            postgres=[
                "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                "CREATE INDEX customer_search ON customer USING gin (search_text gin_trgm_ops)",
            ],
        ),
    ]
