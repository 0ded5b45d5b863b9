"""🧭 Who else is near: stops beside a planned visit, a check-in or a shared place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.pages.here import degrees, far
from conversations.wording import lines
from conversations.words import whole
from core import formats
from core.nearby import WITHIN, around_door, around_place, around_plan
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.nearby import Around, Stop
    from core.screens import Row

_KILOMETRE = 1000


async def nearby(acting: Acting, beside: str, number: str, longitude: str = "") -> Screen:
    """The own customers around a planned visit ("plan"), a check-in ("door") or a "place"."""
    t = acting.texts
    found = await _around(acting, beside, number, longitude)
    back = (_back(acting, beside, number),)
    if found is None:
        return Screen(t("The customer has no position on the map."), (back,))
    head = (
        t("🧭 <b>Near {customer}</b>", customer=found.customer)
        if found.customer
        else t("🧭 <b>Near this place</b>")
    )
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


async def _around(acting: Acting, beside: str, number: str, longitude: str) -> Around | None:
    if beside == "place":
        return await around_place(acting, degrees(number), degrees(longitude))
    if beside == "door":
        return await around_door(acting, whole(number))
    return await around_plan(acting, whole(number))


def _back(acting: Acting, beside: str, number: str) -> Button:
    t = acting.texts
    if beside == "place":
        return Button.open(t("⌂ Home"), "home")
    return Button.open(t("‹ Back"), "door" if beside == "door" else "follow_up", whole(number))


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
