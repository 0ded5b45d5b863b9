"""Weekly plans: the leader is told what was accepted, its owner what the leader said.

Several plans that were accepted since the last tick become one message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import bus
from core.i18n import texts
from core.people import leader_of, person_by_id, person_of, staff_name, substitutes_of
from core.plan_events import WeeklyPlanAnswered, WeeklyPlansNudged
from core.screens import Button, Screen
from core.weekly_line import week_name
from notifications.assignments import tell
from notifications.outbox import alert, quiet_now
from storage.models import WeeklyItem, WeeklyPlan

if TYPE_CHECKING:
    from core.acting import Acting, Person

BATCH = 50


async def tell_weekly_plans(acting: Acting) -> int:
    """Tell leaders of the plans that wait for them; returns how many plans."""
    if quiet_now(acting):
        return 0
    waiting = (
        await WeeklyPlan.filter(state="accepted", told_at=None)
        .order_by("id")
        .limit(BATCH)
        .select_related("staff__unit")
    )
    leaders: dict[int, Person] = {}
    plans: dict[int, list[WeeklyPlan]] = {}
    for one in waiting:
        leader = await leader_of(person_of(one.staff, one.staff.unit))
        if leader is not None:
            leaders[leader.id] = leader
            plans.setdefault(leader.id, []).append(one)
    for leader_id, found in plans.items():
        away = await substitutes_of([leader_id], acting.now)
        for told in away.get(leader_id, [leaders[leader_id]]):
            screen = await _waits(told, found)
            stamp = f"{found[0].id}:{int(acting.now.timestamp())}"
            await alert(acting, told, screen, cause=f"weekly:{stamp}:{told.id}")
    await WeeklyPlan.filter(id__in=[one.id for one in waiting] or [0]).update(told_at=acting.now)
    return len(waiting)


async def _waits(told: Person, found: list[WeeklyPlan]) -> Screen:
    t, first = texts(told.locale), found[0]
    day = week_name(first.monday, told.locale)
    if len(found) == 1:
        n = await WeeklyItem.filter(plan_id=first.id, dropped=False).count()
        text = t("🧭 <b>{name}</b> has planned the week of {day}: {n} contacts.",
                 name=staff_name(first.staff, told.locale), day=day, n=n)  # fmt: skip
        rows = (
            (
                Button.run(t("✅ Approve"), "weekly_approve", first.id),
                Button.start(t("💬 Comment"), "weekly_comment", first.id),
                Button.open(t("Open"), "weekly", first.id),
            ),
        )
        return Screen(text, rows)
    number = first.monday.toordinal()
    text = t("🧭 {n} weekly plans wait for you.", n=len(found))
    return Screen(
        text,
        (
            (
                Button.run(t("✅ Approve all"), "weekly_approve_all", number),
                Button.open(t("👥 Plans"), "weekly_team", number, 0),
            ),
        ),
    )


async def tell_answer(acting: Acting, event: WeeklyPlanAnswered) -> None:
    """Whose plan it is hears what the leader said."""
    plan = await WeeklyPlan.get(id=event.plan_id)

    def made(told: Person) -> Screen:
        t = texts(told.locale)
        day = week_name(plan.monday, told.locale)
        if plan.state == "approved":
            text = t("✅ Your plan for the week of {day} is approved.", day=day)
        else:
            text = t("💬 On your plan for the week of {day}: {comment}", day=day,
                     comment=plan.comment)  # fmt: skip
        return Screen(text, ((Button.open(t("🧭 Open the plan"), "weekly", plan.id),),))

    await tell(acting, plan.staff_id, f"{acting.cause}:weekly:{plan.id}", made)


async def tell_nudged(acting: Acting, event: WeeklyPlansNudged) -> None:
    """Those without a plan are reminded, with the proposal a tap away."""
    for one in event.staff:
        person = await person_by_id(one)
        if person is None:
            continue
        t, number = texts(person.locale), event.monday.toordinal()
        text = t("👉 Your leader waits for your plan for the week of {day}.",
                 day=week_name(event.monday, person.locale))  # fmt: skip
        button = Button.run(t("🧭 Weekly plan"), "weekly_propose", number)
        await alert(acting, person, Screen(text, ((button,),)),
                    cause=f"{acting.cause}:weekly_nudge:{one}")  # fmt: skip


def subscribe() -> None:
    """Have the rules hear their events."""
    bus.subscribe(WeeklyPlanAnswered, tell_answer)
    bus.subscribe(WeeklyPlansNudged, tell_nudged)
