"""What an administrator does with people: role, unit, leaving, coming back, a lost phone.

Nobody is deleted. A person's customers go where the person goes; a person who leaves takes none
along. Each change is audited from what to what, and those concerned are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import audit, stand_ins
from core.collaborations import EndCollaboration, end_collaboration
from core.enrolment import ADMINISTRATORS, RevokeInvitations, revoke_invitations
from core.errors import Conflict, Invalid, NotAllowed, NotFound, StillKeeps
from core.events import PhoneRevoked, RoleChanged, StaffActivated, StaffDeactivated, StaffMoved
from core.i18n import N_
from core.rules.access import KEEPERS, SUBSTITUTED
from core.tokens import RevokeToken, revoke_token
from core.vocabulary import ROLES
from storage import deliveries
from storage.models import ApiToken, Collaboration, Customer, Lane, Staff, Talk, Unit

if TYPE_CHECKING:
    from core.acting import Acting

YOURSELF = N_("Not for yourself: ask another administrator.")
LAST_ADMINISTRATOR = N_("There would be no administrator left.")
#: dialogues that can still be gone on with
_ALIVE = ("open", "parked", "expired")


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """Give somebody another role."""

    staff_id: int
    role: str


@dataclass(frozen=True, slots=True)
class MoveStaff:
    """Put somebody into another unit; the customers go along."""

    staff_id: int
    unit_id: int


@dataclass(frozen=True, slots=True)
class DeactivateStaff:
    """Somebody leaves the bank."""

    staff_id: int
    #: the customers stay in this person's name until somebody hands them over
    leave_customers: bool = False


@dataclass(frozen=True, slots=True)
class ActivateStaff:
    """Somebody comes back."""

    staff_id: int


@dataclass(frozen=True, slots=True)
class RevokePhone:
    """A phone is lost: nothing further is sent to it, and what it had begun ends."""

    staff_id: int


async def change_role(acting: Acting, command: ChangeRole) -> str:
    """Change it and return the role; the same role again changes nothing.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such person.
        Invalid: if there is no such role.
        StillKeeps: if the new role keeps no customers and the person does.
        Conflict: if no administrator would be left.
    """
    staff = await _changed(acting, command.staff_id)
    if command.role not in ROLES:
        raise Invalid(N_("There is no such role."))
    if command.role == staff.role:
        return staff.role
    await _not_the_last(staff)
    if command.role not in KEEPERS:
        await _keeps_none(staff)
    before, staff.role = staff.role, command.role
    await staff.save(update_fields=["role"])
    if command.role not in SUBSTITUTED:
        await stand_ins.end_all(acting, staff.id)
    await audit.record(acting, "change_role", "staff", staff.id, role=_change(before, staff.role))
    acting.emit(RoleChanged(staff.id, before, staff.role))
    return staff.role


async def move_staff(acting: Acting, command: MoveStaff) -> int:
    """Move somebody and the customers, each audited; returns how many customers went along.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such person or unit.
    """
    staff = await _changed(acting, command.staff_id)
    unit = await Unit.get_or_none(id=command.unit_id)
    if unit is None:
        raise NotFound
    if unit.id == staff.unit_id:
        return 0
    before, staff.unit_id = staff.unit_id, unit.id
    await staff.save(update_fields=["unit_id"])
    moved = (
        await Customer.filter(owner_id=staff.id)
        .exclude(unit_id=unit.id)
        .order_by("id")
        .select_related("unit")
    )
    await Customer.filter(owner_id=staff.id).update(unit_id=unit.id)
    old = await Unit.get(id=before)
    await audit.record(
        acting, "move", "staff", staff.id, unit=_change(_named(old), _named(unit)),
        customers=len(moved),
    )  # fmt: skip
    await audit.record_all(
        acting, "move", "customer",
        {one.id: {"unit": _change(_named(one.unit), _named(unit))} for one in moved},
    )  # fmt: skip
    acting.emit(StaffMoved(staff.id, before, unit.id, len(moved)))
    return len(moved)


async def deactivate_staff(acting: Acting, command: DeactivateStaff) -> int:
    """Shut the door behind somebody and return the id; who has left already stays so.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such person.
        StillKeeps: if the person keeps customers, unless they are to be left.
        Conflict: if it is oneself, or no administrator would be left.
    """
    staff = await _changed(acting, command.staff_id)
    if not staff.active:
        return int(staff.id)
    _not_oneself(acting, staff)
    await _not_the_last(staff)
    kept = await Customer.filter(owner_id=staff.id).count()
    if kept and not command.leave_customers:
        raise StillKeeps(n=kept)
    staff.active = False
    await staff.save(update_fields=["active"])
    await stand_ins.end_all(acting, staff.id)
    await _silence(acting, staff)
    await _end_grants(acting, staff)
    gone = _change(before=True, after=False)
    await audit.record(acting, "deactivate", "staff", staff.id, active=gone, customers=kept)
    acting.emit(StaffDeactivated(staff.id, kept))
    return int(staff.id)


async def activate_staff(acting: Acting, command: ActivateStaff) -> int:
    """Let somebody be staff again, without a phone until invited; returns the id.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such person.
    """
    staff = await _changed(acting, command.staff_id)
    if staff.active:
        return int(staff.id)
    staff.active = True
    await staff.save(update_fields=["active"])
    await audit.record(
        acting, "activate", "staff", staff.id, active=_change(before=False, after=True)
    )
    acting.emit(StaffActivated(staff.id))
    return int(staff.id)


async def revoke_phone(acting: Acting, command: RevokePhone) -> bool:
    """Cut a phone off; false where there was none. Open invitations are taken back, too.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such person.
        Conflict: if it is one's own: the answer could not be sent any more.
    """
    staff = await _changed(acting, command.staff_id)
    _not_oneself(acting, staff)
    had_one = await _silence(acting, staff)
    if had_one:
        await audit.record(acting, "revoke_phone", "staff", staff.id)
        acting.emit(PhoneRevoked(staff.id))
    return had_one


async def _end_grants(acting: Acting, staff: Staff) -> None:
    """What was shared with who leaves, and what speaks for them, ends: who is back begins anew."""
    for shared in await Collaboration.filter(staff_id=staff.id, ended_at=None).order_by("id"):
        await end_collaboration(acting, EndCollaboration(shared.id))
    for token in await ApiToken.filter(staff_id=staff.id, revoked_at=None).order_by("id"):
        await revoke_token(acting, RevokeToken(token.id))


async def _silence(acting: Acting, staff: Staff) -> bool:
    """End what goes on in somebody's chat and send nothing more to it; false without a chat."""
    await revoke_invitations(acting, RevokeInvitations(staff.number))
    if staff.chat_id is None:
        return False
    await Talk.filter(lane=f"c:{staff.chat_id}", status__in=_ALIVE).update(status="cancelled")
    await deliveries.cancel_chat(staff.chat_id)
    staff.chat_id = staff.enrolled_at = staff.unreachable_since = None
    await staff.save(update_fields=["chat_id", "enrolled_at", "unreachable_since"])
    return True


