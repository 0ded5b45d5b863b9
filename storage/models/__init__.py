"""Every table, without rules: what a row may become is said in `core`."""

from storage.models.activities import Activity, ActivityCorrection, Attachment, FollowUp
from storage.models.alerts import Alert, AlertRule, AlertRuleChange, AlertWish
from storage.models.api import Announcement, ApiAnswer, ApiToken, Subscription
from storage.models.assignments import (
    Assignment,
    Collaboration,
    PoolRule,
    Recycling,
    StandIn,
)
from storage.models.audit import Audit, AuditSeal
from storage.models.calendars import CalendarFeed
from storage.models.check_ins import CheckIn
from storage.models.companions import Companion
from storage.models.crossings import Crossing, Sweep
from storage.models.customers import Contact, Customer
from storage.models.dealings import (
    Account,
    Balance,
    Contribution,
    CreditLine,
    Flow,
    Holding,
    Look,
)
from storage.models.firm_facts import (
    Asked,
    Change,
    Consent,
    Document,
    FamilyMember,
    Grading,
    OtherBank,
    Property,
    Relation,
    Security,
    Shareholder,
    Statement,
    TradePartner,
)
from storage.models.leader_plans import LeaderPlan
from storage.models.loads import Load
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
from storage.models.merges import Merge
from storage.models.nicknames import Nickname
from storage.models.organization import EnrolAttempt, Invitation, Staff, Unit
from storage.models.promises import Promise
from storage.models.series import Series
from storage.models.tellings import Telling, Told
from storage.models.weekly_plans import WeeklyItem, WeeklyPlan

__all__ = [
    "Account",
    "Activity",
    "ActivityCorrection",
    "Alert",
    "AlertRule",
    "AlertRuleChange",
    "AlertWish",
    "Announcement",
    "Answer",
    "ApiAnswer",
    "ApiToken",
    "Asked",
    "Assignment",
    "Attachment",
    "Audit",
    "AuditSeal",
    "Balance",
    "CalendarFeed",
    "Card",
    "Change",
    "CheckIn",
    "Collaboration",
    "Companion",
    "Consent",
    "Contact",
    "Contribution",
    "CreditLine",
    "Crossing",
    "Cursor",
    "Customer",
    "Document",
    "EnrolAttempt",
    "FamilyMember",
    "Flow",
    "FollowUp",
    "Grading",
    "Holding",
    "Inbox",
    "Invitation",
    "Lane",
    "LeaderPlan",
    "Load",
    "Look",
    "Mailbox",
    "Merge",
    "Nickname",
    "OtherBank",
    "Outbox",
    "Pace",
    "PoolRule",
    "Promise",
    "Property",
    "Recycling",
    "Relation",
    "Security",
    "Series",
    "Shareholder",
    "Staff",
    "StandIn",
    "Statement",
    "Subscription",
    "Sweep",
    "Talk",
    "Telling",
    "Told",
    "TradePartner",
    "Unit",
    "WeeklyItem",
    "WeeklyPlan",
]
