"""How far up the tree an alert has gone."""

from tortoise import fields, migrations
from tortoise.migrations.operations import AddField


class Migration(migrations.Migration):
    dependencies = [("storage", "0033_wishes")]

    initial = False

    operations = [
        AddField(
            model_name="Alert",
            name="escalated_path",
            field=fields.CharField(
                max_length=120, default="", db_default="",
                description="of the unit whose leader heard of it last, empty for nobody",
            ),
        ),
    ]  # fmt: skip
