"""A planned contact may have an end; without one it takes as long as its kind usually does."""

from tortoise import migrations
from tortoise.migrations.operations import AddField

from storage.fields import MomentField


class Migration(migrations.Migration):
    dependencies = [("storage", "0015_how_it_went")]

    initial = False

    operations = [
        AddField(
            model_name="FollowUp",
            name="ends_at",
            field=MomentField(
                null=True, auto_now=False, auto_now_add=False,
                description="the end that was said, null takes the usual length of its kind",
            ),
        ),
    ]  # fmt: skip
