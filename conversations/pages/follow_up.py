"""One follow-up, with everything that can be done about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import kind, lines, moment
from conversations.words import whole
from core import customers
from core import follow_ups as read
from core.follow_up_card import follow_up_buttons
from core.invitation_card import along_line
from core.joint_visits import going_along
from core.people import staff_name
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting


async def follow_up(acting: Acting, follow_up_id: str) -> Screen:
    """One follow-up of a visible customer."""
    t = acting.texts
    found = await read.visible(acting, whole(follow_up_id))
    own = found.owner_id == acting.person.id
    overdue = found.status == "open" and found.overdue_at <= acting.now
    body = [
        Markup("<b>{}</b>").format(customers.name_of(found.customer, acting.locale)),
        Markup("{} · {}").format(
            kind(acting, found.kind), moment(acting, found.due_at, all_day=found.all_day)
        ),
        found.purpose or None,
        None if own else t("In charge: {owner}", owner=staff_name(found.owner, acting.locale)),
        *[along_line(acting, one) for one in await going_along(acting, found.id)],
        t("⚠️ Overdue") if overdue else None,
        t("✅ Done") if found.status == "done" else None,
        t("✕ Cancelled") if found.status == "cancelled" else None,
    ]
    buttons = follow_up_buttons(t, found.id, found.customer_id) if found.status == "open" else ()
    screen = Screen(lines(*body), buttons)
    if found.status != "open":
        return screen
    more = [Button.run(t("📅 .ics"), "visit_file", found.id)]
    if await customers.may_work(acting, found.customer_id):
        more.insert(0, Button.start(t("🤝 With…"), "invite_along", found.id))
    return replace(screen, rows=(*screen.rows[:-1], (*screen.rows[-1], *more)))
