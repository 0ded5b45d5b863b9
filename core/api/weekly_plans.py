"""Weekly plans over HTTP: proposed, accepted, answered, and plan against actual."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core.api.cursors import from_cursor, page
from core.api.route import Route
from core.api.schemas import AskedDay, Given, Id, OneOf, Page, Paged, Told, text
from core.people import staff_name
from core.rules.weekly import MISSES
from core.weekly_items import DropItem, ExplainMiss, MoveItem, SwapItem
from core.weekly_keeping import counted, items_of, kept_by
from core.weekly_plans import (
    COMMENT_LENGTH,
    AcceptWeek,
    AnswerWeek,
    ProposeWeek,
    planners_after,
    weekly_plan,
)

if TYPE_CHECKING:
    from core.acting import Acting
    from core.api.route import Call
    from core.api.schemas import Nothing
    from storage.models import Staff


class WeeklyItemTold(Told):
    """A customer of the plan."""

    id: int
    customer_id: int
    day: date
    reason: str
    follow_up_id: int | None
    became: str = Field(description="kept, moved, missed, open.")
    miss: str = Field(description=f"Why it was missed: {', '.join(MISSES)}, or empty.")


class WeeklyPlanTold(Told):
    """A person's week. planned = kept + moved + missed + open."""

    id: int
    staff_id: int
    monday: date
    state: str = Field(description="proposed, accepted, approved, returned.")
    comment: str
    planned: int
    kept: int
    moved: int
    missed: int
    open: int
    percent: int = Field(description="Share that was kept.")
    items: list[WeeklyItemTold]


class WeekGiven(Given):
    """Which week."""

    monday: date = Field(strict=False, description="A Monday, of this week or up to four on.")
    staff_id: Id | None = Field(
        None, description="Whose week, where one stands in for them; null is one's own."
    )


class WeeksAsked(Paged):
    """Which week."""

    monday: AskedDay = Field(description="A Monday.")


class MissTold(Told):
    """Something of a plan that was missed."""

    id: int
    customer_id: int
    day: date
    miss: str = Field(description=f"Why: {', '.join(MISSES)}, or empty where nobody said.")


class TeamWeekTold(Told):
    """What one of one's people planned for the week, and what became of it."""

    staff_id: int
    number: str
    name: str
    plan_id: int | None = Field(description="Null where there is no plan.")
    state: str | None = Field(description="proposed, accepted, approved, returned.")
    planned: int
    kept: int
    moved: int
    missed: int
    open: int
    percent: int
    misses: list[MissTold]


class WeekAnswerGiven(Given):
    """The leader's answer."""

    comment: Annotated[str, text(COMMENT_LENGTH)] = Field(
        "", description="Empty approves; a comment sends it back."
    )


class DayGiven(Given):
    """Which day."""

    day: date = Field(strict=False, description="A working day of the plan's week.")


class MissGiven(Given):
    """Why it was missed."""

    why: Annotated[str, OneOf(MISSES)]


async def propose_week(call: Call[Nothing, WeekGiven]) -> WeeklyPlanTold:
    """Propose the own week, or an absent colleague's; what was proposed is given again."""
    wanted = ProposeWeek(call.body.monday, call.body.staff_id)
    return await _told(call.acting, await call.perform(wanted))


async def list_weekly_plans(call: Call[WeeksAsked, None]) -> Page[TeamWeekTold]:
    """The week of the people that one leads, person by person, with what was missed and why."""
    asked, acting = call.query, call.acting
    people = await planners_after(acting, after=from_cursor(asked.cursor), limit=asked.limit + 1)
    kept = await kept_by(acting, people[: asked.limit], [asked.monday])

    def told(one: Staff) -> TeamWeekTold:
        found = kept.get((one.id, asked.monday))
        plan, views = (None, ()) if found is None else found
        figures = counted(views)
        return TeamWeekTold(
            staff_id=one.id, number=one.number, name=staff_name(one, acting.locale),
            plan_id=None if plan is None else plan.id,
            state=None if plan is None else plan.state, planned=figures.planned,
            kept=figures.kept, moved=figures.moved, missed=figures.missed, open=figures.open,
            percent=figures.percent,
            misses=[
                MissTold(id=view.item.id, customer_id=view.item.customer_id, day=view.item.day,
                         miss=view.item.miss)
                for view in views if view.became == "missed"
            ],
        )  # fmt: skip

    return page(Page[TeamWeekTold], people, asked.limit, told)


