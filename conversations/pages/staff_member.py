"""A colleague as an administrator sees one, with everything that can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines, stand_in_line
from conversations.words import whole
from core.rules.access import SUBSTITUTED
from core.screens import Button, Screen
from core.staff_member import member
from core.vocabulary import ROLES

if TYPE_CHECKING:
    from core.acting import Acting
    from core.screens import Row
    from core.staff_member import Member


async def staff_member(acting: Acting, staff_id: str) -> Screen:
    """The page of a colleague."""
    return member_screen(acting, await member(acting, whole(staff_id)))


def member_screen(acting: Acting, found: Member) -> Screen:
    """What is known, and the buttons."""
    t = acting.texts
    body = [
        Markup("<b>{}</b> · {}").format(found.names[acting.locale], found.number),
        t(ROLES[found.role]),
        " / ".join(found.unit),
        t("Phone: {phone}", phone=found.phone),
        _state(acting, found),
        t("Customers: {n}", n=found.customers),
        *(stand_in_line(acting, one) for one in found.standing),
    ]
    return Screen(lines(*body), _buttons(acting, found))


def _state(acting: Acting, found: Member) -> Markup:
    t = acting.texts
    if not found.active:
        return t("✕ Has left the bank")
    if not found.enrolled:
        return t("○ Not enrolled")
    return t("📵 Can't be reached") if found.unreachable else t("● Enrolled")


def _buttons(acting: Acting, found: Member) -> tuple[Row, ...]:
    t = acting.texts
    if not found.active:
        return ((Button.run(t("↩️ Is back"), "activate_staff", found.id),),)
    oneself = found.id == acting.person.id
    first = [Button.start(t("✉️ Invite"), "invite", found.number)]
    if found.role in SUBSTITUTED:
        first.append(Button.start(t("🤝 Stand-in"), "leave", found.id))
    change = (
        Button.start(t("👤 Role"), "change_role", found.id),
        Button.start(t("👥 Unit"), "move_staff", found.id),
    )
    last = [] if oneself else [Button.start(t("✕ Leaves"), "deactivate_staff", found.id)]
    if found.enrolled and not oneself:
        last.insert(0, Button.start(t("📵 Lost phone"), "revoke_phone", found.id))
    return tuple(row for row in (tuple(first), change, tuple(last)) if row)
