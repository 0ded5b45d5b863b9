"""The colleague reads a customer's summary, with a word of who sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import bus, formats
from core.events import SummarySent
from core.people import staff_name
from core.screens import Button, Screen
from core.summaries import summary_for
from core.vocabulary import KIND_ICONS
from notifications.customer_lines import customer_lines
from notifications.outbox import alert
from storage.models import Staff

if TYPE_CHECKING:
    from core.acting import Acting
    from core.summaries import Summary


async def deliver(acting: Acting, event: SummarySent) -> None:
    """Tell it with the receiver's rights, in the receiver's language."""
    reading, facts = await summary_for(acting, event.to_staff, event.customer_id)
    sender = await Staff.get(id=event.from_staff)
    t = reading.texts
    who = staff_name(sender, reading.locale)
    head = (
        t("📤 {who}: {note}", who=who, note=event.note)
        if event.note
        else t("📤 {who} sends you a customer.", who=who)
    )
    text = Markup("\n").join(
        [head, Markup(), *_head(reading, facts), *customer_lines(reading, facts)]
    )
    profile = Button.open(t("👤 Profile"), "profile", event.customer_id)
    await alert(
        reading, reading.person, Screen(text, ((profile,),), protected=True),
        cause=f"{acting.cause}:summary:{event.customer_id}:{event.to_staff}",
    )  # fmt: skip


def _head(acting: Acting, facts: Summary) -> list[Markup]:
    t = acting.texts
    said = [
        Markup("<b>{}</b> · {}").format(
            facts.name, t("grade {grade}", grade=facts.customer.grade)
        ),
        t("In charge: {owner}", owner=facts.owner) if facts.owner else t("In the shared pool"),
    ]
    if facts.next is not None:
        at = formats.moment(
            facts.next.due_at, acting.zone, acting.locale, acting.now, all_day=facts.next.all_day
        )
        step = f"{at} {KIND_ICONS[facts.next.kind]} {facts.next.purpose}".strip()
        said.append(t("⏰ Next: {step}", step=step))
    return said


def subscribe() -> None:
    """Have the rule hear its event."""
    bus.subscribe(SummarySent, deliver)