async def _changed(acting: Acting, staff_id: int) -> Staff:
    """The person to be changed, locked.

    Whoever handles an update of that person's chat now is waited for: what it still writes is
    seen, and what it answers can be taken back. The chat comes first, the person after: that is
    the order in which such an update takes them.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    known = await Staff.get_or_none(id=staff_id)
    if known is None:
        raise NotFound
    if known.chat_id is not None:
        await Lane.filter(id=f"c:{known.chat_id}").select_for_update()
    staff = await Staff.filter(id=staff_id).select_for_update(no_key=True).get()
    if staff.chat_id != known.chat_id:
        raise Conflict
    return staff


def _not_oneself(acting: Acting, staff: Staff) -> None:
    if staff.id == acting.person.id:
        raise Conflict(YOURSELF)


async def _not_the_last(staff: Staff) -> None:
    if staff.role not in ADMINISTRATORS or not staff.active:
        return
    others = Staff.filter(role__in=sorted(ADMINISTRATORS), active=True).exclude(id=staff.id)
    if not await others.exists():
        raise Conflict(LAST_ADMINISTRATOR)


async def _keeps_none(staff: Staff) -> None:
    kept = await Customer.filter(owner_id=staff.id).count()
    if kept:
        raise StillKeeps(n=kept)


def _named(unit: Unit) -> str:
    """A unit as the audit names it: readable, and sure."""
    return f"{unit.name_zh} #{unit.id}"


def _change(before: object, after: object) -> dict[str, object]:
    return {"from": before, "to": after}
