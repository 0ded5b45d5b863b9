"""Event → who hears what, in the transaction of the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import bus
from core.events import NumberShown, StaffEnrolled, StaffInvited, StaffUnreachable
from core.follow_up_card import follow_up_buttons
from core.i18n import texts
from core.links import link
from core.people import leader_of, person_by_id
from core.plan_events import FollowUpNudged, FollowUpSettled
from core.screens import Button, Screen, content_to_json
from notifications import (
    alerts,
    assignments,
    joint_visits,
    leader_plans,
    no_sign,
    people,
    questions,
    recycling,
    second_officers,
    summaries,
    weekly,
)
from notifications.briefs import headline
from notifications.numbers import show_number
from notifications.outbox import alert
from notifications.shown import change_shown
from storage import deliveries
from storage.db import rows
from storage.models import FollowUp, Staff
from storage.queues import millis

if TYPE_CHECKING:
    from core.acting import Acting, Person

_SETTLED = {"done": "✅", "cancelled": "✕", "postponed": "⏰", "reopened": "↩️"}


async def settle_notices(acting: Acting, event: FollowUpSettled) -> None:
    """Unsent notices are taken back; those on a screen say that the matter is settled."""
    follow_up = await FollowUp.get(id=event.follow_up_id).select_related("customer")

    def made(person: Person) -> Screen:
        t = texts(person.locale)
        line = Markup("{} {}").format(_SETTLED[event.how], headline(follow_up, person, acting.now))
        return Screen(line, ((Button.open(t("Open"), "follow_up", follow_up.id),),))

    await change_shown(acting, f"follow_up:{event.follow_up_id}", made)


async def nudge_owner(acting: Acting, event: FollowUpNudged) -> None:
    """The owner hears who asked, with the buttons to act."""
    follow_up = await FollowUp.get(id=event.follow_up_id).select_related("customer")
    owner, by = await person_by_id(follow_up.owner_id), await person_by_id(event.by)
    if owner is None or by is None:
        return
    t = texts(owner.locale)
    name = by.name_zh if owner.locale == "zh" else by.name_en
    await alert(
        acting,
        owner,
        Screen(
            t("👉 {leader} asks about this:\n{what}", leader=name,
              what=headline(follow_up, owner, acting.now)),
            follow_up_buttons(t, follow_up.id, follow_up.customer_id),
        ),
        cause=f"{acting.cause}:nudge:{follow_up.id}",
        subject=f"follow_up:{follow_up.id}",
    )  # fmt: skip


async def tell_leader_unreachable(acting: Acting, event: StaffUnreachable) -> None:
    """The leader hears that somebody can't be reached any more."""
    staff = await Staff.get(id=event.staff_id)
    person = await person_by_id(staff.id)
    leader = await leader_of(person) if person is not None else None
    if leader is None:
        return
    t = texts(leader.locale)
    name = staff.name_zh if leader.locale == "zh" else staff.name_en
    await alert(
        acting,
        leader,
        Screen(t("📵 {name} can't be reached: the bot is blocked or the account is gone.",
                 name=name)),
        cause=f"unreachable:{staff.id}:{millis(acting.now)}",
    )  # fmt: skip


async def tell_administrators_enrolled(acting: Acting, event: StaffEnrolled) -> None:
    """Whoever invited the colleague hears that it worked."""
    invited = await rows(
        "SELECT created_by_id FROM invitation WHERE staff_id = $1 AND used_at IS NOT NULL"
        " ORDER BY id DESC LIMIT 1",
        event.staff_id,
    )
    by = await person_by_id(invited[0]["created_by_id"] or 0) if invited else None
    if by is None:
        return
    staff = await Staff.get(id=event.staff_id)
    t = texts(by.locale)
    name = staff.name_zh if by.locale == "zh" else staff.name_en
    await alert(
        acting, by, Screen(t("✅ {name} has joined.", name=name)),
        cause=f"{acting.cause}:enrolled:{staff.id}",
    )  # fmt: skip


async def tell_code(acting: Acting, event: StaffInvited) -> None:
    """Whoever made an invitation gets the link to pass on, once."""
    if acting.person.chat_id is None:
        return
    staff = await Staff.get(id=event.staff_id)
    t = acting.texts
    name = staff.name_zh if acting.locale == "zh" else staff.name_en
    await deliveries.put_outbox(
        cause=f"{acting.cause}:invited:{staff.id}",
        chat_id=acting.person.chat_id,
        op="post",
        content=content_to_json(
            Screen(
                t("Invitation for {name}: {link}", name=name, link=link(event.code)),
                protected=False,
            )
        ),
        now=millis(acting.now),
    )


def subscribe_all() -> None:
    """Have every rule hear its event."""
    bus.subscribe(FollowUpSettled, settle_notices)
    bus.subscribe(FollowUpNudged, nudge_owner)
    bus.subscribe(StaffUnreachable, tell_leader_unreachable)
    bus.subscribe(StaffInvited, tell_code)
    bus.subscribe(StaffEnrolled, tell_administrators_enrolled)
    assignments.subscribe_all()
    recycling.subscribe_all()
    bus.subscribe(NumberShown, show_number)
    people.subscribe()
    no_sign.subscribe()
    questions.subscribe()
    summaries.subscribe()
    alerts.subscribe()
    second_officers.subscribe()
    joint_visits.subscribe()
    leader_plans.subscribe()
    weekly.subscribe()
