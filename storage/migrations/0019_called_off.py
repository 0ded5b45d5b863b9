"""Why a follow-up was called off, and by whom."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations.operations import AddField, AddIndex


class Migration(migrations.Migration):
    dependencies = [("storage", "0018_check_ins")]

    initial = False

    operations = [
        AddField(
            model_name="FollowUp",
            name="cancel_reason",
            field=fields.CharField(
                default="", db_default="", max_length=12,
                description="a code of core/vocabulary.py, empty where the system cancelled it",
            ),
        ),
        AddField(
            model_name="FollowUp",
            name="cancel_note",
            field=fields.CharField(default="", db_default="", max_length=400),
        ),
        AddField(
            model_name="FollowUp",
            name="ended_by",
            field=fields.ForeignKeyField(
                "storage.Staff", source_field="ended_by_id", null=True, db_constraint=True,
                to_field="id", related_name=False, on_delete=OnDelete.RESTRICT,
                description="who called it off",
            ),
        ),
        AddIndex(
            model_name="FollowUp",
            index=Index(fields=("status", "settled_at"), name="follow_up_settled"),
        ),
    ]  # fmt: skip
