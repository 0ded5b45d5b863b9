"""Colleagues and units over HTTP, and letting a colleague in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core.api.cursors import from_cursor, page
from core.api.route import Route
from core.api.schemas import AskedId, Moment, OneOf, Page, Paged, Told
from core.enrolment import InviteStaff
from core.events import StaffInvited
from core.listings import colleagues_after, units_after
from core.vocabulary import ROLES

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing
    from storage.models import Staff, Unit


class Colleague(Told):
    """Somebody who works for the bank."""

    id: int
    number: str
    name_zh: str
    name_en: str
    role: str
    unit_id: int
    enrolled: bool = Field(description="Whether they have opened a chat with the bot.")


class UnitTold(Told):
    """A node of the organization's tree."""

    id: int
    parent_id: int | None
    kind: str
    name_zh: str
    name_en: str


class ColleaguesAsked(Paged):
    """Which colleagues are wanted."""

    role: Annotated[str, OneOf(ROLES)] | None = None
    unit_id: AskedId | None = None


class InvitationTold(Told):
    """A single-use code that lets a colleague open a chat with the bot."""

    name: str
    expires_at: Moment
    code: str | None = Field(description="Told once; null when the request is repeated.")


def _colleague(found: Staff) -> Colleague:
    return Colleague(
        id=found.id,
        number=found.number,
        name_zh=found.name_zh,
        name_en=found.name_en,
        role=found.role,
        unit_id=found.unit_id,
        enrolled=found.enrolled_at is not None,
    )


def _unit(found: Unit) -> UnitTold:
    return UnitTold(
        id=found.id,
        parent_id=found.parent_id,
        kind=found.kind,
        name_zh=found.name_zh,
        name_en=found.name_en,
    )


async def list_staff(call: Call[ColleaguesAsked, None]) -> Page[Colleague]:
    """Active colleagues: of the own unit, for leaders of everything below it."""
    asked = call.query
    found = await colleagues_after(
        call.acting,
        after=from_cursor(asked.cursor),
        limit=asked.limit + 1,
        role=asked.role,
        unit_id=asked.unit_id,
    )
    return page(Page[Colleague], found, asked.limit, _colleague)


async def list_units(call: Call[Paged, None]) -> Page[UnitTold]:
    """The tree of units."""
    asked = call.query
    found = await units_after(call.acting, after=from_cursor(asked.cursor), limit=asked.limit + 1)
    return page(Page[UnitTold], found, asked.limit, _unit)


async def invite_staff(call: Call[Nothing, None]) -> InvitationTold:
    """Make a code for a colleague; the codes from before become worthless."""
    made = await call.perform(InviteStaff(call.path["number"]))
    code = next(one.code for one in call.acting.events if isinstance(one, StaffInvited))
    return InvitationTold(name=made["name"], expires_at=made["expires_at"], code=code)


ROUTES = (
    Route(method="GET", path="/staff", scope="staff:read", does=list_staff,
          query=ColleaguesAsked, answer=Page[Colleague], summary="List colleagues"),
    Route(method="GET", path="/units", scope="staff:read", does=list_units, query=Paged,
          answer=Page[UnitTold], summary="List units"),
    Route(method="POST", path="/staff/{number}/invitations", scope="staff:invite", kind="change",
          does=invite_staff, answer=InvitationTold, status=201, told_once=("code",),
          summary="Invite a colleague"),
)  # fmt: skip
