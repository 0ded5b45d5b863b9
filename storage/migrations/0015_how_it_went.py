"""Whoever planned a visit is asked how it went."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations.operations import AddField, AddIndex

from storage.fields import MomentField


class Migration(migrations.Migration):
    dependencies = [("storage", "0014_alerts")]

    initial = False

    operations = [
        AddField(
            model_name="FollowUp",
            name="asked_at",
            field=MomentField(
                null=True, auto_now=False, auto_now_add=False,
                description="when it was asked how it went",
            ),
        ),
        AddIndex(
            model_name="FollowUp",
            index=Index(fields=("status", "asked_at", "due_at"), name="follow_up_asked"),
        ),
    ]  # fmt: skip
