"""The rows of the audit in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.i18n import N_
from core.vocabulary import POOL_REASONS, REASSIGN_REASONS, REVEAL_REASONS

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
    "plan": N_("planned a follow-up"),
    "done": N_("settled a follow-up"),
    "cancelled": N_("cancelled a follow-up"),
    "postpone": N_("moved a follow-up"),
    "nudge": N_("nudged"),
    "invite": N_("invited"),
    "enrol": N_("joined"),
    "set_language": N_("changed the language"),
    "assign": N_("assigned"),
    "reassign": N_("reassigned"),
    "release": N_("released to the pool"),
    "claim": N_("claimed from the pool"),
    "recycle": N_("recycled to the pool"),
    "hand_over": N_("handed over"),
    "share": N_("shared"),
}

_REASONS = POOL_REASONS | REASSIGN_REASONS | REVEAL_REASONS
#: what says nothing to a reader: where the look began, whose row it is
_SILENT = frozenset({"customer", "before", "field"})


def action_of(t: Texts, action: str) -> str:
    """What was done: looked at the profile."""
    return str(t(ACTIONS[action])) if action in ACTIONS else action


def detail_of(t: Texts, detail: dict[str, Any]) -> str:
    """What changed from what to what, why, and whatever else was noted; empty for nothing."""
    return ", ".join(
        _said(t, name, value) for name, value in detail.items() if name not in _SILENT
    )


def _said(t: Texts, name: str, value: Any) -> str:
    if name == "reason" and value in _REASONS:
        return str(t(_REASONS[value]))
    if isinstance(value, dict) and value.keys() == {"from", "to"}:
        return f"{name}: {_plain(value['from'])} → {_plain(value['to'])}"
    if name == "note":
        return f"“{value}”"
    if isinstance(value, dict):
        return ", ".join(_said(t, inner, said) for inner, said in value.items())
    return f"{name}: {_plain(value)}"


def _plain(value: Any) -> str:
    return "–" if value in (None, "") else str(value)
