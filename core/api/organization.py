"""Colleagues and units over HTTP, and letting a colleague in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core.api.cursors import from_cursor, to_cursor
from core.api.route import Route
from core.api.schemas import AskedId, Moment, OneOf, Page, Paged, Told
from core.enrolment import InviteStaff
from core.events import StaffInvited
from core.listings import colleagues_after, units_after
from core.vocabulary import ROLES

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing


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
    items = [
        Colleague(
            id=one.id,
            number=one.number,
            name_zh=one.name_zh,
            name_en=one.name_en,
            role=one.role,
            unit_id=one.unit_id,
            enrolled=one.enrolled_at is not None,
        )
        for one in found[: asked.limit]
    ]
    more = len(found) > asked.limit
    return Page[Colleague](items=items, next=to_cursor(items[-1].id) if more else None)


async def list_units(call: Call[Paged, None]) -> Page[UnitTold]:
    """The tree of units."""
    asked = call.query
    found = await units_after(call.acting, after=from_cursor(asked.cursor), limit=asked.limit + 1)
    items = [
        UnitTold(
            id=one.id,
            parent_id=one.parent_id,
            kind=one.kind,
            name_zh=one.name_zh,
            name_en=one.name_en,
        )
        for one in found[: asked.limit]
    ]
    more = len(found) > asked.limit
    return Page[UnitTold](items=items, next=to_cursor(items[-1].id) if more else None)


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
