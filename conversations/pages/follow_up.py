"""One follow-up, with everything that can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import kind, lines, moment
from conversations.words import whole
from core import customers
from core import follow_ups as read
from core.cancellations import may_reopen, reason_of
from core.follow_up_card import follow_up_buttons
from core.invitation_card import along_line
from core.joint_visits import going_along
from core.people import staff_name
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.screens import Row
    from storage.models import FollowUp


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
        *(_called_off(acting, found) if found.status == "cancelled" else ()),
    ]
    if found.status != "open":
        return Screen(lines(*body), _settled_buttons(acting, found))
    first, middle, last = follow_up_buttons(t, found.id, found.customer_id)
    first = (*first, Button.run(t("📅 .ics"), "visit_file", found.id))
    if await customers.may_work(acting, found.customer_id):
        last = (*last, Button.start(t("🤝 With…"), "invite_along", found.id))
    return Screen(lines(*body), (first, middle, last))


def _called_off(acting: Acting, found: FollowUp) -> list[Markup | str]:
    """✕ Cancelled: customer asked (Li Wei, today 10:05), and what was typed."""
    t = acting.texts
    if not found.cancel_reason:
        return [t("✕ Cancelled")]
    by = staff_name(found.ended_by, acting.locale) if found.ended_by else ""
    assert found.settled_at is not None
    said = t(
        "✕ Cancelled: {reason} ({name}, {moment})",
        reason=t(reason_of(found.cancel_reason)), name=by,
        moment=moment(acting, found.settled_at),
    )  # fmt: skip
    return [said, *([found.cancel_note] if found.cancel_note else [])]


def _settled_buttons(acting: Acting, found: FollowUp) -> tuple[Row, ...]:
    t = acting.texts
    ways = [Button.open(t("👤 Profile"), "profile", found.customer_id)]
    if may_reopen(acting, found):
        ways.insert(0, Button.run(t("↩️ Undo"), "reopen", found.id))
    return (tuple(ways),)
