"""A consent names the paper that it was given by."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations.operations import AddField


class Migration(migrations.Migration):
    dependencies = [("storage", "0023_companions")]

    initial = False

    operations = [
        AddField(
            model_name="Consent",
            name="paper",
            field=fields.ForeignKeyField(
                "storage.Document", source_field="paper_id", db_constraint=True, to_field="id",
                related_name=False, on_delete=OnDelete.RESTRICT, null=True,
            ),
        ),
    ]  # fmt: skip
