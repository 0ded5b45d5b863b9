"""The rows of the audit in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.i18n import N_
from core.vocabulary import CANCEL_REASONS, POOL_REASONS, REASSIGN_REASONS, REVEAL_REASONS

if TYPE_CHECKING:
    from core.i18n import Texts

#: what was done, in words; one that is missing here is shown as its code
ACTIONS = {
    "view": N_("looked at the profile"),
    "read": N_("saw the number"),
    "audit": N_("read the audit"),
    "export": N_("exported"),
    "log": N_("logged a contact"),
    "correct": N_("corrected a record"),
    "undo": N_("took a record back"),
    "nickname": N_("gave a customer a short name"),
    "forget_nickname": N_("forgot a short name"),
    "invite_along": N_("asked a colleague to come along"),
    "plan_for": N_("planned it for a colleague"),
    "accept_plan": N_("accepted the leader's plan"),
    "decline_plan": N_("declined the leader's plan"),
    "propose_time": N_("proposed another time"),
    "agree_time": N_("agreed to another time"),
    "keep_time": N_("stayed with the time"),
    "come_along": N_("came along with a visit"),
    "not_come_along": N_("declined to come along"),
    "name_second": N_("named the second officer"),
    "confirm_second": N_("confirmed as second officer"),
    "refuse_second": N_("was not there as second officer"),
    "plan": N_("planned a follow-up"),
    "done": N_("settled a follow-up"),
    "cancelled": N_("cancelled a follow-up"),
    "reopen": N_("opened a follow-up again"),
    "postpone": N_("moved a follow-up"),
    "set_length": N_("said how long a visit takes"),
    "nudge": N_("nudged"),
    "plan_series": N_("planned a series"),
    "change_series": N_("changed a series"),
    "end_series": N_("ended a series"),
    "invite": N_("invited"),
    "enrol": N_("joined"),
    "set_language": N_("changed the language"),
    "assign": N_("assigned"),
    "reassign": N_("reassigned"),
    "release": N_("released to the pool"),
    "claim": N_("claimed from the pool"),
    "recycle": N_("recycled to the pool"),
    "restore": N_("gave back after an appeal"),
    "hand_over": N_("handed over"),
    "keep": N_("kept out of the pool"),
    "appeal": N_("appealed a recycling"),
    "rule_appeal": N_("ruled on an appeal"),
    "share": N_("shared"),
    "unshare": N_("ended the sharing"),
    "set_pool_rule": N_("changed a rule of the pool"),
    "retry": N_("had something tried again"),
    "dismiss": N_("set something aside"),
    "add": N_("added"),
    "permit": N_("asked for a permission"),
    "amend": N_("amended"),
    "merge": N_("merged two customers"),
    "undo_merge": N_("parted two customers again"),
    "import": N_("loaded a file"),
    "change_role": N_("changed a role"),
    "move": N_("moved to another unit"),
    "deactivate": N_("let a colleague go"),
    "activate": N_("took a colleague back"),
    "revoke_phone": N_("cut a phone off"),
    "stand_in": N_("arranged a stand-in"),
    "end_stand_in": N_("ended a stand-in"),
}

#: what was changed, in words; likewise
NAMES = {
    "owner": N_("in charge"),
    "staff": N_("colleague"),
    "acted_for": N_("for"),
    "level": N_("rights"),
    "due": N_("due"),
    "language": N_("language"),
    "note": N_("note"),
    "kind": N_("kind"),
    "outcome": N_("outcome"),
    "product": N_("product"),
    "role": N_("role"),
    "rows": N_("rows"),
    "count": N_("rows"),
}

_REASONS = CANCEL_REASONS | POOL_REASONS | REASSIGN_REASONS | REVEAL_REASONS
#: what says nothing to a reader: where the look began, whose row it is
_SILENT = frozenset({"customer", "before", "field"})
_ENDS = frozenset({"from", "to"})


def action_of(t: Texts, action: str) -> str:
    """What was done: looked at the profile."""
    return str(t(ACTIONS[action])) if action in ACTIONS else action


def detail_of(t: Texts, detail: dict[str, Any]) -> str:
    """What changed from what to what, why, and whatever else was noted; empty for nothing."""
    return ", ".join(
        _said(t, name, value) for name, value in detail.items() if name not in _SILENT
    )


def _said(t: Texts, name: str, value: Any) -> str:
    label = str(t(NAMES[name])) if name in NAMES else name
    if name == "reason" and value in _REASONS:
        return str(t(_REASONS[value]))
    if isinstance(value, dict) and value.keys() == _ENDS:
        return f"{label}: {_plain(value['from'])} → {_plain(value['to'])}"
    if name == "note":
        return f"“{value}”"
    if isinstance(value, dict):
        return ", ".join(_said(t, inner, said) for inner, said in value.items())
    return f"{label}: {_plain(value)}"


def _plain(value: Any) -> str:
    return "–" if value in (None, "") else str(value)
