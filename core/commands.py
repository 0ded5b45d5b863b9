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
from core.dead_letters import (
    DismissDeadLetter,
    DismissOldDeadLetters,
    RetryDeadLetter,
    dismiss_dead_letter,
    dismiss_old_dead_letters,
    retry_dead_letter,
)
from core.enrolment import InviteStaff, RevokeInvitations, invite_staff, revoke_invitations
from core.follow_ups import (
    NudgeFollowUp,
    PlanFollowUp,
    PostponeFollowUp,
    SettleFollowUp,
    nudge_follow_up,
    plan_follow_up,
    postpone_follow_up,
    settle_follow_up,
)
from core.people import SetLanguage, set_language
from core.subscriptions import Subscribe, Unsubscribe, subscribe, unsubscribe
from core.tokens import CreateToken, RevokeToken, create_token, revoke_token

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

COMMANDS: dict[type, Callable[[Any, Any], Awaitable[Any]]] = {
    LogActivity: log_activity,
    CorrectActivity: correct_activity,
    UndoActivity: undo_activity,
    PlanFollowUp: plan_follow_up,
    SettleFollowUp: settle_follow_up,
    PostponeFollowUp: postpone_follow_up,
    NudgeFollowUp: nudge_follow_up,
    InviteStaff: invite_staff,
    RevokeInvitations: revoke_invitations,
    SetLanguage: set_language,
    RetryDeadLetter: retry_dead_letter,
    DismissDeadLetter: dismiss_dead_letter,
    DismissOldDeadLetters: dismiss_old_dead_letters,
    CreateToken: create_token,
    RevokeToken: revoke_token,
    Subscribe: subscribe,
    Unsubscribe: unsubscribe,
}
