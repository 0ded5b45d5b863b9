"""COMMANDS: everything that can be done, and who handles it.

Adding a use case is one command dataclass with one handler in its own file, and one line here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.activities import (
    CorrectActivity,
    LogActivity,
    UndoActivity,
    correct_activity,
    log_activity,
    undo_activity,
)
from core.alert_greetings import Congratulate, congratulate
from core.alert_nudges import NudgeAlert, nudge_alert
from core.alert_rules import SetAlertRule, set_alert_rule
from core.alerts import PostponeAlert, SettleAlert, postpone_alert, settle_alert
from core.assignments import (
    AcceptAssignment,
    AssignCustomer,
    DeclineAssignment,
    accept_assignment,
    assign_customer,
    decline_assignment,
)
from core.calendars import CloseFeed, OpenFeed, close_feed, open_feed
from core.cancellations import (
    CancelFollowUp,
    ReopenFollowUp,
    cancel_follow_up,
    reopen_follow_up,
)
from core.check_ins import CheckInHere, CheckOut, check_in_here, check_out
from core.collaborations import (
    EndCollaboration,
    ShareCustomer,
    end_collaboration,
    share_customer,
)
from core.completeness import AnswerQuestion, answer_question
from core.consent_recording import (
    RecordConsent,
    WithdrawConsent,
    record_consent,
    withdraw_consent,
)
from core.consents import AskPermission, ask_permission
from core.dead_letters import (
    DismissDeadLetter,
    DismissOldDeadLetters,
    RetryDeadLetter,
    dismiss_dead_letter,
    dismiss_old_dead_letters,
    retry_dead_letter,
)
from core.document_bytes import KeepDocument, keep_document
from core.documents import (
    AddDocuments,
    EndDocument,
    RestoreDocument,
    add_documents,
    end_document,
    restore_document,
)
from core.enrolment import InviteStaff, RevokeInvitations, invite_staff, revoke_invitations
from core.facts.writing import (
    AmendFact,
    EndFact,
    RecordFact,
    amend_fact,
    end_fact,
    record_fact,
)
from core.follow_ups import (
    NudgeFollowUp,
    PlanFollowUp,
    PostponeFollowUp,
    SetLength,
    SettleFollowUp,
    nudge_follow_up,
    plan_follow_up,
    postpone_follow_up,
    set_length,
    settle_follow_up,
)
from core.grading import DecideGrade, decide_grade
from core.hand_over import HandOver, hand_over
from core.joint_visits import (
    AnswerInvitation,
    InviteCompanion,
    answer_invitation,
    invite_companion,
)
from core.leader_plans import (
    AcceptPlan,
    DeclinePlan,
    PlanForStaff,
    ProposeTime,
    RuleTime,
    accept_plan,
    decline_plan,
    plan_for_staff,
    propose_time,
    rule_time,
)
from core.merging import MergeCustomers, UndoMerge, merge_customers, undo_merge
from core.new_customers import AddCustomer, add_customer
from core.nicknames import (
    ForgetNickname,
    RememberNickname,
    forget_nickname,
    remember_nickname,
)
from core.no_sign import NudgePerson, nudge_person
from core.people import SetLanguage, set_language
from core.pool import (
    ClaimCustomer,
    ReleaseCustomer,
    SetPoolRule,
    claim_customer,
    release_customer,
    set_pool_rule,
)
from core.promises import MakePromise, SettlePromise, make_promise, settle_promise
from core.recycling import (
    AppealRecycling,
    RuleAppeal,
    RuleRecycling,
    appeal_recycling,
    rule_appeal,
    rule_recycling,
)
from core.reveal import ShowNumber, show_number
from core.second_officers import (
    ConfirmVisit,
    NameSecondOfficer,
    RefuseVisit,
    confirm_visit,
    name_second_officer,
    refuse_visit,
)
from core.series import (
    ChangeSeries,
    EndSeries,
    MoveFollowing,
    PlanSeries,
    change_series,
    end_series,
    move_following,
    plan_series,
)
from core.staff import (
    ActivateStaff,
    ChangeRole,
    DeactivateStaff,
    MoveStaff,
    RevokePhone,
    activate_staff,
    change_role,
    deactivate_staff,
    move_staff,
    revoke_phone,
)
from core.staff_import import ImportStaff, import_staff
from core.stand_ins import AddStandIn, EndStandIn, add_stand_in, end_stand_in
from core.subscriptions import Subscribe, Unsubscribe, subscribe, unsubscribe
from core.summaries import SendSummary, send_summary
from core.tokens import CreateToken, RevokeToken, create_token, revoke_token
from core.weekly_items import (
    DropItem,
    ExplainMiss,
    MoveItem,
    SwapItem,
    drop_item,
    explain_miss,
    move_item,
    swap_item,
)
from core.weekly_plans import (
    AcceptWeek,
    AnswerWeek,
    ApproveWeeks,
    NudgePlans,
    ProposeWeek,
    accept_week,
    answer_week,
    approve_weeks,
    nudge_plans,
    propose_week,
)
from core.wishes import SetWishes, set_wishes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

COMMANDS: dict[type, Callable[[Any, Any], Awaitable[Any]]] = {
    LogActivity: log_activity,
    CorrectActivity: correct_activity,
    UndoActivity: undo_activity,
    PlanFollowUp: plan_follow_up,
    SettleFollowUp: settle_follow_up,
    CancelFollowUp: cancel_follow_up,
    ReopenFollowUp: reopen_follow_up,
    PostponeFollowUp: postpone_follow_up,
    SetLength: set_length,
    NudgeFollowUp: nudge_follow_up,
    PlanSeries: plan_series,
    ChangeSeries: change_series,
    MoveFollowing: move_following,
    EndSeries: end_series,
    PlanForStaff: plan_for_staff,
    AcceptPlan: accept_plan,
    DeclinePlan: decline_plan,
    ProposeTime: propose_time,
    RuleTime: rule_time,
    AnswerQuestion: answer_question,
    RecordFact: record_fact,
    AmendFact: amend_fact,
    EndFact: end_fact,
    SettleAlert: settle_alert,
    Congratulate: congratulate,
    NudgeAlert: nudge_alert,
    NudgePerson: nudge_person,
    PostponeAlert: postpone_alert,
    SetAlertRule: set_alert_rule,
    SetWishes: set_wishes,
    RememberNickname: remember_nickname,
    ForgetNickname: forget_nickname,
    InviteCompanion: invite_companion,
    AnswerInvitation: answer_invitation,
    NameSecondOfficer: name_second_officer,
    ConfirmVisit: confirm_visit,
    RefuseVisit: refuse_visit,
    MakePromise: make_promise,
    SettlePromise: settle_promise,
    OpenFeed: open_feed,
    CloseFeed: close_feed,
    CheckInHere: check_in_here,
    CheckOut: check_out,
    DecideGrade: decide_grade,
    AddDocuments: add_documents,
    KeepDocument: keep_document,
    RecordConsent: record_consent,
    WithdrawConsent: withdraw_consent,
    AskPermission: ask_permission,
    EndDocument: end_document,
    RestoreDocument: restore_document,
    SendSummary: send_summary,
    AddCustomer: add_customer,
    MergeCustomers: merge_customers,
    UndoMerge: undo_merge,
    AssignCustomer: assign_customer,
    AcceptAssignment: accept_assignment,
    DeclineAssignment: decline_assignment,
    ShareCustomer: share_customer,
    EndCollaboration: end_collaboration,
    ReleaseCustomer: release_customer,
    ClaimCustomer: claim_customer,
    SetPoolRule: set_pool_rule,
    RuleRecycling: rule_recycling,
    AppealRecycling: appeal_recycling,
    RuleAppeal: rule_appeal,
    HandOver: hand_over,
    InviteStaff: invite_staff,
    RevokeInvitations: revoke_invitations,
    SetLanguage: set_language,
    ShowNumber: show_number,
    ChangeRole: change_role,
    MoveStaff: move_staff,
    DeactivateStaff: deactivate_staff,
    ActivateStaff: activate_staff,
    RevokePhone: revoke_phone,
    AddStandIn: add_stand_in,
    EndStandIn: end_stand_in,
    ImportStaff: import_staff,
    RetryDeadLetter: retry_dead_letter,
    DismissDeadLetter: dismiss_dead_letter,
    DismissOldDeadLetters: dismiss_old_dead_letters,
    CreateToken: create_token,
    RevokeToken: revoke_token,
    Subscribe: subscribe,
    Unsubscribe: unsubscribe,
    ProposeWeek: propose_week,
    DropItem: drop_item,
    SwapItem: swap_item,
    MoveItem: move_item,
    AcceptWeek: accept_week,
    AnswerWeek: answer_week,
    ApproveWeeks: approve_weeks,
    NudgePlans: nudge_plans,
    ExplainMiss: explain_miss,
}
