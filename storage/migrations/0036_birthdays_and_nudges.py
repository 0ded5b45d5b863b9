"""Birthdays of contacts and legal representatives; how often a leader asked about an alert."""

from tortoise import fields, migrations
from tortoise.migrations.operations import AddField

from storage.fields import MomentField

_BIRTHDAY = "a day of the year, with the year where it is known: 08-15, 1975-08-15"


class Migration(migrations.Migration):
    dependencies = [("storage", "0035_tuned_rules")]

    initial = False

    operations = [
        *(
            AddField(
                model_name=model,
                name=name,
                field=fields.CharField(
                    max_length=10, default="", db_default="", description=_BIRTHDAY
                ),
            )
            for model, name in (("Contact", "birthday"), ("Customer", "legal_birthday"))
        ),
        AddField(
            model_name="Alert",
            name="nudges",
            field=fields.IntField(
                default=0, db_default=0,
                description="how often a leader asked about it, and when last",
            ),
        ),
        AddField(
            model_name="Alert",
            name="nudged_at",
            field=MomentField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]  # fmt: skip
