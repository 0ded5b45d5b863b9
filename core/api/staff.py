"""A colleague over HTTP, for administrators: role, unit, leaving, a lost phone; and stand-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core import staff_member, stand_ins
from core.api.route import Route
from core.api.schemas import Given, Id, Moment, OneOf, Told
from core.staff import ActivateStaff, ChangeRole, DeactivateStaff, MoveStaff, RevokePhone
from core.stand_ins import AddStandIn, EndStandIn
from core.vocabulary import ROLES

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing
    from core.stand_ins import StandInView


class StandInTold(Told):
    """Who does an absent colleague's work, and until when."""

    id: int
    absent_id: int
    absent: str
    substitute_id: int
    substitute: str
    from_at: Moment
    until_at: Moment


class StandInsTold(Told):
    """What runs or is still to come."""

    items: list[StandInTold]


class MemberTold(Told):
    """A colleague as an administrator sees one; the phone is masked but for its end."""

    id: int
    number: str
    name_zh: str
    name_en: str
    role: str
    unit: list[str] = Field(description="Names from the head office down.")
    phone: str
    active: bool
    enrolled: bool
    unreachable: bool
    customers: int
    stand_ins: list[StandInTold]


class RoleGiven(Given):
    """What somebody does from now on."""

    role: Annotated[str, OneOf(ROLES)]


class UnitGiven(Given):
    """Where somebody works from now on; the customers go along."""

    unit_id: Id


class LeavingGiven(Given):
    """Somebody leaves."""

    leave_customers: bool = Field(
        default=False,
        description="Leave the customers in this name until somebody hands them over; without it,"
        " who still keeps some is not let go of.",
    )


class StandInGiven(Given):
    """Who is away, who stands in, from when until when."""

    absent_id: Id
    substitute_id: Id
    from_at: Moment = Field(examples=["2026-12-01T00:00:00+08:00"])
    until_at: Moment = Field(examples=["2026-12-08T00:00:00+08:00"])


def _stand_in(view: StandInView) -> StandInTold:
    return StandInTold(
        id=view.id,
        absent_id=view.absent_id,
        absent=view.absent,
        substitute_id=view.substitute_id,
        substitute=view.substitute,
        from_at=view.from_at,
        until_at=view.until_at,
    )


async def get_member(call: Call[Nothing, None]) -> MemberTold:
    """One colleague, active or not."""
    found = await staff_member.member(call.acting, call.id("staff_id"))
    return MemberTold(
        id=found.id,
        number=found.number,
        name_zh=found.names["zh"],
        name_en=found.names["en"],
        role=found.role,
        unit=list(found.unit),
        phone=found.phone,
        active=found.active,
        enrolled=found.enrolled,
        unreachable=found.unreachable,
        customers=found.customers,
        stand_ins=[_stand_in(view) for view in found.standing],
    )


async def change_role(call: Call[Nothing, RoleGiven]) -> MemberTold:
    """Give a colleague another role."""
    await call.perform(ChangeRole(call.id("staff_id"), call.body.role))
    return await get_member(call)  # type: ignore[arg-type]  # it reads the address only


async def move_staff(call: Call[Nothing, UnitGiven]) -> MemberTold:
    """Put a colleague into another unit; the customers go along."""
    await call.perform(MoveStaff(call.id("staff_id"), call.body.unit_id))
    return await get_member(call)  # type: ignore[arg-type]  # likewise


async def deactivate_staff(call: Call[Nothing, LeavingGiven]) -> MemberTold:
    """A colleague leaves the bank."""
    await call.perform(
        DeactivateStaff(call.id("staff_id"), leave_customers=call.body.leave_customers)
    )
    return await get_member(call)  # type: ignore[arg-type]  # likewise


async def activate_staff(call: Call[Nothing, None]) -> MemberTold:
    """A colleague is back, without a phone until invited."""
    await call.perform(ActivateStaff(call.id("staff_id")))
    return await get_member(call)


async def revoke_phone(call: Call[Nothing, None]) -> MemberTold:
    """Cut a lost phone off."""
    await call.perform(RevokePhone(call.id("staff_id")))
    return await get_member(call)


async def list_stand_ins(call: Call[Nothing, None]) -> StandInsTold:
    """Who stands in for the caller, and for whom the caller does."""
    return StandInsTold(items=[_stand_in(one) for one in await stand_ins.concerning(call.acting)])


async def add_stand_in(call: Call[Nothing, StandInGiven]) -> StandInTold:
    """Let somebody do an absent colleague's work for a while."""
    given = call.body
    made = await call.perform(
        AddStandIn(given.absent_id, given.substitute_id, given.from_at, given.until_at)
    )
    return _stand_in(await stand_ins.stand_in(call.acting, made))


async def end_stand_in(call: Call[Nothing, None]) -> StandInTold:
    """End it before its time."""
    ended = await call.perform(EndStandIn(call.id("stand_in_id")))
    return _stand_in(await stand_ins.stand_in(call.acting, ended))


READ, WRITE = "staff:read", "staff:write"
ROUTES = (
    Route(method="GET", path="/staff/{staff_id}", scope=READ, does=get_member,
          answer=MemberTold, summary="Read a colleague"),
    Route(method="POST", path="/staff/{staff_id}/role", scope=WRITE, kind="change",
          does=change_role, body=RoleGiven, answer=MemberTold, unchanged=get_member,
          summary="Change a role"),
    Route(method="POST", path="/staff/{staff_id}/unit", scope=WRITE, kind="change",
          does=move_staff, body=UnitGiven, answer=MemberTold, unchanged=get_member,
          summary="Move to another unit"),
    Route(method="POST", path="/staff/{staff_id}/deactivate", scope=WRITE, kind="change",
          does=deactivate_staff, body=LeavingGiven, answer=MemberTold, unchanged=get_member,
          summary="Let a colleague go"),
    Route(method="POST", path="/staff/{staff_id}/activate", scope=WRITE, kind="change",
          does=activate_staff, answer=MemberTold, summary="Take a colleague back"),
    Route(method="POST", path="/staff/{staff_id}/revoke-phone", scope=WRITE, kind="change",
          does=revoke_phone, answer=MemberTold, summary="Cut a lost phone off"),
    Route(method="GET", path="/stand-ins", scope=READ, does=list_stand_ins,
          answer=StandInsTold, summary="Who stands in for whom"),
    Route(method="POST", path="/stand-ins", scope=WRITE, kind="change", does=add_stand_in,
          body=StandInGiven, answer=StandInTold, status=201, summary="Have somebody stand in"),
    Route(method="DELETE", path="/stand-ins/{stand_in_id}", scope=WRITE, kind="change",
          does=end_stand_in, answer=StandInTold, summary="End a stand-in"),
)  # fmt: skip
