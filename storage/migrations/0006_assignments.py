"""Assignments with their history, collaborators, stand-ins, and the rules of the pool."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from storage.fields import MomentField
from storage.migration_steps import SQLByDialect
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

STATEMENTS = [
    # Nobody helps twice with one customer.
    "CREATE UNIQUE INDEX collaboration_once ON collaboration (customer_id, staff_id)"
    " WHERE ended_at IS NULL",
    "INSERT INTO pool_rule (grade, claim_cap, idle_workdays, cool_down_days) VALUES"
    " ('A', 30, 30, 90), ('B', 60, 45, 60), ('C', 120, 60, 30), ('D', 200, 90, 30)",
    "UPDATE customer SET owner_since = created_at",
]


class Migration(migrations.Migration):
    dependencies = [('storage', '0005_pace')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Assignment',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('key', fields.CharField(unique=True, description="the command that made it, with the customer's id", max_length=100)),
                ('customer', fields.ForeignKeyField('storage.Customer', source_field='customer_id', db_constraint=True, to_field='id', related_name='assignments', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharField(description='assign, reassign, release, claim, recycle, hand_over, restore', max_length=12)),
                ('from_staff', fields.ForeignKeyField('storage.Staff', source_field='from_staff_id', null=True, description='null where it came from the pool, or goes there', db_constraint=True, to_field='id', related_name='assignments_from', on_delete=OnDelete.RESTRICT)),
                ('to_staff', fields.ForeignKeyField('storage.Staff', source_field='to_staff_id', null=True, db_constraint=True, to_field='id', related_name='assignments_to', on_delete=OnDelete.RESTRICT)),
                ('from_unit', fields.ForeignKeyField('storage.Unit', source_field='from_unit_id', db_constraint=True, to_field='id', related_name='assignments_from', on_delete=OnDelete.RESTRICT)),
                ('to_unit', fields.ForeignKeyField('storage.Unit', source_field='to_unit_id', db_constraint=True, to_field='id', related_name='assignments_to', on_delete=OnDelete.RESTRICT)),
                ('reason', fields.CharField(description="a code of the bank's lists (core/vocabulary.py)", max_length=24)),
                ('note', fields.CharField(default='', max_length=400)),
                ('by', fields.ForeignKeyField('storage.Staff', source_field='by_id', null=True, description='null where the system did it', db_constraint=True, to_field='id', related_name='assignments_made', on_delete=OnDelete.RESTRICT)),
                ('at', MomentField(auto_now=False, auto_now_add=False)),
                ('batch', fields.CharField(null=True, description='the hand-over that it is part of', max_length=80)),
                ('accept_by', MomentField(null=True, description='until when the new owner is to accept, null where nobody has to', auto_now=False, auto_now_add=False)),
                ('accepted_at', MomentField(null=True, auto_now=False, auto_now_add=False)),
                ('declined_at', MomentField(null=True, auto_now=False, auto_now_add=False)),
                ('late_told_at', MomentField(null=True, description='the leader was told that it was not accepted in time', auto_now=False, auto_now_add=False)),
                ('appealed_at', MomentField(null=True, description='the old owner objected to a recycling, once', auto_now=False, auto_now_add=False)),
                ('appeal', fields.CharField(default='', max_length=400)),
                ('ruling', fields.CharField(null=True, description='upheld, rejected', max_length=8)),
                ('ruled_at', MomentField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'assignment', 'app': 'storage', 'indexes': [Index(fields=['customer_id', 'at'], name='assignment_customer_at'), Index(fields=['from_staff_id', 'at'], name='assignment_from_at'), Index(fields=['to_staff_id', 'accepted_at', 'accept_by'], name='assignment_to_accept'), Index(fields=['accept_by'], name='assignment_accept_by'), Index(fields=['batch'], name='assignment_batch')], 'pk_attr': 'id', 'table_description': "One change of a customer's owner: from whom to whom, why, and what became of it."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Collaboration',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('customer', fields.ForeignKeyField('storage.Customer', source_field='customer_id', db_constraint=True, to_field='id', related_name='collaborations', on_delete=OnDelete.RESTRICT)),
                ('staff', fields.ForeignKeyField('storage.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name='collaborations', on_delete=OnDelete.RESTRICT)),
                ('level', fields.CharField(description='read, write', max_length=8)),
                ('given_by', fields.ForeignKeyField('storage.Staff', source_field='given_by_id', null=True, db_constraint=True, to_field='id', related_name='collaborations_given', on_delete=OnDelete.RESTRICT)),
                ('given_at', MomentField(auto_now=False, auto_now_add=False)),
                ('ended_at', MomentField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'collaboration', 'app': 'storage', 'indexes': [Index(fields=['staff_id', 'ended_at'], name='collaboration_staff'), Index(fields=['customer_id', 'ended_at'], name='collaboration_customer')], 'pk_attr': 'id', 'table_description': 'A second person who reads or works on a customer beside the owner. Ended, never deleted.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PoolRule',
            fields=[
                ('grade', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=2)),
                ('claim_cap', fields.IntField(description='how many customers of the grade one person may keep when claiming more')),
                ('idle_workdays', fields.IntField(description='untouched for so many working days, a customer is proposed for the pool')),
                ('cool_down_days', fields.IntField(description='who lost or released a customer may claim it again only after so many days')),
            ],
            options={'table': 'pool_rule', 'app': 'storage', 'pk_attr': 'grade', 'table_description': 'How customers of a grade go to the shared pool and out of it again.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='StandIn',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('absent', fields.ForeignKeyField('storage.Staff', source_field='absent_id', db_constraint=True, to_field='id', related_name='absences', on_delete=OnDelete.RESTRICT)),
                ('substitute', fields.ForeignKeyField('storage.Staff', source_field='substitute_id', db_constraint=True, to_field='id', related_name='stands_in', on_delete=OnDelete.RESTRICT)),
                ('from_at', MomentField(auto_now=False, auto_now_add=False)),
                ('until_at', MomentField(auto_now=False, auto_now_add=False)),
                ('created_by', fields.ForeignKeyField('storage.Staff', source_field='created_by_id', null=True, db_constraint=True, to_field='id', related_name='stand_ins_made', on_delete=OnDelete.RESTRICT)),
                ('created_at', MomentField(auto_now=False, auto_now_add=False)),
                ('ended_at', MomentField(null=True, description='set where it was called off or cut short', auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'stand_in', 'app': 'storage', 'indexes': [Index(fields=['substitute_id', 'ended_at'], name='stand_in_substitute'), Index(fields=['absent_id', 'ended_at'], name='stand_in_absent')], 'pk_attr': 'id', 'table_description': "Somebody does an absent colleague's work for a while. Ended, never deleted."},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Activity',
            name='acted_for',
            field=fields.ForeignKeyField('storage.Staff', source_field='acted_for_id', null=True, description='whom the author stood in for', db_constraint=True, to_field='id', related_name='activities_by_others', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Customer',
            name='owner_since',
            field=MomentField(null=True, description="since when it is this owner's, or in the pool", auto_now=False, auto_now_add=False),
        ),
        ops.CreateModel(
            name='Recycling',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('customer', fields.ForeignKeyField('storage.Customer', source_field='customer_id', db_constraint=True, to_field='id', related_name='recyclings', on_delete=OnDelete.RESTRICT)),
                ('owner', fields.ForeignKeyField('storage.Staff', source_field='owner_id', db_constraint=True, to_field='id', related_name='recyclings', on_delete=OnDelete.RESTRICT)),
                ('proposed_at', MomentField(description='when the owner was told', auto_now=False, auto_now_add=False)),
                ('leader_at', MomentField(description='when the leader is to rule, unless the owner was in touch before', auto_now=False, auto_now_add=False)),
                ('leader_told_at', MomentField(null=True, auto_now=False, auto_now_add=False)),
                ('outcome', fields.CharField(null=True, description='kept, recycled, touched', max_length=10)),
                ('settled_at', MomentField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'recycling', 'app': 'storage', 'indexes': [Index(fields=['customer_id', 'settled_at'], name='recycling_customer'), Index(fields=['settled_at', 'leader_told_at', 'leader_at'], name='recycling_due'), Index(fields=['owner_id', 'settled_at'], name='recycling_owner')], 'pk_attr': 'id', 'table_description': 'A customer untouched for too long: proposed for the pool, first to the owner, then led.'},
            bases=['Model'],
        ),
        SQLByDialect(sqlite=STATEMENTS, postgres=STATEMENTS),
    ]
