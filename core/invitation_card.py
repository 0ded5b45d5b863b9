"""An invitation to come along, on its page and in its message alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import formats
from core.i18n import N_
from core.screens import Button, Screen
from core.vocabulary import KIND_ICONS

if TYPE_CHECKING:
    from core.acting import Acting
    from core.joint_visits import Invitation, Joining


def invitation_screen(acting: Acting, one: Invitation, *, moved: bool = False) -> Screen:
    """Who, where and when, with Accept and Decline; accepted, with Decline only."""
    t = acting.texts
    if one.status == "confirmed":
        head = t("🤝 You go along with <b>{name}</b>.", name=one.owner)
    elif moved:
        head = t("🤝 <b>{name}</b> moved a visit. Do you still come along?", name=one.owner)
    else:
        head = t("🤝 <b>{name}</b> asks you to come along.", name=one.owner)
    body = [head, invitation_line(acting, one), Markup("{}").format(one.address)]
    buttons = [Button.run(t("✕ Can't come"), "not_come_along", one.id)]
    if one.status != "confirmed":
        buttons.insert(0, Button.run(t("✅ I come along"), "come_along", one.id))
    text = Markup("\n").join(part for part in body if part)
    return Screen(text, (tuple(buttons),), protected=True)


def invitation_line(acting: Acting, one: Invitation) -> Markup:
    """Today 15:00 🚗 Brightway Logistics — bring the contract."""
    at = formats.moment(one.due_at, acting.zone, acting.locale, acting.now, all_day=one.all_day)
    purpose = Markup(" — {}").format(one.purpose[:60]) if one.purpose else ""
    return Markup("{} {} <b>{}</b>{}").format(at, KIND_ICONS[one.kind], one.customer, purpose)


_SAID = {
    "waiting": N_("🤝 {name} is asked to come along"),
    "confirmed": N_("🤝 with {name}"),
    "refused": N_("✕ {name} can't come along"),
}


def along_line(acting: Acting, one: Joining) -> Markup:
    """🤝 with Li Na."""
    return acting.texts(_SAID[one.status], name=one.name)
