"""Flows: one dialogue a file, with a small state diagram beside it. Tables of contents here.

`TITLES` says in a few words what a dialogue is about, for the card of one that was set aside.
`STARTS` turns a button's words into what a flow starts with.
"""

from __future__ import annotations

from conversations.flows.correct_visit import start as start_correct_visit
from conversations.flows.invite import start as start_invite
from conversations.flows.log_visit import start as start_log_visit
from conversations.flows.plan import start as start_plan
from conversations.flows.postpone import start as start_postpone
from conversations.flows.reveal import start as start_reveal
from conversations.flows.starting import Start, Starter
from core.i18n import N_

TITLES = {
    "log_visit": N_("log a visit or call"),
    "correct_visit": N_("correct a record"),
    "plan": N_("plan a follow-up"),
    "postpone": N_("move a follow-up"),
    "invite": N_("invite a colleague"),
    "reveal": N_("show a number"),
}

STARTS: dict[str, Starter] = {
    "log_visit": start_log_visit,
    "correct_visit": start_correct_visit,
    "plan": start_plan,
    "postpone": start_postpone,
    "invite": start_invite,
    "reveal": start_reveal,
}

__all__ = ["STARTS", "TITLES", "Start", "Starter"]
