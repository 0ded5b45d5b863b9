"""Flows: one dialogue a file, with a small state diagram beside it. Tables of contents here.

`TITLES` says in a few words what a dialogue is about, for the card of one that was set aside.
`STARTS` turns a button's words into what a flow starts with.
"""

from __future__ import annotations

from conversations.flows.add_consent import start as start_add_consent
from conversations.flows.add_contact import start as start_add_contact
from conversations.flows.add_customer import start as start_add_customer
from conversations.flows.add_document import start as start_add_document
from conversations.flows.add_fact import start as start_add_fact
from conversations.flows.appeal import start as start_appeal
from conversations.flows.call_off import start as start_call_off
from conversations.flows.change_role import start as start_change_role
from conversations.flows.change_series import start as start_change_series
from conversations.flows.correct_visit import start as start_correct_visit
from conversations.flows.deactivate_staff import start as start_deactivate_staff
from conversations.flows.decide_grade import start as start_decide_grade
from conversations.flows.decline import start as start_decline
from conversations.flows.decline_plan import start as start_decline_plan
from conversations.flows.edit_fact import start as start_edit_fact
from conversations.flows.end_fact import start as start_end_fact
from conversations.flows.end_series import start as start_end_series
from conversations.flows.find_staff import start as start_find_staff
from conversations.flows.hand_over import start as start_hand_over
from conversations.flows.invite import start as start_invite
from conversations.flows.invite_along import start as start_invite_along
from conversations.flows.leave import start as start_leave
from conversations.flows.log_visit import start as start_log_visit
from conversations.flows.merge import start as start_merge
from conversations.flows.move_staff import start as start_move_staff
from conversations.flows.name_second import start as start_name_second
from conversations.flows.plan import start as start_plan
from conversations.flows.plan_for import start as start_plan_for
from conversations.flows.postpone import start as start_postpone
from conversations.flows.promise import start as start_promise
from conversations.flows.propose_time import start as start_propose_time
from conversations.flows.reassign import start as start_reassign
from conversations.flows.refuse_visit import start as start_refuse_visit
from conversations.flows.release import start as start_release
from conversations.flows.reveal import start as start_reveal
from conversations.flows.revoke_phone import start as start_revoke_phone
from conversations.flows.send_summary import start as start_send_summary
from conversations.flows.share import start as start_share
from conversations.flows.starting import Start, Starter
from conversations.flows.tune import start as start_tune
from conversations.flows.weekly_comment import start as start_weekly_comment
from core.i18n import N_

TITLES = {
    "log_visit": N_("log a visit or call"),
    "correct_visit": N_("correct a record"),
    "name_second": N_("name the second officer"),
    "refuse_visit": N_("a visit of two officers"),
    "plan_for": N_("plan for a colleague"),
    "decline_plan": N_("decline a plan"),
    "propose_time": N_("propose another time"),
    "invite_along": N_("ask somebody to come along"),
    "plan": N_("plan a follow-up"),
    "postpone": N_("move a follow-up"),
    "call_off": N_("call something off"),
    "change_series": N_("change how something repeats"),
    "end_series": N_("end what repeats"),
    "invite": N_("invite a colleague"),
    "reassign": N_("give a customer to a colleague"),
    "hand_over": N_("hand over a portfolio"),
    "share": N_("share a customer"),
    "release": N_("give a customer back"),
    "decline": N_("decline a customer"),
    "appeal": N_("object to a recycling"),
    "reveal": N_("show a number"),
    "find_staff": N_("look a colleague up"),
    "change_role": N_("change a role"),
    "move_staff": N_("move a colleague"),
    "deactivate_staff": N_("a colleague leaves"),
    "revoke_phone": N_("a lost phone"),
    "leave": N_("a stand-in"),
    "add_contact": N_("add a contact"),
    "add_customer": N_("add a customer"),
    "decide_grade": N_("decide a grade"),
    "merge": N_("merge two customers"),
    "promise": N_("write a promise down"),
    "weekly_comment": N_("comment on a weekly plan"),
    "add_document": N_("add papers"),
    "add_consent": N_("write a consent down"),
    "send_summary": N_("send a summary"),
    "add_fact": N_("write down a fact"),
    "edit_fact": N_("change a fact"),
    "end_fact": N_("end a fact"),
    "tune": N_("change a rule"),
}

STARTS: dict[str, Starter] = {
    "log_visit": start_log_visit,
    "correct_visit": start_correct_visit,
    "name_second": start_name_second,
    "refuse_visit": start_refuse_visit,
    "invite_along": start_invite_along,
    "plan_for": start_plan_for,
    "decline_plan": start_decline_plan,
    "propose_time": start_propose_time,
    "plan": start_plan,
    "postpone": start_postpone,
    "call_off": start_call_off,
    "change_series": start_change_series,
    "end_series": start_end_series,
    "invite": start_invite,
    "reassign": start_reassign,
    "hand_over": start_hand_over,
    "share": start_share,
    "decide_grade": start_decide_grade,
    "add_document": start_add_document,
    "add_consent": start_add_consent,
    "promise": start_promise,
    "weekly_comment": start_weekly_comment,
    "send_summary": start_send_summary,
    "release": start_release,
    "decline": start_decline,
    "appeal": start_appeal,
    "reveal": start_reveal,
    "find_staff": start_find_staff,
    "change_role": start_change_role,
    "move_staff": start_move_staff,
    "deactivate_staff": start_deactivate_staff,
    "revoke_phone": start_revoke_phone,
    "leave": start_leave,
    "add_contact": start_add_contact,
    "add_customer": start_add_customer,
    "merge": start_merge,
    "add_fact": start_add_fact,
    "edit_fact": start_edit_fact,
    "end_fact": start_end_fact,
    "tune": start_tune,
}

__all__ = ["STARTS", "TITLES", "Start", "Starter"]
