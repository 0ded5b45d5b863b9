"""The second officer of a visit is asked, reminded once, and the first one hears the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import bus, customers
from core.acting import Acting
from core.alert_events import FactCrossed
from core.companion_card import request_screen
from core.i18n import texts
from core.people import person_by_id, staff_name
from core.plan_events import SecondOfficerAnswered, SecondOfficerAsked, SecondOfficerWithdrawn
from core.screens import Button, Screen
from core.second_officers import request
from notifications.outbox import alert
from notifications.shown import change_shown
from storage.models import Companion, Crossing

if TYPE_CHECKING:
    from markupsafe import Markup

    from core.acting import Person

_UNCONFIRMED, _SUBJECT = "unconfirmed", "companion:"


async def ask_second(acting: Acting, event: SecondOfficerAsked) -> None:
    """They are sent the record to confirm; corrected, it is sent anew."""
    found = await Companion.get(id=event.companion_id)
    person = await person_by_id(found.staff_id)
    if person is None:
        return
    reading = Acting(person, acting.now, acting.cause)
    asked = await request(reading, found.id)
    head = None
    if event.corrected:
        below = Screen(reading.texts("✏️ The record was corrected. Please see below."))
        await change_shown(acting, _subject(found.id), lambda _: below)
    if event.again:
        head = reading.texts(
            "👥 <b>{name}</b> corrected a visit of two officers. Please confirm it again.",
            name=asked.record.author,
        )
    await alert(
        acting, person, request_screen(reading, asked, head),
        cause=f"second:{found.id}:{acting.cause}", subject=_subject(found.id),
    )  # fmt: skip


async def remind_second(acting: Acting, event: FactCrossed) -> None:
    """Who has not answered for days is reminded, once; the alert goes to who is in charge."""
    if event.kind != _UNCONFIRMED:
        return
    crossing = await Crossing.get(id=event.crossing_id)
    found = await Companion.get(id=int(crossing.subject.removeprefix(_SUBJECT)))
    person = await person_by_id(found.staff_id)
    if person is None:
        return
    reading = Acting(person, acting.now, acting.cause)
    asked = await request(reading, found.id)
    head = reading.texts("⏰ <b>{name}</b> still waits for you.", name=asked.record.author)
    await alert(
        acting, person, request_screen(reading, asked, head),
        cause=f"second_again:{crossing.id}", subject=_subject(found.id),
    )  # fmt: skip


async def tell_first(acting: Acting, event: SecondOfficerAnswered) -> None:
    """The first officer hears it; what asked the second says that it is answered."""
    found = await Companion.get(id=event.companion_id).select_related(
        "staff", "activity__customer"
    )
    assert found.activity is not None
    activity = found.activity

    def answered(person: Person) -> Screen:
        t = texts(person.locale)
        name = customers.short_name_of(activity.customer, person.locale)
        if found.status == "confirmed":
            return Screen(t("✅ You confirmed the visit to <b>{customer}</b>.", customer=name))
        return Screen(t("✋ You were not at <b>{customer}</b>.", customer=name))

    await change_shown(acting, _subject(found.id), answered)
    first = await person_by_id(activity.author_id)
    if first is None:
        return
    t, buttons = texts(first.locale), []
    facts = {
        "name": staff_name(found.staff, first.locale),
        "customer": customers.short_name_of(activity.customer, first.locale),
    }
    if found.status == "confirmed":
        text: Markup = t("👥 {name} confirmed your visit to <b>{customer}</b>: 2 of 2.", **facts)
    else:
        text = t("✋ {name} was not at <b>{customer}</b>: {why}", why=found.why, **facts)
        buttons = [Button.start(t("👥 Name another"), "name_second", activity.id)]
    buttons.append(Button.open(t("Open"), "activity", activity.id))
    await alert(
        acting, first, Screen(text, (tuple(buttons),)),
        cause=f"second_said:{found.id}:{acting.cause}",
    )  # fmt: skip


async def take_back(acting: Acting, event: SecondOfficerWithdrawn) -> None:
    """Who need not answer any more reads that."""

    def made(person: Person) -> Screen:
        t = texts(person.locale)
        return Screen(t("👥 You need not confirm this visit any more."))

    await change_shown(acting, _subject(event.companion_id), made)


def _subject(companion_id: int) -> str:
    return f"second:{companion_id}"


def subscribe() -> None:
    """Have the rules hear their events."""
    bus.subscribe(SecondOfficerAsked, ask_second)
    bus.subscribe(SecondOfficerAnswered, tell_first)
    bus.subscribe(SecondOfficerWithdrawn, take_back)
    bus.subscribe(FactCrossed, remind_second)
