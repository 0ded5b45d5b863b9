"""Give a customer to somebody: whom → why → review, then given.

The old owner's open follow-ups go along; on the review card they can be left out one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.customers import CustomerName
from conversations.questions.leave_out import LeaveOut
from conversations.questions.pick import Pick
from conversations.questions.presumed import Presumed
from conversations.questions.review import Line, Review
from conversations.questions.staff import StaffName, StaffSource
from conversations.wording import lines
from conversations.words import whole
from core.assignments import AssignCustomer, OpenFollowUps, assignable
from core.i18n import N_, Text
from core.screens import Button, Screen
from core.team import Receivers
from core.vocabulary import REASSIGN_REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, customer_id: str) -> Start:
    """From a customer's page, or an alert.

    Raises:
        Refused: if it is not the acting person's to give.
    """
    customer = await assignable(acting, whole(customer_id))
    return Start({"customer": customer.id, "owner": customer.owner_id})


@flow("reassign", version=1)
async def reassign(talk: Talk) -> None:
    """Ask whom and why, show what goes along, give it."""
    customer, owner = int(talk.args["customer"]), talk.args["owner"]
    name = await talk.read("name", CustomerName(customer))
    without = (int(owner),) if owner else ()
    to = await talk.ask(
        Pick("to", Text(N_("Who takes it over?")), StaffSource(Receivers(without)))
    )
    receiver = await talk.read(f"to.{to}", StaffName(to))
    reason = await talk.ask(asking.reason(REASSIGN_REASONS))
    note = await talk.ask(asking.reason_note(required=reason == "other"))
    along = await talk.read("open", OpenFollowUps(customer))
    left = await talk.ask(Presumed(LeaveOut("left", tuple(asking.follow_ups(along))), []))
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                asking.customer_line(name, changeable=False),
                Line("to", Text(N_("New owner")), asking.shown_name(receiver)),
                Line("reason", Text(N_("Reason")), asking.label_of(REASSIGN_REASONS, reason)),
                Line("note", Text(N_("Note")), note),
                *(
                    (Line("left", Text(N_("Follow-ups")), _along(len(along), len(left))),)
                    if along
                    else ()
                ),
            ),
        )
    )
    await talk.do(
        "save",
        AssignCustomer(customer, to, reason, note, tuple(left), expected_owner=owner),
    )
    await talk.say(lambda ctx: _given(ctx, customer, name, receiver))


def _along(count: int, left: int) -> Any:
    def shown(ctx: Acting) -> str:
        t = ctx.texts
        goes = t.plural("{n} goes along", "{n} go along", count - left)
        return str(goes if not left else t("{goes}, {left} left out", goes=goes, left=left))

    return shown


def _given(
    ctx: Acting, customer: int, name: Mapping[str, str], receiver: Mapping[str, str]
) -> Screen:
    t = ctx.texts
    text = t(
        "✅ <b>{customer}</b> is with {owner} now.",
        customer=name[ctx.locale],
        owner=Markup("{}").format(receiver[ctx.locale]),
    )
    return Screen(
        lines(text),
        (
            (
                Button.open(t("👤 Profile"), "profile", customer),
                Button.open(t("👥 Team"), "team", 0),
            ),
        ),
    )
