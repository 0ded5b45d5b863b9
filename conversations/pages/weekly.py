"""The weekly plan on one card: accepted, or changed one by one; for leaders the team's plans."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import formats
from core.customers import name_of
from core.errors import Invalid, NotAllowed
from core.people import staff_name
from core.rules.access import leads_anybody
from core.rules.weekly import MISSES
from core.screens import Button, Screen
from core.week_plan import MOST_WEEKS
from core.weekly_items import days_for, item_of, may_change
from core.weekly_keeping import counted, items_of, kept_by
from core.weekly_line import figures, item_line, reason_text, week_name
from core.weekly_plans import CHANGING, STATES, monday_of, planners, weekly_plan

if TYPE_CHECKING:
    from datetime import date

    from core.acting import Acting
    from core.weekly_keeping import ItemView
    from storage.models import WeeklyPlan

#: numbers in a row, and in all
WIDE, MOST = 5, 10
PAGE = 5


def monday_named(acting: Acting, number: str) -> date:
    """The Monday with this ordinal: a button means the same week whenever it is tapped.

    Raises:
        Invalid: if it is none, or more than two years away.
    """
    this = monday_of(acting.local_now.date())
    weeks, rest = divmod(whole(number) - this.toordinal(), 7)
    if rest or abs(weeks) > MOST_WEEKS:
        raise Invalid
    return this + timedelta(weeks=weeks)


def number_of(acting: Acting, monday: date) -> int:
    """The number of a week as `week` takes it, of which 104 is the present one."""
    return MOST_WEEKS + (monday - monday_of(acting.local_now.date())).days // 7


async def weekly(acting: Acting, plan_id: str) -> Screen:
    """One plan, day by day, with why; its numbers change one item each."""
    t = acting.texts
    plan, staff = await weekly_plan(acting, whole(plan_id))
    views = await items_of(acting, plan, staff.zone)
    own = staff.id in acting.person.keeps
    changing = own and plan.state in CHANGING
    whose = None if staff.id == acting.person.id else staff_name(staff, acting.locale)
    head = dotted(
        t("🧭 <b>Plan for the week of {day}</b>", day=week_name(plan.monday, acting.locale)),
        whose, t(STATES[plan.state]),
    )  # fmt: skip
    body, numbers = _days(acting, views, plan if changing else None)
    kept = counted(views)
    says = [figures(t, kept)] if kept.planned and plan.state != "proposed" else []
    if plan.comment:
        says.append(t("💬 {comment}", comment=plan.comment))
    rows = [tuple(numbers[at : at + WIDE]) for at in range(0, len(numbers), WIDE)]
    week = Button.open(t("📆 Week"), "week", number_of(acting, plan.monday))
    if changing:
        rows.append((Button.run(t("✅ Accept the plan"), "weekly_accept", plan.id), week))
    elif not own and plan.state == "accepted":
        rows.append((Button.run(t("✅ Approve"), "weekly_approve", plan.id),
                     Button.start(t("💬 Comment"), "weekly_comment", plan.id)))  # fmt: skip
    if own and not changing:
        rows.append((*_why(acting, plan.id, views), week))
    elif not own:
        rows.append((Button.open(t("👥 Plans"), "weekly_team", plan.monday.toordinal(), 0),))
    nothing = t("Nothing is planned, and nobody needs a contact.")
    return Screen(lines(head, *says, *(body or [nothing])), tuple(rows))


def _days(
    acting: Acting, views: list[ItemView], plan: WeeklyPlan | None
) -> tuple[list[Markup], list[Button]]:
    body: list[Markup] = []
    numbers: list[Button] = []
    last: date | None = None
    for view in views:
        item = view.item
        if item.day != last:
            last = item.day
            body.append(Markup("<b>{}</b>").format(formats.date(item.day, acting.locale)))
        line = item_line(acting.texts, acting.locale, view)
        if plan is not None and may_change(plan, item) and len(numbers) < MOST:
            number = len(numbers) + 1
            numbers.append(Button.open(str(number), "weekly_item", item.id))
            line = Markup("{}. {}").format(number, line)
        body.append(line)
    return body, numbers


def _why(acting: Acting, plan_id: int, views: list[ItemView]) -> tuple[Button, ...]:
    if any(one.became == "missed" and not one.item.miss for one in views):
        return (Button.open(acting.texts("❓ Why missed"), "weekly_miss", plan_id),)
    return ()


async def weekly_item(acting: Acting, item_id: str) -> Screen:
    """One proposed customer: another instead, out, or on another day."""
    t = acting.texts
    item = await item_of(acting, whole(item_id))
    plan = item.plan
    days = await days_for(acting, item)
    moves = tuple(
        Button.run(formats.date(day, acting.locale).split(" ")[1 if acting.locale == "zh" else 0],
                   "weekly_move", item.id, (day - plan.monday).days)
        for day in days if day != item.day
    )  # fmt: skip
    head = Markup("<b>{}</b> · {}").format(name_of(item.customer, acting.locale),
                                           item.customer.grade)  # fmt: skip
    return Screen(
        lines(head, reason_text(t, item.reason, item.days),
              formats.date(item.day, acting.locale)),
        tuple(row for row in (
            (Button.run(t("🔄 Another"), "weekly_swap", item.id),
             Button.run(t("✕ Leave out"), "weekly_drop", item.id)),
            moves,
            (Button.open(t("‹ Back"), "weekly", plan.id),
             Button.open(t("👤 Profile"), "profile", item.customer_id)),
        ) if row),
    )  # fmt: skip


async def weekly_miss(acting: Acting, plan_id: str) -> Screen:
    """The first that was missed and has no reason yet, with the reasons to tap."""
    t = acting.texts
    plan, staff = await weekly_plan(acting, whole(plan_id))
    if staff.id not in acting.person.keeps:
        raise NotAllowed
    views = await items_of(acting, plan, staff.zone)
    left = [one for one in views if one.became == "missed" and not one.item.miss]
    if not left:
        return await weekly(acting, plan_id)
    buttons = [
        Button.run(t(label), "weekly_why", left[0].item.id, code) for code, label in MISSES.items()
    ]
    return Screen(
        lines(t("❓ <b>Why was it missed?</b> ({n} left)", n=len(left)),
              item_line(t, acting.locale, left[0])),
        (tuple(buttons[:3]), tuple(buttons[3:]),
         (Button.open(t("‹ Back"), "weekly", plan.id),)),
    )  # fmt: skip


async def weekly_team(acting: Acting, number: str, offset: str = "0") -> Screen:
    """Who of the team has planned what for a week and for today, and how much is kept.

    Raises:
        NotAllowed: if the acting person leads nobody.
    """
    if not leads_anybody(acting.person):
        raise NotAllowed
    t, start, monday = acting.texts, whole(offset), monday_named(acting, number)
    people = await planners(acting, limit=PAGE + 1, offset=start)
    kept_of = await kept_by(acting, people[:PAGE], [monday])
    body, numbers = [], []
    for place, one in enumerate(people[:PAGE], start + 1):
        found = kept_of.get((one.id, monday))
        name = staff_name(one, acting.locale)
        if found is None:
            body.append(Markup("{}. <b>{}</b> · {}").format(place, name, t("no plan")))
            continue
        plan, views = found
        today = counted([view for view in views if view.item.day == acting.local_now.date()])
        kept = counted(views)
        said = [t(STATES[plan.state]), f"✅ {kept.kept}/{kept.planned}"]
        if today.planned:
            said.append(t("today {kept}/{planned}", kept=today.kept, planned=today.planned))
        body.append(Markup("{}. <b>{}</b> · {}").format(place, name, dotted(*said)))
        numbers.append(Button.open(str(place), "weekly", plan.id))
    turn = [
        Button.open(t("‹ Week before"), "weekly_team", monday.toordinal() - 7, 0),
        Button.open(t("Week after ›"), "weekly_team", monday.toordinal() + 7, 0),
    ]
    if len(people) > PAGE:
        turn.append(Button.open(t("More ›"), "weekly_team", number, start + PAGE))
    deeds = (
        Button.run(t("✅ Approve all"), "weekly_approve_all", number),
        Button.run(t("👉 Remind the others"), "weekly_nudge", number),
        Button.open(t("📈 4 weeks"), "weekly_kept", 0),
    )
    head = t("🧭 <b>Plans for the week of {day}</b>", day=week_name(monday, acting.locale))
    return Screen(
        lines(head, *(body or [t("Nobody here keeps customers yet.")])),
        tuple(row for row in (tuple(numbers), deeds, tuple(turn)) if row),
    )