async def get_weekly_plan(call: Call[Nothing, None]) -> WeeklyPlanTold:
    """One plan, with what became of it."""
    return await _told(call.acting, call.id("plan_id"))


async def accept_week(call: Call[Nothing, None]) -> WeeklyPlanTold:
    """Accept it: its follow-ups are made."""
    await call.perform(AcceptWeek(call.id("plan_id")))
    return await _told(call.acting, call.id("plan_id"))


async def answer_week(call: Call[Nothing, WeekAnswerGiven]) -> WeeklyPlanTold:
    """Approve it or send it back, as a leader."""
    await call.perform(AnswerWeek(call.id("plan_id"), call.body.comment))
    return await _told(call.acting, call.id("plan_id"))


async def drop_item(call: Call[Nothing, None]) -> WeeklyPlanTold:
    """Take a customer out of the own plan."""
    return await _told(call.acting, await call.perform(DropItem(call.id("item_id"))))


async def swap_item(call: Call[Nothing, None]) -> WeeklyPlanTold:
    """Take the next best customer instead."""
    return await _told(call.acting, await call.perform(SwapItem(call.id("item_id"))))


async def move_item(call: Call[Nothing, DayGiven]) -> WeeklyPlanTold:
    """Put it on another working day of the week."""
    return await _told(
        call.acting, await call.perform(MoveItem(call.id("item_id"), call.body.day))
    )


async def explain_miss(call: Call[Nothing, MissGiven]) -> WeeklyPlanTold:
    """Say why something of the own plan was missed."""
    return await _told(
        call.acting, await call.perform(ExplainMiss(call.id("item_id"), call.body.why))
    )


async def _told(acting: Acting, plan_id: int) -> WeeklyPlanTold:
    plan, staff = await weekly_plan(acting, plan_id)
    views = await items_of(acting, plan, staff.zone)
    kept = counted(views)
    return WeeklyPlanTold(
        id=plan.id, staff_id=plan.staff_id, monday=plan.monday, state=plan.state,
        comment=plan.comment, planned=kept.planned, kept=kept.kept, moved=kept.moved,
        missed=kept.missed, open=kept.open, percent=kept.percent,
        items=[
            WeeklyItemTold(
                id=one.item.id, customer_id=one.item.customer_id, day=one.item.day,
                reason=one.item.reason, follow_up_id=one.item.follow_up_id, became=one.became,
                miss=one.item.miss,
            )
            for one in views
        ],
    )  # fmt: skip


ROUTES = (
    Route(method="POST", path="/weekly-plans", scope="follow_ups:write", kind="change",
          does=propose_week, body=WeekGiven, answer=WeeklyPlanTold, status=201,
          location="/weekly-plans/{answer.id}", summary="Propose a week"),
    Route(method="GET", path="/weekly-plans", scope="follow_ups:read", does=list_weekly_plans,
          query=WeeksAsked, answer=Page[TeamWeekTold], summary="List the team's weekly plans"),
    Route(method="GET", path="/weekly-plans/{plan_id}", scope="follow_ups:read",
          does=get_weekly_plan, answer=WeeklyPlanTold, summary="Read a weekly plan"),
    Route(method="POST", path="/weekly-plans/{plan_id}/accept", scope="follow_ups:write",
          kind="change", does=accept_week, answer=WeeklyPlanTold,
          summary="Accept a weekly plan"),
    Route(method="POST", path="/weekly-plans/{plan_id}/answer", scope="follow_ups:write",
          kind="change", does=answer_week, body=WeekAnswerGiven, answer=WeeklyPlanTold,
          summary="Approve a weekly plan, or comment on it"),
    Route(method="POST", path="/weekly-items/{item_id}/drop", scope="follow_ups:write",
          kind="change", does=drop_item, answer=WeeklyPlanTold,
          summary="Take a customer out of a weekly plan"),
    Route(method="POST", path="/weekly-items/{item_id}/swap", scope="follow_ups:write",
          kind="change", does=swap_item, answer=WeeklyPlanTold,
          summary="Take another customer instead"),
    Route(method="POST", path="/weekly-items/{item_id}/move", scope="follow_ups:write",
          kind="change", does=move_item, body=DayGiven, answer=WeeklyPlanTold,
          summary="Put a customer on another day"),
    Route(method="POST", path="/weekly-items/{item_id}/miss", scope="follow_ups:write",
          kind="change", does=explain_miss, body=MissGiven, answer=WeeklyPlanTold,
          summary="Say why a customer was missed"),
)  # fmt: skip
