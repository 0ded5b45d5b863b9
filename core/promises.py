"""Promises, both ways: kept, late or broken; shown before the next visit and in a hand-over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core import audit, customers
from core.errors import AlreadySettled, Invalid, NotFound
from core.i18n import N_
from core.language.promises import MOST, TEXT_LENGTH, promises_in
from core.plan_events import PromiseSettled
from storage.db import lookup
from storage.models import Promise
from storage.statements import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.acting import Acting
    from storage.models import Customer

DIRECTIONS = {"ours": N_("We promised"), "theirs": N_("They promised")}
ENDS = {
    "kept": N_("Kept as promised"),
    "late": N_("Kept late"),
    "broken": N_("Broken"),
    "withdrawn": N_("Taken back with its record"),
}


@dataclass(frozen=True, slots=True)
class MakePromise:
    """Write a promise down."""

    customer_id: int
    direction: str
    text: str
    #: a moment counts as its day on the acting person's clock
    due: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class SettlePromise:
    """It was kept, or it was broken."""

    promise_id: int
    how: str = "kept"


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise in a list."""

    id: int
    direction: str
    text: str
    due: date | None
    status: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class PromisesIn:
    """Reads the promises of a note, on the acting person's clock."""

    note: str
    #: the moment that the note speaks from, ISO 8601
    at: str

    async def __call__(self, acting: Acting) -> list[dict[str, str]]:
        """[{"direction", "text", "due"}, …]; `due` is empty where no day was said."""
        now = datetime.fromisoformat(self.at).astimezone(acting.zone)
        return [
            {"direction": one.direction, "text": one.text,
             "due": one.due.isoformat() if one.due else ""}
            for one in promises_in(self.note, now)
        ]  # fmt: skip


async def make_promise(acting: Acting, command: MakePromise) -> dict[str, int]:
    """Write it down, once per key, and return {"id": …, "customer": …}.

    Raises:
        NotFound, NotAllowed: if the customer is not this person's to work on.
        Invalid: if the direction is none, or the words are missing or too many.
    """
    customer = await customers.workable(acting, command.customer_id)
    due = command.due
    if isinstance(due, datetime):
        due = due.astimezone(acting.zone).date()
    made = await _make(acting, acting.key, customer.id, command.direction, command.text, due)
    return {"id": made, "customer": customer.id}


async def keep_of_record(
    acting: Acting, activity_id: int, customer_id: int, said: Sequence[Mapping[str, str]]
) -> None:
    """Write down what a note promised, as `PromisesIn` read it.

    Raises:
        Invalid: if one can't be right.
    """
    if len(said) > MOST:
        raise Invalid
    for number, one in enumerate(said):
        due = date.fromisoformat(one["due"]) if one["due"] else None
        await _make(
            acting, f"{acting.key}/p{number}", customer_id, one["direction"], one["text"], due,
            activity_id,
        )  # fmt: skip


async def _make(
    acting: Acting, key: str, customer_id: int, direction: str, text: str, due: date | None,
    activity_id: int | None = None,
) -> int:  # fmt: skip
    if direction not in DIRECTIONS or not 0 < len(text.strip()) <= TEXT_LENGTH:
        raise Invalid
    known = await Promise.get_or_none(key=key)
    if known is not None:
        return int(known.id)
    made = await Promise.create(
        key=key, customer_id=customer_id, direction=direction, text=text.strip(), due=due,
        activity_id=activity_id, made_at=acting.now, made_by_id=acting.person.id,
    )  # fmt: skip
    await audit.record(acting, "promise", "promise", made.id, customer=customer_id)
    return int(made.id)


async def settle_promise(acting: Acting, command: SettlePromise) -> int:
    """Settle it and return the customer's id; kept after its day, it is late.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if the customer is not this person's to work on.
        AlreadySettled: if it was settled before.
        Invalid: if it is no such end.
    """
    found = await Promise.get_or_none(id=command.promise_id)
    customer = await customers.workable(acting, found.customer_id if found else -1)
    assert found is not None
    if command.how not in {"kept", "broken"}:
        raise Invalid
    if found.status != "open":
        raise AlreadySettled
    late = command.how == "kept" and found.due and acting.local_now.date() > found.due
    found.status = "late" if late else command.how
    found.settled_at, found.settled_by_id = acting.now, acting.person.id or None
    await found.save(update_fields=["status", "settled_at", "settled_by_id"])
    await audit.record(
        acting, "settle", "promise", found.id, customer=customer.id, how=found.status
    )
    acting.emit(PromiseSettled(found.id, customer.id))
    return int(customer.id)


async def withdraw_of_record(acting: Acting, activity_id: int) -> None:
    """A record that was taken back promised nothing."""
    await Promise.filter(activity_id=activity_id, status="open").update(
        status="withdrawn", settled_at=acting.now, settled_by_id=acting.person.id or None
    )


async def promise(acting: Acting, promise_id: int) -> tuple[PromiseView, Customer]:
    """One promise, with the firm.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    found = await Promise.get_or_none(id=promise_id)
    if found is None:
        raise NotFound
    customer = await customers.visible(acting, found.customer_id)
    row = {"id": found.id, "direction": found.direction, "text": found.text, "due": found.due,
           "status": found.status}  # fmt: skip
    return _view(acting, row), customer


async def promises_of(
    acting: Acting, customer_id: int, *, limit: int, offset: int = 0
) -> tuple[Customer, list[PromiseView]]:
    """The promises of a customer: the open ones first, those due first; then the settled.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    found = await lookup(
        "SELECT id, direction, text, due, status FROM promise WHERE customer_id = $1"
        " ORDER BY CASE WHEN status = 'open' THEN 0 ELSE 1 END, COALESCE(due, '2999-12-31'),"
        " id DESC LIMIT $2 OFFSET $3",
        customer.id, limit, offset,
    )  # fmt: skip
    return customer, [_view(acting, one) for one in found]


_OPEN = """
SELECT id, direction, text, due, status FROM promise
 WHERE customer_id = $1 AND status = 'open' ORDER BY COALESCE(due, '2999-12-31'), id
"""


async def open_promises(acting: Acting, customer_id: int) -> tuple[PromiseView, ...]:
    """What is promised and open at a customer that the acting person may see."""
    return tuple([_view(acting, one) for one in await lookup(_OPEN, customer_id)])


def _view(acting: Acting, one: Mapping[str, Any]) -> PromiseView:
    due = None if one["due"] is None else day_of(one["due"])
    today = acting.local_now.date()
    return PromiseView(
        id=int(one["id"]), direction=one["direction"], text=one["text"], due=due,
        status=one["status"],
        overdue=one["status"] == "open" and due is not None and due < today,
    )  # fmt: skip
