"""A shared place: whose door it is, and what came of being there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines, moment
from conversations.words import whole
from core import check_ins as read
from core.rules.access import OWN
from core.screens import Button, Screen
from core.vocabulary import OUTCOMES

if TYPE_CHECKING:
    from core.acting import Acting
    from core.check_ins import CheckInView

#: a place in a button: whole hundred-thousandths of a degree, which is a metre
SCALE = 100_000
_KILOMETRE = 1000
_COLUMNS = 3


async def here(acting: Acting, latitude: float, longitude: float) -> Screen | None:
    """The customers around it to check in with; None where there is none."""
    t = acting.texts
    found = await read.near(acting, latitude, longitude)
    if not found:
        return None
    place = round(latitude * SCALE), round(longitude * SCALE)
    rows = tuple(
        (
            Button.run(
                f"{'⏰ ' if one.planned else ''}{one.name} · {far(one.metres)}"[:60],
                "check_in", one.id, *place,
            ),
        )
        for one in found
    )  # fmt: skip
    if acting.person.role in OWN:
        rows += ((Button.open(t("🧭 Nearby"), "nearby", "place", *place),),)
    return Screen(t("📍 At whose door are you?"), rows)


def degrees(text: str) -> float:
    """Degrees out of a button; what is no number is no place."""
    sign = -1 if text.startswith("-") else 1
    return sign * whole(text.removeprefix("-")) / SCALE


async def door(acting: Acting, check_in_id: str) -> Screen:
    """A check-in: how far, since when; leaving, or what came of it."""
    t = acting.texts
    one = await read.check_in(acting, whole(check_in_id))
    profile = Button.open(t("👤 Profile"), "profile", one.customer_id)
    head = t(
        "📍 <b>{customer}</b> since {moment}", customer=one.customer,
        moment=moment(acting, one.at),
    )  # fmt: skip
    if one.left_at is None:
        leave = Button.run(t("🚪 Leaving"), "check_out", one.id)
        log = Button.start(t("📝 Log"), "log_visit", one.customer_id)
        around = Button.open(t("🧭 Nearby"), "nearby", "door", one.id)
        return Screen(lines(head, distance(acting, one)), ((leave, log, profile), (around,)))
    outcomes = [
        Button.start(t(label), "log_visit", one.customer_id, "", code)
        for code, label in OUTCOMES.items()
    ]
    rows = tuple(tuple(outcomes[at : at + _COLUMNS]) for at in range(0, len(outcomes), _COLUMNS))
    return Screen(
        lines(head, distance(acting, one), _took(acting, one), t("How did it go?")),
        (*rows, (profile, Button.open(t("🧭 Nearby"), "nearby", "door", one.id))),
    )


def distance(acting: Acting, one: CheckInView) -> Markup | None:
    """80 m from the address; far away, with a mark."""
    if one.distance_m is None:
        return None
    said = acting.texts("{distance} from the address", distance=far(one.distance_m))
    return Markup("⚠️ {}").format(said) if one.far else said


def _took(acting: Acting, one: CheckInView) -> Markup | None:
    minutes = one.minutes
    return None if minutes is None else acting.texts("⏱ {n} min", n=minutes)


def told(acting: Acting, one: CheckInView) -> Markup:
    """📍 80 m from the address · ⏱ 45 min."""
    parts = (distance(acting, one), _took(acting, one))
    return Markup("📍 {}").format(Markup(" · ").join(part for part in parts if part))


def far(metres: int) -> str:
    """80 m, or 3.2 km."""
    return f"{metres} m" if metres < _KILOMETRE else f"{metres / _KILOMETRE:.1f} km"
