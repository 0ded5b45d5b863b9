"""The question of the day, and how it was answered."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from storage.fields import MomentField
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('storage', '0009_facts')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Asked',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('staff', fields.ForeignKeyField('storage.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('day', fields.DateField(description="on the person's own calendar")),
                ('customer', fields.ForeignKeyField('storage.Customer', source_field='customer_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.RESTRICT)),
                ('section', fields.CharField(description='a name of core/facts/sections.py', max_length=16)),
                ('answer', fields.CharField(default='', description='none (there is nothing of the kind), later, or empty', max_length=8)),
                ('answered_at', MomentField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'asked', 'app': 'storage', 'unique_together': (('staff', 'day'),), 'indexes': [Index(fields=['customer_id'], name='asked_customer')], 'pk_attr': 'id', 'table_description': 'What somebody was asked to find out about a customer: one question a day and person.'},
            bases=['Model'],
        ),
    ]
