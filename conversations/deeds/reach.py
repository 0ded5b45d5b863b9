"""Tap to call, tap to navigate, tap to see what was attached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from conversations.deeds.outcome import Outcome
from conversations.wording import moment
from conversations.words import whole
from core import customers
from core import profile as read
from core.errors import NotAllowed, NotFound
from core.i18n import N_
from core.screens import ContactCard, StoredFile, Venue
from core.sensitive import CLASSIFIED_FOR

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting
    from core.screens import Content

MOST = 10
#: of what was written below a photo
CAPTION = 200
MASKED = N_("That number is masked for you. Tap “Show number” and say why you need it.")


async def call(acting: Acting, perform: Perform, contact_id: str) -> Outcome:
    """The contact as a card, to call by a tap.

    Raises:
        NotFound: if there is no such contact to be seen.
        NotAllowed: if the number is masked for this person.
    """
    del perform
    view, customer = await read.contact(acting, whole(contact_id))
    if not view.in_full:
        raise NotAllowed(MASKED)
    company = customers.short_name_of(customer, acting.locale)
    seconds = int(CLASSIFIED_FOR.total_seconds())
    number = f"+{view.phone.lstrip('+')}"
    return Outcome(posts=(ContactCard(view.name, number, company, gone_after=seconds),))


async def navigate(acting: Acting, perform: Perform, customer_id: str) -> Outcome:
    """The firm's address as a place, to navigate to by a tap.

    Raises:
        NotFound: if there is no such customer to be seen, or it has no place.
    """
    del perform
    customer = await customers.visible(acting, whole(customer_id))
    if customer.latitude is None or customer.longitude is None:
        raise NotFound
    place = Venue(
        customers.short_name_of(customer, acting.locale),
        customer.address or customer.city,
        customer.latitude,
        customer.longitude,
    )
    return Outcome(posts=(place,))


async def attachments(acting: Acting, perform: Perform, activity_id: str) -> Outcome:
    """The photos, voice notes, documents and places of a record."""
    del perform
    posts: list[Content] = []
    for found in (await read.attachments_of(acting, whole(activity_id)))[:MOST]:
        if found.kind == "location":
            title = acting.texts("Where the record was made")
            posts.append(Venue(str(title), "-", found.latitude or 0, found.longitude or 0))
        else:
            kind = cast("Literal['photo', 'voice', 'document']", found.kind)
            at = moment(acting, found.created_at)
            said = f"{at} · {found.caption[:CAPTION]}" if found.caption else at
            posts.append(StoredFile(kind, found.file_id, said))
    return Outcome(posts=tuple(posts))
