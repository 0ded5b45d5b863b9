"""Every table, without rules: what a row may become is said in `core`."""

from storage.models.activities import Activity, ActivityCorrection, Attachment, FollowUp
from storage.models.api import Announcement, ApiAnswer, ApiToken, Subscription
from storage.models.assignments import (
    Assignment,
    Collaboration,
    PoolRule,
    Recycling,
    StandIn,
)
from storage.models.audit import Audit, AuditSeal
from storage.models.customers import Contact, Customer
from storage.models.machinery import (
    Answer,
    Card,
    Cursor,
    Inbox,
    Lane,
    Mailbox,
    Outbox,
    Pace,
    Talk,
)
from storage.models.organization import EnrolAttempt, Invitation, Staff, Unit

__all__ = [
    "Activity",
    "ActivityCorrection",
    "Announcement",
    "Answer",
    "ApiAnswer",
    "ApiToken",
    "Assignment",
    "Attachment",
    "Audit",
    "AuditSeal",
    "Card",
    "Collaboration",
    "Contact",
    "Cursor",
    "Customer",
    "EnrolAttempt",
    "FollowUp",
    "Inbox",
    "Invitation",
    "Lane",
    "Mailbox",
    "Outbox",
    "Pace",
    "PoolRule",
    "Recycling",
    "Staff",
    "StandIn",
    "Subscription",
    "Talk",
    "Unit",
]
