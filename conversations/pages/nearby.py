"""🧭 Who else is near: stops beside a planned visit or a check-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.pages.here import far
from conversations.wording import lines
from conversations.words import whole
from core import formats
from core.nearby import WITHIN, around_door, around_plan
from core.rules.access import OWN
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.nearby import Stop
    from core.screens import Row

_KILOMETRE = 1000


async def nearby(acting: Acting, beside: str, number: str) -> Screen:
    """The own customers around a planned visit ("plan") or a check-in ("door")."""
    t = acting.texts
    door = beside == "door"
    read = around_door if door else around_plan
    found = await read(acting, whole(number))
    back = (Button.open(t("‹ Back"), "door" if door else "follow_up", whole(number)),)
    if found is None:
        return Screen(t("The customer has no position on the map."), (back,))
    head = t("🧭 <b>Near {customer}</b>", customer=found.customer)
    if not found.stops:
        none = t("No customer of yours has waited long within {km} km.", km=WITHIN // _KILOMETRE)
        return Screen(lines(head, none), (back,))
    body = [_line(acting, place, stop) for place, stop in enumerate(found.stops, 1)]
    day = found.on.toordinal()
    plans: Row = tuple(
        Button.start(f"⏰ {place}", "plan", stop.customer_id, day)
        for place, stop in enumerate(found.stops, 1)
    )
    profiles: Row = tuple(
        Button.open(f"👤 {place}", "profile", stop.customer_id)
        for place, stop in enumerate(found.stops, 1)
    )
    rule = t("Longest silence first, the nearer the more it counts.")
    return Screen(lines(head, *body, rule), (plans, profiles, back))


def way_to(acting: Acting, beside: str, number: int) -> Row:
    """The button that leads here, for those who keep customers."""
    if acting.person.role not in OWN:
        return ()
    return (Button.open(acting.texts("🧭 Nearby"), "nearby", beside, number),)


def _line(acting: Acting, place: int, stop: Stop) -> Markup:
    """1. Brightway · 1.2 km · last contact 40 d ago."""
    t, last = acting.texts, stop.last_contact_at
    silence = (
        t("no contact yet")
        if last is None
        else t("last contact {ago}",
               ago=formats.days_ago(last, acting.zone, acting.locale, acting.now))
    )  # fmt: skip
    return Markup("{}. <b>{}</b> · {} · {}").format(
        place, stop.customer, far(stop.metres), silence
    )
