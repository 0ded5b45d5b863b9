"""One record: what was said and agreed, with what was attached, to correct or take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.pages.here import told
from conversations.wording import author, lines, moment, what
from conversations.words import whole
from core import customers
from core import profile as read
from core.activities import CORRECT_WITHIN, UNDO_WITHIN
from core.check_ins import check_in_of
from core.companion_card import at_door_line
from core.companion_line import along_of, second_line
from core.screens import Button, Screen
from core.second_officers import KINDS, second_at_door

if TYPE_CHECKING:
    from core.acting import Acting


async def activity(acting: Acting, activity_id: str) -> Screen:
    """One record of a visible customer."""
    t = acting.texts
    view, customer = await read.activity(acting, whole(activity_id))
    at_the_door = await check_in_of(acting, view.id)
    at_door = await second_at_door(acting, view)
    body = [
        Markup("<b>{}</b>").format(customers.name_of(customer, acting.locale)),
        what(acting, view),
        Markup("{} · {}").format(
            moment(acting, view.occurred_at, all_day=not view.time_known), author(acting, view)
        ),
        Markup("<blockquote>{}</blockquote>").format(view.note) if view.note else None,
        t.plural("📎 {n} attachment", "📎 {n} attachments", view.attachments)
        if view.attachments
        else None,
        told(acting, at_the_door) if at_the_door is not None else None,
        second_line(t, view.second) if view.second is not None else None,
        along_of(t, view.along) if view.along else None,
        at_door_line(acting, at_door) if at_door is not None else None,
        t("✏️ Corrected; the original is kept.") if view.corrected else None,
        t("↩️ Taken back.") if view.undone else None,
    ]
    own = view.author_id == acting.person.id and not view.undone
    change = []
    if own and acting.now <= view.recorded_at + CORRECT_WITHIN:
        change.append(Button.start(t("✏️ Correct"), "correct_visit", view.id))
    if own and acting.now <= view.recorded_at + UNDO_WITHIN:
        change.append(Button.run(t("↩️ Undo"), "undo", view.id))
    open_still = view.second is None or view.second.status != "confirmed"
    if own and view.kind in KINDS and open_still:
        change.append(Button.start(t("👥 Second officer"), "name_second", view.id))
    more = [Button.open(t("‹ History"), "history", customer.id, 0)]
    if view.attachments:
        more.insert(0, Button.run(t("📎 Show"), "attachments", view.id))
    return Screen(
        lines(*body), tuple(row for row in (tuple(change), tuple(more)) if row), protected=True
    )
