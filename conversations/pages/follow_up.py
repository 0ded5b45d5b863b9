"""One follow-up, with everything that can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.pages.lasting import minutes_of
from conversations.pages.series import series_line
from conversations.wording import dotted, kind, lines, moment
from conversations.words import whole
from core import customers
from core import follow_ups as read
from core.cancellations import may_reopen, reason_of
from core.follow_up_card import follow_up_buttons, nearby_button
from core.invitation_card import along_line
from core.joint_visits import going_along
from core.leader_plan_line import proposed_time
from core.leader_plans import of_follow_up
from core.people import staff_name
from core.screens import Button, Screen
from core.vocabulary import LEADER_PLAN

if TYPE_CHECKING:
    from core.acting import Acting
    from core.screens import Row
    from storage.models import FollowUp, LeaderPlan


async def follow_up(acting: Acting, follow_up_id: str) -> Screen:
    """One follow-up of a visible customer."""
    t = acting.texts
    found = await read.visible(acting, whole(follow_up_id))
    own = found.owner_id == acting.person.id
    asked = await of_follow_up(found.id)
    overdue = found.status == "open" and found.overdue_at <= acting.now
    body = [
        Markup("<b>{}</b>").format(customers.name_of(found.customer, acting.locale)),
        dotted(
            kind(acting, found.kind),
            moment(acting, found.due_at, all_day=found.all_day),
            None if found.all_day else t("⏱ {n} min", n=minutes_of(found)),
        ),
        found.purpose or None,
        series_line(acting, found.series) if found.series is not None else None,
        None if own else t("In charge: {owner}", owner=staff_name(found.owner, acting.locale)),
        *_asked_by(acting, asked, found),
        *[along_line(acting, one) for one in await going_along(acting, found.id)],
        t("⚠️ Overdue") if overdue else None,
        t("✅ Done") if found.status == "done" else None,
        *(_called_off(acting, found) if found.status == "cancelled" else ()),
    ]
    if found.status != "open":
        return Screen(lines(*body), _settled_buttons(acting, found))
    answers = _to_answer(acting, asked, found)
    if answers:
        return Screen(lines(*body), answers)
    first, middle, last = follow_up_buttons(t, found.id, found.customer_id)
    first = (*first, Button.run(t("📅 .ics"), "visit_file", found.id))
    if await customers.may_work(acting, found.customer_id):
        if not found.all_day:
            middle = (*middle, Button.open("⏱", "lasting", found.id))
        last = (*last, Button.start(t("🤝 With…"), "invite_along", found.id))
        last = (*last, *nearby_button(t, acting.person.role, found))
        if found.series_id is not None:
            middle = (*middle, Button.open("🔁", "series", found.series_id))
    return Screen(lines(*body), (first, middle, last))


def _asked_by(acting: Acting, asked: LeaderPlan | None, found: FollowUp) -> list[Markup]:
    """📌 From Wang Fang · not answered yet; gone with who keeps it now."""
    if asked is None or asked.staff_id != found.owner_id:
        return []
    t = acting.texts
    said = dotted(
        t("📌 From {name}", name=staff_name(asked.by, acting.locale)),
        t(LEADER_PLAN[asked.status]) if asked.status in LEADER_PLAN else None,
    )
    if asked.status != "countered" or asked.proposed_at is None:
        return [said]
    at = proposed_time(asked, acting.person, acting.now)
    return [said, t("⏰ Proposed instead: {moment}", moment=at)]


def _to_answer(acting: Acting, asked: LeaderPlan | None, found: FollowUp) -> tuple[Row, ...]:
    """What waits for this person's word is answered first."""
    t, keeps = acting.texts, acting.person.keeps
    if asked is None or asked.staff_id != found.owner_id:
        return ()
    below = (Button.open(t("👤 Profile"), "profile", found.customer_id),
             Button.open(t("⌂ Home"), "home"))  # fmt: skip
    if asked.status == "waiting" and asked.staff_id in keeps:
        return (
            (Button.run(t("✅ I'll do it"), "accept_plan", asked.id),
             Button.start(t("✋ Decline…"), "decline_plan", asked.id),
             Button.start(t("⏰ Another time…"), "propose_time", asked.id)),
            below,
        )  # fmt: skip
    if asked.status == "countered" and asked.by_id in keeps:
        return (
            (Button.run(t("✅ Agree"), "agree_time", asked.id),
             Button.run(t("✕ Keep the time"), "keep_time", asked.id)),
            below,
        )  # fmt: skip
    return ()


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
