"""A number that somebody asked for, in a message that goes away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import reveal
from core.profile import contact_view
from core.screens import Button, Screen, content_to_json, gone_after
from core.sensitive import Clearance, readable_phone
from storage import deliveries
from storage.models import Contact
from storage.queues import millis

if TYPE_CHECKING:
    from core.acting import Acting
    from core.events import NumberShown
    from core.i18n import Texts


async def show_number(acting: Acting, event: NumberShown) -> None:
    """Whoever said why gets the number at once; the message is the only place that has it."""
    chat_id = acting.person.chat_id
    if chat_id is None:
        return
    contact = await Contact.get(id=event.contact_id)
    view = contact_view(contact, acting.locale, Clearance(works=True))
    t, seconds = acting.texts, int(reveal.stays_for().total_seconds())
    number = readable_phone(view.phone)
    screen = Screen(
        t("📞 <b>{name}</b>\n{number}\n{when}", name=view.name, number=number,
          when=_goes_away(t, seconds)),
        ((Button.copy(t("📋 Number"), f"+{view.phone.lstrip('+')}"),),),
        gone_after=seconds,
    )  # fmt: skip
    now = millis(acting.now)
    card_id = await deliveries.new_card(chat_id, "", now, gone_after(screen))
    await deliveries.put_outbox(
        cause=f"{acting.cause}:number:{contact.id}",
        chat_id=chat_id,
        op="post",
        content=content_to_json(screen),
        card_id=card_id,
        now=now,
    )


def _goes_away(t: Texts, seconds: int) -> str:
    if seconds % 60:
        return t.plural("Goes away in {n} second.", "Goes away in {n} seconds.", seconds)
    return t.plural("Goes away in {n} minute.", "Goes away in {n} minutes.", seconds // 60)
