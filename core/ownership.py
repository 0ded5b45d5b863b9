"""The one place where customers change hands: all that goes along, in one transaction.

The owner and the unit change; stage, history and authors stay as they were. The old owner's open
follow-ups go along, or are left out one by one and closed; what repeats goes along, too. Every
change is one row of the history with its reason. Called by the commands that have checked who may
do it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING

from core import audit
from core.errors import Invalid, OwnerChanged
from core.events import CustomersMoved
from core.i18n import N_
from core.rules.workdays import add_workdays
from storage.models import Assignment, Collaboration, Customer, FollowUp, Recycling, Series, Staff

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from core.acting import Acting

NOTE_LENGTH = 400
#: the new owner accepts until then on the next working day
ACCEPT_UNTIL = time(18)


@dataclass(frozen=True, slots=True)
class Change:
    """Why customers change hands, and how."""

    kind: str
    reason: str
    note: str = ""
    batch: str | None = None
    #: whether the new owner is to accept
    to_be_accepted: bool = False
    #: open follow-ups of the old owner that do not go along
    left_out: frozenset[int] = field(default_factory=frozenset)


def check_reason(reasons: Mapping[str, str], reason: str, note: str) -> None:
    """Refuse a reason that is none of the list, and "other" without a note.

    Raises:
        Invalid: with what to do.
    """
    if reason not in reasons:
        raise Invalid
    if reason == "other" and not note.strip():
        raise Invalid(N_("Please say the reason in a few words."))
    if len(note) > NOTE_LENGTH:
        raise Invalid(
            N_("A note can have {most} characters; this one has {given}. Please shorten it."),
            most=NOTE_LENGTH,
            given=len(note),
        )


async def locked(ids: Collection[int]) -> dict[int, Customer]:
    """The customers, held against everybody else until the transaction ends.

    Always in the same order, so that two people at once wait for each other, never in a circle.
    """
    found = await Customer.filter(id__in=sorted(set(ids))).order_by("id").select_for_update()
    return {customer.id: customer for customer in found}


async def receiving(staff_id: int) -> Staff | None:
    """An active colleague, held against leaving or moving until the transaction ends."""
    return await Staff.filter(id=staff_id, active=True).select_for_update(no_key=True).first()


async def move(
    acting: Acting,
    customers: Sequence[Customer],
    to_staff: Staff | None,
    change: Change,
) -> list[int]:
    """Give locked customers of one owner to somebody, or to the pool; the history's new ids.

    Raises:
        OwnerChanged: if they are not all of one owner.
    """
    owners = {customer.owner_id for customer in customers}
    if len(owners) != 1:
        raise OwnerChanged
    from_staff = owners.pop()
    ids = [customer.id for customer in customers]
    changed: dict[str, object] = {
        "owner_id": to_staff.id if to_staff else None,
        "owner_since": acting.now,
    }
    if to_staff is not None:
        changed["unit_id"] = to_staff.unit_id
    await Customer.filter(id__in=ids).update(**changed)
    follow_ups, left_out = await _move_follow_ups(acting, ids, from_staff, to_staff, change)
    await _move_series(acting, ids, from_staff, to_staff)
    if to_staff is not None:
        await Collaboration.filter(
            customer_id__in=ids, staff_id=to_staff.id, ended_at=None
        ).update(ended_at=acting.now)
    await Recycling.filter(customer_id__in=ids, settled_at=None).update(
        settled_at=acting.now, outcome="recycled" if change.kind == "recycle" else "kept"
    )
    assignments = await _write_history(acting, customers, to_staff, change)
    acting.emit(
        CustomersMoved(
            change.kind, from_staff, to_staff.id if to_staff else None, tuple(assignments),
            tuple(ids), follow_ups, left_out,
        )
    )  # fmt: skip
    return assignments


async def _move_follow_ups(
    acting: Acting,
    customers: list[int],
    from_staff: int | None,
    to_staff: Staff | None,
    change: Change,
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Into the new owner's hands; what is left out, or has nobody to go to, is closed."""
    if from_staff is None:
        return (), ()
    found = await FollowUp.filter(
        customer_id__in=customers, owner_id=from_staff, status="open"
    ).values_list("id", flat=True)
    ids = {int(str(one)) for one in found}
    left_out = ids if to_staff is None else ids & change.left_out
    along = ids - left_out
    if along and to_staff is not None:
        await FollowUp.filter(id__in=along).update(owner_id=to_staff.id)
    if left_out:
        await FollowUp.filter(id__in=left_out).update(
            status="cancelled", settled_at=acting.now, remind_at=None
        )
        await audit.record_all(
            acting, "cancelled", "follow_up", {one: {"why": change.kind} for one in left_out}
        )
    return tuple(sorted(along)), tuple(sorted(left_out))


async def _move_series(
    acting: Acting, customers: list[int], from_staff: int | None, to_staff: Staff | None
) -> None:
    """What repeats goes on with the new owner; in the pool it ends."""
    running = Series.filter(customer_id__in=customers, owner_id=from_staff, state="running")
    if to_staff is not None:
        await running.update(owner_id=to_staff.id)
    else:
        await running.update(state="ended", next_on=None, ended_at=acting.now)


async def _write_history(
    acting: Acting, customers: Sequence[Customer], to_staff: Staff | None, change: Change
) -> list[int]:
    keys = {customer.id: f"{acting.key}:{customer.id}" for customer in customers}
    await Assignment.bulk_create(
        Assignment(
            key=keys[customer.id],
            customer_id=customer.id,
            kind=change.kind,
            from_staff_id=customer.owner_id,
            to_staff_id=to_staff.id if to_staff else None,
            from_unit_id=customer.unit_id,
            to_unit_id=to_staff.unit_id if to_staff else customer.unit_id,
            reason=change.reason,
            note=change.note.strip(),
            by_id=acting.person.id or None,
            at=acting.now,
            batch=change.batch,
            accept_by=accept_by(acting) if change.to_be_accepted else None,
        )
        for customer in customers
    )
    await audit.record_all(
        acting,
        change.kind,
        "customer",
        {
            customer.id: {
                "owner": {"from": customer.owner_id, "to": to_staff.id if to_staff else None},
                "reason": change.reason,
            }
            for customer in customers
        },
    )
    made = await Assignment.filter(key__in=list(keys.values())).order_by("id")
    return [one.id for one in made]


def accept_by(acting: Acting) -> datetime:
    """Until when a new owner is to accept: six in the evening of the next working day."""
    day = add_workdays(acting.local_now.date(), 1)
    return datetime.combine(day, ACCEPT_UNTIL, acting.zone)


def workdays_later(acting: Acting, days: int) -> datetime:
    """Nine in the morning of the n-th working day from now, on the acting person's clock."""
    day = add_workdays(acting.local_now.date(), days)
    return datetime.combine(day, time(9), acting.zone)
