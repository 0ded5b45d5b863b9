"""A number that is masked for somebody is shown for a reason, which is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core import audit, customers
from core.errors import Invalid, NotFound
from core.events import NumberShown
from core.vocabulary import REVEAL_REASONS
from storage.models import Contact

if TYPE_CHECKING:
    from core.acting import Acting
    from storage.models import Customer

NOTE_LENGTH = 200
_stays_for = timedelta(minutes=2)


def configure(stays_for: timedelta) -> None:
    """Set how long a number stays in the chat; called once, at start."""
    globals()["_stays_for"] = stays_for


def stays_for() -> timedelta:
    """How long a number that was shown for a reason stays in the chat."""
    return _stays_for


@dataclass(frozen=True, slots=True)
class ShowNumber:
    """Show a contact's number for a reason; "other" needs a note."""

    contact_id: int
    reason: str
    note: str = ""


async def show_number(acting: Acting, command: ShowNumber) -> int:
    """Write down who looks and why, and return the contact's id.

    The number itself is told once, in the message that `NumberShown` causes: no journal keeps it.

    Raises:
        NotFound: if there is no such contact to be seen, or it has no number.
        Invalid: if the reason is none of the bank's, or its note is missing.
    """
    contact, customer = await revealable(acting, command.contact_id)
    note = command.note.strip()
    wanting = command.reason == "other" and not note
    if command.reason not in REVEAL_REASONS or wanting or len(note) > NOTE_LENGTH:
        raise Invalid
    detail = {"reason": command.reason} | ({"note": note} if note else {})
    await audit.record(
        acting, "read", "contact", contact.id, customer=customer.id, field="phone", **detail
    )
    acting.emit(NumberShown(contact.id, customer.id))
    return int(contact.id)


async def revealable(acting: Acting, contact_id: int) -> tuple[Contact, Customer]:
    """A contact with a number, of a customer that the acting person may see.

    Raises:
        NotFound: if there is none.
    """
    contact = await Contact.get_or_none(id=contact_id)
    customer = await customers.visible(acting, contact.customer_id if contact else -1)
    if contact is None or not contact.phone:
        raise NotFound
    return contact, customer
