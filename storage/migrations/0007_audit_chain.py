"""The audit can't be changed, and is sealed in a chain; a card may have to leave the chat."""

from tortoise import fields, migrations
from tortoise.migrations.operations import AddField, CreateModel

from storage.migration_steps import SQLByDialect

#: messages that must leave the chat are few among all cards
CARDS = ["CREATE INDEX card_gone_at ON card (gone_at) WHERE gone_at IS NOT NULL"]


def _sqlite(table: str, key: str) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only')"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) BEGIN {refuse}; END",
    ]


def _postgres(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    ]


FUNCTION = (
    "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
)


class Migration(migrations.Migration):
    dependencies = [("storage", "0006_assignments")]

    operations = [
        CreateModel(
            name="AuditSeal",
            fields=[
                ("number", fields.BigIntField(generated=False, description="counted without gaps", primary_key=True, unique=True, db_index=True)),
                ("audit_id", fields.BigIntField(unique=True)),
                ("hash", fields.CharField(description="SHA-256 over the hash before and the row, see storage/audit_chain.py", max_length=64)),
            ],
            options={"table": "audit_seal", "app": "storage", "pk_attr": "number", "table_description": "One link of the chain that the rows of the audit are sealed in. Append only."},
            bases=["Model"],
        ),
        AddField(
            model_name="Card",
            name="gone_at",
            field=fields.BigIntField(null=True, description="when the message must leave the chat, null where it may stay"),
        ),
        SQLByDialect(
            sqlite=[
                *_sqlite("audit", "id = NEW.id"),
                *_sqlite("audit_seal", "number = NEW.number OR audit_id = NEW.audit_id"),
                *CARDS,
            ],
            postgres=[FUNCTION, *_postgres("audit"), *_postgres("audit_seal"), *CARDS],
        ),
    ]
