"""What a leader planned for somebody: asked, answered, proposed anew, and told when unanswered.

The person's message and the leader's change themselves when it is settled, by whomever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import bus
from core.cancellations import reason_of
from core.i18n import texts
from core.leader_plan_line import proposed_time
from core.people import person_by_id, staff_name, substitutes_of
from core.plan_events import LeaderPlanAnswered, LeaderPlanEnded, LeaderPlanned
from core.screens import Button, Screen
from notifications.briefs import headline
from notifications.outbox import alert, quiet_now
from notifications.shown import change_shown
from storage.models import LeaderPlan

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.acting import Acting, Person

BATCH = 50


async def ask(acting: Acting, event: LeaderPlanned) -> None:
    """The person, or who stands in, is asked; anew when the leader stays with the time."""
    found = await _plan(event.leader_plan_id)
    if event.again:
        await change_shown(acting, _theirs(found), _below)
        await change_shown(acting, _leaders(found), lambda told: _kept(found, told, acting))

    def made(told: Person) -> Screen:
        t = texts(told.locale)
        name, what = staff_name(found.by, told.locale), headline(found.follow_up, told, acting.now)
        head = (
            t("📌 {name} stays with this time:\n{what}", name=name, what=what)
            if event.again
            else t("📌 {name} has planned for you:\n{what}", name=name, what=what)
        )
        return Screen(head, _answers(told, found))

    await _tell(acting, found.staff_id, "planned", found, made, _theirs(found))


async def tell_answer(acting: Acting, event: LeaderPlanAnswered) -> None:
    """Both messages say what was answered; the leader is told, or, of the ruling, the person."""
    found = await _plan(event.leader_plan_id)
    await change_shown(acting, _theirs(found), lambda told: _settled(found, told))
    await change_shown(acting, _leaders(found), lambda told: _answer(found, told, acting))
    if acting.person.id == found.by_id:
        await _tell(
            acting, found.staff_id, "agreed", found, lambda told: _agreed(found, told, acting),
            _theirs(found),
        )  # fmt: skip
        return
    await _tell(
        acting, found.by_id, "answered", found, lambda told: _answer(found, told, acting),
        _leaders(found),
    )  # fmt: skip


async def end(acting: Acting, event: LeaderPlanEnded) -> None:
    """Nothing is to be answered any more."""
    found = await _plan(event.leader_plan_id)
    for subject in (_theirs(found), _leaders(found)):
        await change_shown(acting, subject, lambda told: _settled(found, told))


async def tell_unanswered(acting: Acting) -> int:
    """Tell leaders what was not answered in time; returns how much that was."""
    if quiet_now(acting):
        return 0
    late = (
        await LeaderPlan.filter(status="waiting", late_told_at=None, late_at__lte=acting.now)
        .order_by("late_at", "id")
        .limit(BATCH)
        .select_related("follow_up__customer", "staff", "by")
    )
    for one in late:
        await _tell(acting, one.by_id, "unanswered", one, _late(one, acting), _leaders(one))
    await LeaderPlan.filter(id__in=[one.id for one in late] or [0]).update(late_told_at=acting.now)
    return len(late)


def _answers(told: Person, found: LeaderPlan) -> tuple[tuple[Button, ...], ...]:
    t = texts(told.locale)
    return (
        (
            Button.run(t("✅ I'll do it"), "accept_plan", found.id),
            Button.start(t("✋ Decline…"), "decline_plan", found.id),
        ),
        (
            Button.start(t("⏰ Another time…"), "propose_time", found.id),
            Button.open(t("Open"), "follow_up", found.follow_up_id),
        ),
    )


def _answer(found: LeaderPlan, told: Person, acting: Acting) -> Screen:
    """What the leader reads: accepted, declined and why, or another time."""
    t = texts(told.locale)
    name, planned = staff_name(found.staff, told.locale), found.follow_up
    what = headline(planned, told, acting.now)
    opened = Button.open(t("Open"), "follow_up", found.follow_up_id)
    if found.status == "accepted":
        return Screen(t("✅ {name} accepts:\n{what}", name=name, what=what), ((opened,),))
    if found.status == "declined":
        why = Markup(": ").join(part for part in (t(reason_of(found.reason)), found.note) if part)
        other = Button.start(t("👤 Somebody else…"), "plan_for", "0", planned.customer_id)
        return Screen(
            t("✋ {name} can't:\n{what}\n{why}", name=name, what=what, why=why),
            ((other, opened),),
        )
    at = proposed_time(found, told, acting.now)
    return Screen(
        t("⏰ {name} proposes {moment} instead:\n{what}", name=name, moment=at, what=what),
        (
            (
                Button.run(t("✅ Agree"), "agree_time", found.id),
                Button.run(t("✕ Keep the time"), "keep_time", found.id),
            ),
            (opened,),
        ),
    )


def _late(found: LeaderPlan, acting: Acting) -> Callable[[Person], Screen]:
    def made(told: Person) -> Screen:
        t = texts(told.locale)
        text = t("⏳ {name} has not answered:\n{what}", name=staff_name(found.staff, told.locale),
                 what=headline(found.follow_up, told, acting.now))  # fmt: skip
        other = Button.start(t("👤 Somebody else…"), "plan_for", "0", found.follow_up.customer_id)
        return Screen(text, ((Button.open(t("Open"), "follow_up", found.follow_up_id), other),))

    return made


def _agreed(found: LeaderPlan, told: Person, acting: Acting) -> Screen:
    t = texts(told.locale)
    at = proposed_time(found, told, acting.now)
    name = staff_name(found.by, told.locale)
    row = (Button.open(t("Open"), "follow_up", found.follow_up_id),)
    return Screen(t("✅ {name} agrees: {moment}", name=name, moment=at), (row,))


def _settled(found: LeaderPlan, told: Person) -> Screen:
    t = texts(told.locale)
    said = {
        "accepted": t("✅ You accepted."),
        "declined": t("✋ You declined."),
        "countered": t("⏰ You proposed another time."),
    }
    text = said.get(found.status, t("📌 This is settled."))
    if told.id == found.by_id:
        text = t("📌 This is settled.")
    return Screen(text, ((Button.open(t("Open"), "follow_up", found.follow_up_id),),))


def _kept(found: LeaderPlan, told: Person, acting: Acting) -> Screen:
    t = texts(told.locale)
    name = staff_name(found.staff, told.locale)
    what = headline(found.follow_up, told, acting.now)
    return Screen(t("⏳ {name} is asked again:\n{what}", name=name, what=what))


def _below(told: Person) -> Screen:
    return Screen(texts(told.locale)("📌 The leader stays with the time. Please see below."))


async def _plan(leader_plan_id: int) -> LeaderPlan:
    return await LeaderPlan.get(id=leader_plan_id).select_related(
        "follow_up__customer", "staff", "by"
    )


async def _tell(
    acting: Acting, staff_id: int, what: str, found: LeaderPlan,
    made: Callable[[Person], Screen], subject: str,
) -> None:  # fmt: skip
    person = await person_by_id(staff_id)
    if person is None:
        return
    for told in (await substitutes_of([person.id], acting.now)).get(person.id, [person]):
        if told.id != acting.person.id:
            cause = f"{what}:{found.id}:{acting.cause}:{told.id}"
            await alert(acting, told, made(told), cause=cause, subject=subject)


def _theirs(found: LeaderPlan) -> str:
    return f"leader_plan:{found.id}"


def _leaders(found: LeaderPlan) -> str:
    return f"leader_plan:{found.id}:by"


def subscribe() -> None:
    """Have the rules hear their events."""
    bus.subscribe(LeaderPlanned, ask)
    bus.subscribe(LeaderPlanAnswered, tell_answer)
    bus.subscribe(LeaderPlanEnded, end)
