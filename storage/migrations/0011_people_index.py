"""Contacts found by an index; a record's follow-ups and the records that stand, likewise.

A trigger that fills an FTS5 table row by row has it write itself out each time: a load of many rows
is two and a half times as fast when it fills it in one statement. While `search_paused` has a row,
which only the load's own transaction sees, the triggers leave that to the load.
"""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from storage.migration_steps import SQLByDialect
from storage.search_index import contact_parts, contact_values

_UNLESS_PAUSED = "WHEN NOT EXISTS (SELECT 1 FROM search_paused)"
_REMOVE = (
    "INSERT INTO contact_search(contact_search, rowid, name, spelt, title, phone)"
    f" VALUES ('delete', old.id, {contact_values('old.')}); "
)
_ADD = (
    "INSERT INTO contact_search(rowid, name, spelt, title, phone)"
    f" VALUES (new.id, {contact_values('new.')}); "
)


class Migration(migrations.Migration):
    dependencies = [("storage", "0010_asked")]

    initial = False

    operations = [
        ops.AddIndex("FollowUp", Index(fields=["activity_id"], name="follow_up_activity")),
        SQLByDialect(
            sqlite=[
                "CREATE INDEX activity_standing ON activity (customer_id)"
                " WHERE reverses_id IS NULL AND reversed_at IS NULL",
                "CREATE VIRTUAL TABLE contact_search USING fts5("
                "name, spelt, title, phone, content='', tokenize='trigram')",
                "INSERT INTO contact_search(rowid, name, spelt, title, phone)"
                f" SELECT id, {contact_values()} FROM contact",
                "CREATE TABLE search_paused (id INTEGER PRIMARY KEY)",
                "DROP TRIGGER customer_search_added",
                f"CREATE TRIGGER customer_search_added AFTER INSERT ON customer {_UNLESS_PAUSED}"
                " BEGIN INSERT INTO customer_search(rowid, search_text)"
                " VALUES (new.id, new.search_text); END",
                f"CREATE TRIGGER contact_search_added AFTER INSERT ON contact {_UNLESS_PAUSED}"
                f" BEGIN {_ADD}END",
                f"CREATE TRIGGER contact_search_removed AFTER DELETE ON contact BEGIN {_REMOVE}END",
                "CREATE TRIGGER contact_search_changed AFTER UPDATE OF name, name_en, title, phone"
                f" ON contact BEGIN {_REMOVE}{_ADD}END",
            ],
            postgres=[
                "CREATE INDEX activity_standing ON activity (customer_id)"
                " WHERE reverses_id IS NULL AND reversed_at IS NULL",
                "CREATE FUNCTION contact_found(name text, name_en text, title text, phone text)"
                " RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN "
                + " || '|' || ".join(contact_parts()),
                "CREATE INDEX contact_found_trgm ON contact"
                " USING gin (contact_found(name, name_en, title, phone) gin_trgm_ops)",
            ],
        ),
    ]
