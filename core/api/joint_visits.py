"""Joint visits over HTTP: ask a colleague to come along, and answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from core import joint_visits
from core.api.route import Route
from core.api.schemas import Given, Id, Moment, Told
from core.joint_visits import AnswerInvitation, InviteCompanion

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing
    from core.joint_visits import Invitation

#: how far ahead invitations are told
AHEAD = timedelta(days=366)


class JoiningTold(Told):
    """Somebody who was asked to come along."""

    id: int
    name: str
    status: str = Field(description="waiting, confirmed, refused.")


class GoingTold(Told):
    """Who was asked to come along with a plan."""

    items: list[JoiningTold]


class InvitationTold(Told):
    """A plan of somebody else's: this, and nothing else of the customer."""

    id: int
    status: str = Field(description="waiting, confirmed.")
    customer: str
    address: str
    kind: str
    purpose: str
    due_at: Moment
    all_day: bool
    owner: str


class InvitationsTold(Told):
    """The open ones from yesterday on, the earliest first."""

    items: list[InvitationTold]


class CompanionGiven(Given):
    """Who is to come along."""

    staff_id: Id = Field(examples=[1])


class AnswerGiven(Given):
    """Whether one comes along."""

    accepts: bool = True


class Answered(Told):
    """What was answered."""

    id: int
    accepts: bool


async def list_companions(call: Call[Nothing, None]) -> GoingTold:
    """Who was asked to come along with a plan, and what they said."""
    found = await joint_visits.going_along(call.acting, call.id("follow_up_id"))
    return GoingTold(
        items=[JoiningTold(id=one.id, name=one.name, status=one.status) for one in found]
    )


async def invite_companion(call: Call[Nothing, CompanionGiven]) -> GoingTold:
    """Ask a colleague or the leader to come along."""
    await call.perform(InviteCompanion(call.id("follow_up_id"), call.body.staff_id))
    return await list_companions(call)  # type: ignore[arg-type]  # it reads the address only


async def list_invitations(call: Call[Nothing, None]) -> InvitationsTold:
    """What the person behind the token is asked to come along with, or does."""
    now = call.acting.now
    found = await joint_visits.invitations(call.acting, now - timedelta(days=1), now + AHEAD)
    return InvitationsTold(items=[_told(one) for one in found])


async def answer_invitation(call: Call[Nothing, AnswerGiven]) -> Answered:
    """Come along, or not; only in one's own name."""
    accepts = call.body.accepts
    answered = await call.perform(AnswerInvitation(call.id("invitation_id"), accepts=accepts))
    return Answered(id=answered, accepts=accepts)


def _told(one: Invitation) -> InvitationTold:
    return InvitationTold(
        id=one.id, status=one.status, customer=one.customer, address=one.address, kind=one.kind,
        purpose=one.purpose, due_at=one.due_at, all_day=one.all_day, owner=one.owner,
    )  # fmt: skip


ROUTES = (
    Route(method="GET", path="/follow-ups/{follow_up_id}/companions", scope="follow_ups:read",
          does=list_companions, answer=GoingTold, summary="Who comes along with a plan"),
    Route(method="POST", path="/follow-ups/{follow_up_id}/companions", scope="follow_ups:write",
          kind="change", does=invite_companion, body=CompanionGiven, answer=GoingTold,
          summary="Ask somebody to come along"),
    Route(method="GET", path="/me/invitations", scope="follow_ups:read",
          does=list_invitations, answer=InvitationsTold,
          summary="Visits that one is asked to come along with"),
    Route(method="POST", path="/invitations/{invitation_id}/answer", scope="follow_ups:write",
          kind="change", does=answer_invitation, body=AnswerGiven, answer=Answered,
          summary="Come along with a visit, or not"),
)  # fmt: skip
