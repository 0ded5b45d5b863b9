"""Inbox, lanes, dialogues and outbox: what makes an update survive a crash.

Moments here are integer milliseconds since 1970 in UTC: they are compared in hand-written SQL that
must read the same on both engines. Bodies are JSON texts, byte for byte as they came.
"""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Lane(Model):
    """A queue of strict order: one chat, or one job. Writing its row is the lock."""

    id = fields.CharField(max_length=60, primary_key=True)
    tick = fields.BigIntField(default=0)

    class Meta:
        """Table name."""

        table = "lane"


class Inbox(Model):
    """Something that happened and must be handled once: an update or a job's slot."""

    #: "u:<update_id>" or "t:<job>:<slot>"
    key = fields.CharField(max_length=80, primary_key=True)
    lane = fields.CharField(max_length=60)
    #: order inside the lane: the update id, or the moment for a job
    position = fields.BigIntField()
    body = fields.TextField()
    #: pending, done, dead, dismissed
    status = fields.CharField(max_length=10, default="pending")
    attempts = fields.IntField(default=0)
    not_before = fields.BigIntField(default=0)
    received_at = fields.BigIntField()
    done_at = fields.BigIntField(null=True)
    error = fields.TextField(null=True)

    class Meta:
        """Table name and indexes."""

        table = "inbox"
        indexes: ClassVar = [
            Index(fields=("status", "lane", "position"), name="inbox_status_lane_position"),
            Index(fields=("status", "done_at"), name="inbox_status_done"),
        ]


class Talk(Model):
    """One dialogue of one chat."""

    id = fields.BigIntField(primary_key=True)
    lane = fields.CharField(max_length=60)
    staff_id = fields.BigIntField()
    flow = fields.CharField(max_length=40)
    version = fields.IntField()
    #: what the flow was started with
    args = fields.TextField(default="{}")
    #: open, parked, done, cancelled, expired
    status = fields.CharField(max_length=10, default="open")
    #: how many steps it took: a button carries it, so an old button is recognised
    turn = fields.IntField(default=0)
    pending_key = fields.CharField(max_length=60, null=True)
    #: paging and search of the pending question: overwritten, never journaled
    view = fields.TextField(default="{}")
    #: old answers by key, offered again after an edit or a new version
    prefill = fields.TextField(default="{}")
    #: the question that must be asked again although it has a default or an old answer
    insist = fields.CharField(max_length=60, null=True)
    #: files and places that came in while a dialogue was open
    collected = fields.TextField(default="[]")
    card_id = fields.BigIntField(null=True)
    #: the key of the inbox row that began it: names the commands it performs
    cause = fields.CharField(max_length=80)
    started_at = fields.BigIntField()
    touched_at = fields.BigIntField()
    expires_at = fields.BigIntField()
    #: whether the person was reminded of the unfinished dialogue
    reminded = fields.BooleanField(default=False)

    class Meta:
        """Table name and indexes."""

        table = "talk"
        indexes: ClassVar = [
            Index(fields=("lane", "status"), name="talk_lane_status"),
            Index(fields=("status", "expires_at"), name="talk_status_expires"),
            Index(fields=("card_id",), name="talk_card"),
        ]


class Answer(Model):
    """One entry of a dialogue's journal."""

    id = fields.BigIntField(primary_key=True)
    talk_id = fields.BigIntField()
    seq = fields.IntField()
    #: ask, do, read, now, say, call, collected, patched
    kind = fields.CharField(max_length=12)
    key = fields.CharField(max_length=60)
    fingerprint = fields.CharField(max_length=32, default="")
    #: {"v": …} for a value, {"refused": …} for a refusal
    value = fields.TextField()

    class Meta:
        """Table name and keys."""

        table = "answer"
        unique_together: ClassVar = (("talk_id", "seq"), ("talk_id", "key"))


class Card(Model):
    """A message that will be changed later: a dialogue's card, a page, a notice."""

    id = fields.BigIntField(primary_key=True)
    chat_id = fields.BigIntField()
    #: known once the message was sent
    message_id = fields.BigIntField(null=True)
    #: "talk:12", "page", "follow_up:7"
    subject = fields.CharField(max_length=40, default="")
    created_at = fields.BigIntField()
    #: when the message must leave the chat, null where it may stay
    gone_at = fields.BigIntField(null=True)

    class Meta:
        """Table name and indexes."""

        table = "card"
        indexes: ClassVar = [
            Index(fields=("chat_id", "message_id"), name="card_chat_message"),
            Index(fields=("subject",), name="card_subject"),
        ]


class Outbox(Model):
    """Something that a person must be shown: delivered at least once, in order per chat."""

    id = fields.BigIntField(primary_key=True)
    #: what made it: the same cause never makes it twice
    cause = fields.CharField(max_length=120, unique=True)
    chat_id = fields.BigIntField()
    #: 0 replies, 1 alerts, 2 digests
    priority = fields.SmallIntField(default=0)
    #: post (new message), edit, remove or strip (the card, its buttons)
    op = fields.CharField(max_length=8)
    content = fields.TextField(default="")
    card_id = fields.BigIntField(null=True)
    #: what it is about, so that a settled matter takes its unsent notices back
    subject = fields.CharField(max_length=40, default="")
    #: pending, sent, dead, cancelled, dismissed
    status = fields.CharField(max_length=10, default="pending")
    attempts = fields.IntField(default=0)
    not_before = fields.BigIntField(default=0)
    created_at = fields.BigIntField()
    sent_at = fields.BigIntField(null=True)
    error = fields.TextField(null=True)

    class Meta:
        """Table name and indexes."""

        table = "outbox"
        indexes: ClassVar = [
            Index(fields=("status", "chat_id", "priority", "id"), name="outbox_chat"),
            Index(fields=("status", "priority", "id"), name="outbox_due"),
            Index(fields=("subject", "status"), name="outbox_subject"),
            Index(fields=("card_id",), name="outbox_card"),
        ]


class Mailbox(Model):
    """The delivery side of a chat: who is sending to it, and until when it must wait."""

    chat_id = fields.BigIntField(primary_key=True)
    claimed_until = fields.BigIntField(default=0)
    claimed_by = fields.CharField(max_length=40, default="")
    not_before = fields.BigIntField(default=0)
    #: when it would be as if nothing had been sent to it (bot/limits.py)
    paced_until = fields.BigIntField(default=0, db_default=0)

    class Meta:
        """Table name."""

        table = "mailbox"


class Pace(Model):
    """How fast everything was sent, where several processes share the pace (storage/pace.py).

    Moments are seconds since 1970 on the server's clock.
    """

    name = fields.CharField(max_length=40, primary_key=True)
    asked_at = fields.FloatField(default=0.0)
    #: when the bucket would be full again
    full_at = fields.FloatField(default=0.0)
    #: what the last one to ask was given
    granted = fields.FloatField(default=0.0)

    class Meta:
        """Table name."""

        table = "pace"


class Cursor(Model):
    """Where a reader stands: the next offset to ask the platform for, by bot."""

    name = fields.CharField(max_length=40, primary_key=True)
    value = fields.BigIntField(default=0)

    class Meta:
        """Table name."""

        table = "cursor"
