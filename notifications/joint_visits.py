"""Who is asked to come along hears it; who asked hears the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import bus
from core.acting import Acting
from core.i18n import texts
from core.invitation_card import invitation_screen
from core.joint_visits import invitation
from core.people import person_by_id, staff_name
from core.plan_events import VisitInvitationAnswered, VisitInvitationEnded, VisitInvited
from core.screens import Button, Screen
from notifications.briefs import headline
from notifications.outbox import alert
from notifications.shown import change_shown
from storage.models import Companion

if TYPE_CHECKING:
    from core.acting import Person


async def ask(acting: Acting, event: VisitInvited) -> None:
    """They are asked, and asked anew when the plan was moved."""
    found = await Companion.get(id=event.companion_id)
    person = await person_by_id(found.staff_id)
    if person is None:
        return
    reading = Acting(person, acting.now, acting.cause)
    asked = await invitation(reading, found.id)
    if event.moved:
        below = Screen(reading.texts("🤝 The visit was moved. Please see below."))
        await change_shown(acting, _subject(found.id), lambda _: below)
    await alert(
        acting, person, invitation_screen(reading, asked, moved=event.moved),
        cause=f"joint:{found.id}:{acting.cause}", subject=_subject(found.id),
    )  # fmt: skip


async def tell_owner(acting: Acting, event: VisitInvitationAnswered) -> None:
    """Who keeps the plan hears it."""
    found = await Companion.get(id=event.companion_id).select_related(
        "staff", "follow_up__customer"
    )
    planned = found.follow_up
    assert planned is not None
    if found.status == "refused":
        await change_shown(acting, _subject(found.id), _declined)
    owner = await person_by_id(planned.owner_id)
    if owner is None:
        return
    t = texts(owner.locale)
    name, what = staff_name(found.staff, owner.locale), headline(planned, owner, acting.now)
    text = (
        t("🤝 {name} comes along:\n{what}", name=name, what=what)
        if found.status == "confirmed"
        else t("✕ {name} can't come along:\n{what}", name=name, what=what)
    )
    row = (Button.open(t("Open"), "follow_up", planned.id),)
    await alert(acting, owner, Screen(text, (row,)), cause=f"joint_said:{found.id}:{acting.cause}")


async def end(acting: Acting, event: VisitInvitationEnded) -> None:
    """What asked them says that it is over."""

    def made(person: Person) -> Screen:
        t = texts(person.locale)
        return Screen(t("🤝 This visit is settled."))

    await change_shown(acting, _subject(event.companion_id), made)


def _declined(person: Person) -> Screen:
    t = texts(person.locale)
    return Screen(t("✕ You do not go along."))


def _subject(companion_id: int) -> str:
    return f"joint:{companion_id}"


def subscribe() -> None:
    """Have the rules hear their events."""
    bus.subscribe(VisitInvited, ask)
    bus.subscribe(VisitInvitationAnswered, tell_owner)
    bus.subscribe(VisitInvitationEnded, end)
