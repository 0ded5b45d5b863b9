"""Another time that is proposed for a leader's plan may have a length."""

from tortoise import fields, migrations
from tortoise.migrations.operations import AddField


class Migration(migrations.Migration):
    dependencies = [("storage", "0031_leader_plans")]

    initial = False

    operations = [
        AddField(
            model_name="LeaderPlan",
            name="proposed_minutes",
            field=fields.SmallIntField(
                null=True, description="how long it takes then, null keeps the length",
            ),
        ),
    ]  # fmt: skip
