"""Visits of two officers over HTTP: name the second, and answer as the second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core import profile, second_officers
from core.api.activities import ActivityTold, activity_told
from core.api.route import Route
from core.api.schemas import Asked, Given, Id, Moment, Told, text
from core.second_officers import WHY_LENGTH, ConfirmVisit, NameSecondOfficer, RefuseVisit

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing
    from core.second_officers import Request

Why = Annotated[str, text(WHY_LENGTH)]


class ConfirmationTold(Told):
    """A record that its second officer is to confirm: this, and nothing else of the customer."""

    id: int
    status: str = Field(description="waiting, confirmed.")
    customer: str
    address: str
    author: str
    kind: str
    outcome: str | None
    note: str
    product: str | None
    amount_fen: int | None
    occurred_at: Moment
    corrected: bool
    checked_in: list[str] = Field(description="Which of the two checked in at the door.")


class ConfirmationsAsked(Asked):
    """Which part of the list."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=100_000)] = 0


class ConfirmationsTold(Told):
    """What waits for the person behind the token, the oldest first."""

    items: list[ConfirmationTold]


class SecondOfficerGiven(Given):
    """Who else was there."""

    staff_id: Id = Field(examples=[1])


class RefusalGiven(Given):
    """What is not so."""

    why: Why = Field(min_length=1, examples=["那天我在网点"])


async def name_second_officer(call: Call[Nothing, SecondOfficerGiven]) -> ActivityTold:
    """Say who was the second officer at a visit of one's own; they are asked to confirm it."""
    await call.perform(NameSecondOfficer(call.id("activity_id"), call.body.staff_id))
    view, customer = await profile.activity(call.acting, call.id("activity_id"))
    return (await activity_told([view], customer.id))[0]


async def list_confirmations(call: Call[ConfirmationsAsked, None]) -> ConfirmationsTold:
    """What the person behind the token is to confirm; a stand-in does not see it."""
    asked = call.query
    found = await second_officers.requests(call.acting, limit=asked.limit, offset=asked.offset)
    return ConfirmationsTold(items=[_told(one) for one in found])


async def get_confirmation(call: Call[Nothing, None]) -> ConfirmationTold:
    """One record that the person behind the token is the second officer of."""
    return _told(await second_officers.request(call.acting, call.id("confirmation_id")))


async def confirm_visit(call: Call[Nothing, None]) -> ConfirmationTold:
    """I was there, and it was as written. Only in one's own name."""
    await call.perform(ConfirmVisit(call.id("confirmation_id")))
    return await get_confirmation(call)


async def refuse_visit(call: Call[Nothing, RefusalGiven]) -> ConfirmationTold:
    """I was not there, or it was otherwise; the record counts for one officer."""
    before = await second_officers.request(call.acting, call.id("confirmation_id"))
    await call.perform(RefuseVisit(before.id, call.body.why))
    return _told(before).model_copy(update={"status": "refused"})


def _told(one: Request) -> ConfirmationTold:
    view = one.record
    return ConfirmationTold(
        id=one.id, status=one.status, customer=one.customer, address=one.address,
        author=view.author, kind=view.kind, outcome=view.outcome, note=view.note,
        product=view.product, amount_fen=view.amount_fen, occurred_at=view.occurred_at,
        corrected=view.corrected, checked_in=[each.name for each in one.doors],
    )  # fmt: skip


ROUTES = (
    Route(method="POST", path="/activities/{activity_id}/second-officer",
          scope="activities:write", kind="change", does=name_second_officer,
          body=SecondOfficerGiven, answer=ActivityTold,
          summary="Name the second officer of a visit"),
    Route(method="GET", path="/me/confirmations", scope="activities:read",
          does=list_confirmations, query=ConfirmationsAsked, answer=ConfirmationsTold,
          summary="Visits that wait for one's word"),
    Route(method="GET", path="/confirmations/{confirmation_id}", scope="activities:read",
          does=get_confirmation, answer=ConfirmationTold,
          summary="Read a visit as its second officer"),
    Route(method="POST", path="/confirmations/{confirmation_id}/confirm",
          scope="activities:write", kind="change", does=confirm_visit, answer=ConfirmationTold,
          unchanged=get_confirmation, summary="Confirm a visit as its second officer"),
    Route(method="POST", path="/confirmations/{confirmation_id}/refuse",
          scope="activities:write", kind="change", does=refuse_visit, body=RefusalGiven,
          answer=ConfirmationTold, summary="Say that one was not at a visit"),
)  # fmt: skip
