"""Deeds: what one tap does. `DEEDS` is the table of contents.

A deed takes the acting person, a way to perform commands and the words of its button. It answers
with what the tapped message becomes, what is sent besides, and a line for the toast.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from conversations.deeds.alerts import (
    alert_dismiss,
    alert_done,
    alert_greeted,
    alert_later,
    alert_nudge,
    alert_switch,
)
from conversations.deeds.answer import answer
from conversations.deeds.assignments import accept, appeal, claim, recycle, unshare
from conversations.deeds.calendar import calendar_close, calendar_open, visit_file
from conversations.deeds.check_ins import check_in, check_out
from conversations.deeds.consents import withdraw_consent
from conversations.deeds.dead_letters import dismiss, retry
from conversations.deeds.documents import end_document, restore_document, show_document
from conversations.deeds.draw import draw
from conversations.deeds.export import export
from conversations.deeds.follow_ups import done, lasts, later, nudge, reopen
from conversations.deeds.grades import take_grade
from conversations.deeds.joint_visits import come_along, not_come_along
from conversations.deeds.leader_plans import accept_plan, agree_time, keep_time
from conversations.deeds.merges import part
from conversations.deeds.nicknames import forget_name
from conversations.deeds.nudge_person import nudge_person
from conversations.deeds.outcome import Outcome, Perform
from conversations.deeds.people import set_language
from conversations.deeds.promises import promise_broken, promise_kept
from conversations.deeds.reach import attachments, call, navigate
from conversations.deeds.second_officers import confirm_visit
from conversations.deeds.staff import activate_staff, end_stand_in
from conversations.deeds.undo import undo
from conversations.deeds.weekly import (
    weekly_accept,
    weekly_approve,
    weekly_approve_all,
    weekly_drop,
    weekly_move,
    weekly_nudge,
    weekly_propose,
    weekly_swap,
    weekly_why,
)
from conversations.deeds.wishes import wish_daily, wish_morning, wish_quiet, wish_topic

Deed = Callable[..., Awaitable[Outcome]]

DEEDS: dict[str, Deed] = {
    "done": done,
    "later": later,
    "lasts": lasts,
    "nudge": nudge,
    "nudge_person": nudge_person,
    "reopen": reopen,
    "call": call,
    "navigate": navigate,
    "attachments": attachments,
    "undo": undo,
    "language": set_language,
    "accept": accept,
    "claim": claim,
    "unshare": unshare,
    "recycle": recycle,
    "appeal": appeal,
    "retry": retry,
    "dismiss": dismiss,
    "activate_staff": activate_staff,
    "end_stand_in": end_stand_in,
    "answer": answer,
    "draw": draw,
    "export": export,
    "show_document": show_document,
    "end_document": end_document,
    "restore_document": restore_document,
    "withdraw_consent": withdraw_consent,
    "part": part,
    "check_in": check_in,
    "check_out": check_out,
    "calendar_open": calendar_open,
    "calendar_close": calendar_close,
    "visit_file": visit_file,
    "forget_name": forget_name,
    "accept_plan": accept_plan,
    "agree_time": agree_time,
    "keep_time": keep_time,
    "come_along": come_along,
    "not_come_along": not_come_along,
    "confirm_visit": confirm_visit,
    "promise_kept": promise_kept,
    "promise_broken": promise_broken,
    "alert_done": alert_done,
    "alert_greeted": alert_greeted,
    "alert_nudge": alert_nudge,
    "alert_dismiss": alert_dismiss,
    "alert_later": alert_later,
    "wish_daily": wish_daily,
    "wish_morning": wish_morning,
    "wish_quiet": wish_quiet,
    "wish_topic": wish_topic,
    "alert_switch": alert_switch,
    "take_grade": take_grade,
    "weekly_accept": weekly_accept,
    "weekly_approve": weekly_approve,
    "weekly_approve_all": weekly_approve_all,
    "weekly_drop": weekly_drop,
    "weekly_move": weekly_move,
    "weekly_nudge": weekly_nudge,
    "weekly_propose": weekly_propose,
    "weekly_swap": weekly_swap,
    "weekly_why": weekly_why,
}

__all__ = ["DEEDS", "Deed", "Outcome", "Perform"]
