"""Who hears what when people change: roles, units, leaving, phones, stand-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core import bus, formats
from core.colleagues import unit_name
from core.events import (
    PhoneRevoked,
    RoleChanged,
    StaffDeactivated,
    StaffMoved,
    StandInAdded,
    StandInEnded,
)
from core.i18n import texts
from core.people import leader_of, person_by_id, person_of, staff_name
from core.screens import Button, Screen
from core.vocabulary import ROLES
from notifications.outbox import alert
from storage.models import Staff, StandIn, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from core.acting import Acting, Person


async def tell_role(acting: Acting, event: RoleChanged) -> None:
    """The person hears what he or she is from now on."""
    person = await person_by_id(event.staff_id)
    if person is not None:
        t = texts(person.locale)
        text = t("👤 Your role from now on: <b>{role}</b>", role=t(ROLES[event.after]))
        await _tell(acting, person, text, f"role:{event.staff_id}")


async def tell_move(acting: Acting, event: StaffMoved) -> None:
    """The person hears of the new unit; the new leader and the old one hear who came and went."""
    staff = await Staff.get(id=event.staff_id).select_related("unit")
    if not staff.active:
        return
    person = person_of(staff, staff.unit)
    before = await Unit.get(id=event.from_unit)
    t = texts(person.locale)
    unit = unit_name(staff.unit, person.locale)
    await _tell(
        acting, person,
        t("👥 Your unit from now on: <b>{unit}</b>. Your customers came along.", unit=unit),
        f"moved:{staff.id}",
    )  # fmt: skip
    new, old = await leader_of(person), await leader_of(person_of(staff, before))
    if new is not None:
        t = texts(new.locale)
        text = t(
            "👥 {name} is in <b>{unit}</b> from now on, with {n} customers.",
            name=staff_name(staff, new.locale), unit=unit_name(staff.unit, new.locale),
            n=event.customers,
        )  # fmt: skip
        await _tell(acting, new, text, f"arrived:{staff.id}")
    if old is not None and (new is None or old.id != new.id):
        t = texts(old.locale)
        text = t(
            "👥 {name} has moved to <b>{unit}</b>, with {n} customers.",
            name=staff_name(staff, old.locale), unit=unit_name(staff.unit, old.locale),
            n=event.customers,
        )  # fmt: skip
        await _tell(acting, old, text, f"went:{staff.id}")


async def tell_left(acting: Acting, event: StaffDeactivated) -> None:
    """The leader hears that somebody has left, and how many customers wait for a new owner."""

    def text(leader: Person, name: str) -> Markup:
        t = texts(leader.locale)
        if not event.customers:
            return t("👥 {name} has left.", name=name)
        return t("👥 {name} has left. Customers to hand over: {n}.", name=name, n=event.customers)

    def button(leader: Person) -> Button:
        t = texts(leader.locale)
        return Button.start(t("📦 Hand over…"), "hand_over", event.staff_id)

    await _tell_leader(acting, event.staff_id, text, "left", button if event.customers else None)


async def tell_revoked(acting: Acting, event: PhoneRevoked) -> None:
    """The leader hears that somebody can't be reached until invited anew."""

    def text(leader: Person, name: str) -> Markup:
        t = texts(leader.locale)
        return t(
            "📵 {name}'s phone was cut off. Nothing reaches {name} until a new invitation.",
            name=name,
        )

    await _tell_leader(acting, event.staff_id, text, "revoked")


async def tell_stand_in(acting: Acting, event: StandInAdded) -> None:
    """The substitute hears of it, and those who did not arrange it themselves."""
    found = await _stand_in(event.stand_in_id)
    absent = person_of(found.absent, found.absent.unit)
    substitute = person_of(found.substitute, found.substitute.unit)
    t = texts(substitute.locale)
    text = t(
        "🤝 You stand in for <b>{name}</b>, {time}. You see the customers meanwhile.",
        name=staff_name(found.absent, substitute.locale), time=_time(acting, found, substitute),
    )  # fmt: skip
    await _tell(acting, substitute, text, f"stand_in:{found.id}", _way_to(found, substitute))
    for person in (absent, await leader_of(absent)):
        if person is None or person.id in {acting.person.id, substitute.id}:
            continue
        t = texts(person.locale)
        text = t(
            "🤝 {substitute} stands in for {absent}, {time}.",
            substitute=staff_name(found.substitute, person.locale),
            absent=staff_name(found.absent, person.locale),
            time=_time(acting, found, person),
        )
        await _tell(
            acting, person, text, f"stand_in:{found.id}:{person.id}", _way_to(found, person)
        )


async def tell_stand_in_ended(acting: Acting, event: StandInEnded) -> None:
    """Both hear that it is over, but for who ended it."""
    found = await _stand_in(event.stand_in_id)
    for staff in (found.absent, found.substitute):
        person = person_of(staff, staff.unit)
        if person.id == acting.person.id or not staff.active:
            continue
        t = texts(person.locale)
        text = t(
            "🤝 {substitute} no longer stands in for {absent}.",
            substitute=staff_name(found.substitute, person.locale),
            absent=staff_name(found.absent, person.locale),
        )
        await _tell(acting, person, text, f"stand_in_ended:{found.id}:{person.id}")


def subscribe() -> None:
    """Have each of these hear its event."""
    bus.subscribe(RoleChanged, tell_role)
    bus.subscribe(StaffMoved, tell_move)
    bus.subscribe(StaffDeactivated, tell_left)
    bus.subscribe(PhoneRevoked, tell_revoked)
    bus.subscribe(StandInAdded, tell_stand_in)
    bus.subscribe(StandInEnded, tell_stand_in_ended)


async def _tell(
    acting: Acting, person: Person, text: Markup, what: str, button: Button | None = None
) -> None:
    t = texts(person.locale)
    home = Button.open(t("⌂ Home"), "home")
    row = (home,) if button is None else (button, home)
    await alert(acting, person, Screen(text, (row,)), cause=f"{acting.cause}:{what}")


async def _tell_leader(
    acting: Acting,
    staff_id: int,
    text: Callable[[Person, str], Markup],
    what: str,
    button: Callable[[Person], Button] | None = None,
) -> None:
    staff = await Staff.get(id=staff_id).select_related("unit")
    leader = await leader_of(person_of(staff, staff.unit))
    if leader is not None and leader.id != acting.person.id:
        told = text(leader, staff_name(staff, leader.locale))
        more = button(leader) if button is not None else None
        await _tell(acting, leader, told, f"{what}:{staff_id}", more)


def _way_to(found: StandIn, person: Person) -> Button:
    t = texts(person.locale)
    return Button.open(t("Open"), "stand_in", found.id)


async def _stand_in(stand_in_id: int) -> StandIn:
    return await StandIn.get(id=stand_in_id).select_related("absent__unit", "substitute__unit")


def _time(acting: Acting, found: StandIn, reader: Person) -> str:
    return formats.span(
        found.from_at, found.until_at, ZoneInfo(reader.zone), reader.locale, acting.now
    )
