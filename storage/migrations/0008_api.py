"""Tokens of the API, kept answers, and systems that are told what happens."""

from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from storage.fields import MomentField
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('storage', '0007_audit_chain')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Announcement',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('subscription_id', fields.BigIntField()),
                ('event', fields.CharField(max_length=40)),
                ('body', fields.TextField(unique=False)),
                ('status', fields.CharField(default='pending', description='pending, sent, dead, withdrawn', max_length=10)),
                ('attempts', fields.IntField(default=0)),
                ('not_before', fields.BigIntField(default=0, description='when it is due, and while somebody is sending it, when another may try')),
                ('created_at', fields.BigIntField()),
                ('sent_at', fields.BigIntField(null=True)),
                ('error', fields.CharField(default='', max_length=80)),
            ],
            options={'table': 'announcement', 'app': 'storage', 'indexes': [Index(fields=['status', 'not_before'], name='announcement_due'), Index(fields=['subscription_id', 'status'], name='announcement_subscription')], 'pk_attr': 'id', 'table_description': 'Something that a subscriber is still to be told, or was, at least once.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ApiAnswer',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('token_id', fields.BigIntField()),
                ('key', fields.CharField(max_length=120)),
                ('request_hash', fields.CharField(description='SHA-256 of method, path and body', max_length=64)),
                ('status', fields.IntField(default=0, description='0 while the first request is being done')),
                ('body', fields.TextField(default='', unique=False)),
                ('location', fields.CharField(default='', max_length=200)),
                ('created_at', fields.BigIntField(description='milliseconds since 1970 in UTC')),
            ],
            options={'table': 'api_answer', 'app': 'storage', 'unique_together': (('token_id', 'key'),), 'indexes': [Index(fields=['created_at'], name='api_answer_created')], 'pk_attr': 'id', 'table_description': 'What a request with an idempotency key was answered, for when it comes again.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ApiToken',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('secret_hash', fields.CharField(unique=True, description='SHA-256 of the secret, which is told once and not kept', max_length=64)),
                ('name', fields.CharField(description='what it is for, in the words of who made it', max_length=80)),
                ('staff', fields.ForeignKeyField('storage.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name='api_tokens', on_delete=OnDelete.RESTRICT)),
                ('scopes', fields.JSONField(description='what it may be used for, ["customers:read", "activities:write"]', encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('created_by', fields.ForeignKeyField('storage.Staff', source_field='created_by_id', null=True, db_constraint=True, to_field='id', related_name='api_tokens_made', on_delete=OnDelete.RESTRICT)),
                ('created_at', MomentField(auto_now=False, auto_now_add=False)),
                ('expires_at', MomentField(auto_now=False, auto_now_add=False)),
                ('last_used_at', MomentField(null=True, description='noted once a minute at most', auto_now=False, auto_now_add=False)),
                ('revoked_at', MomentField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'api_token', 'app': 'storage', 'indexes': [Index(fields=['staff_id'], name='api_token_staff')], 'pk_attr': 'id', 'table_description': 'A key to the API that acts as one staff member. Revoked, never deleted.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Subscription',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('url', fields.CharField(max_length=400)),
                ('secret', fields.CharField(description='signs what is sent, so it is kept as it is', max_length=80)),
                ('events', fields.JSONField(description='what it wants to hear of, ["activity.logged"]', encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('staff', fields.ForeignKeyField('storage.Staff', source_field='staff_id', db_constraint=True, to_field='id', related_name='subscriptions', on_delete=OnDelete.RESTRICT)),
                ('created_by', fields.ForeignKeyField('storage.Staff', source_field='created_by_id', null=True, db_constraint=True, to_field='id', related_name='subscriptions_made', on_delete=OnDelete.RESTRICT)),
                ('created_at', MomentField(auto_now=False, auto_now_add=False)),
                ('ended_at', MomentField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'subscription', 'app': 'storage', 'indexes': [Index(fields=['ended_at'], name='subscription_ended')], 'pk_attr': 'id', 'table_description': 'A system that is told what happens, within what one staff member may see.'},
            bases=['Model'],
        ),
    ]
