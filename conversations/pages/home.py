"""Home: what is due and overdue, the next visit, and the three likeliest things to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import due_line, from_line, lines, stand_in_line
from core import formats, stand_ins
from core.alerts import open_alerts
from core.i18n import N_
from core.invitation_card import invitation_line
from core.joint_visits import invitations_today
from core.leader_plans import planned_by
from core.rules.access import OWN, READ_ONLY
from core.screens import Button, Screen
from core.second_officers import waiting
from core.today import today
from core.ways import way_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.acting import Acting
    from core.profile import FollowUpView
    from core.stand_ins import StandInView
    from core.today import Today

#: how many stand-ins fit on the screen
STAND_INS = 3
_GREETINGS = (
    (5, N_("Still up, {name}?")),
    (12, N_("Good morning, {name}")),
    (18, N_("Good afternoon, {name}")),
    (24, N_("Good evening, {name}")),
)


async def home(acting: Acting) -> Screen:
    """The home screen of the acting person."""
    facts = await today(acting)
    _, alerts = await open_alerts(acting, limit=0)
    t = acting.texts
    hour = acting.local_now.hour
    greeting = next(text for until, text in _GREETINGS if hour < until)
    date = formats.date(acting.local_now.date(), acting.locale)
    head = Markup("<b>{}</b> · {}").format(t(greeting, name=acting.person.name), date)
    by = await planned_by(acting, [one.id for one in (*facts.overdue[:3], *facts.due)])
    standing = await stand_ins.concerning(acting)
    joint = await invitations_today(acting)
    along = [t("🤝 {visit} (with {name})", visit=invitation_line(acting, one), name=one.owner)
             for one in joint]  # fmt: skip
    body = [*_standing(acting, standing), *along, *_body(acting, facts, by)]
    screen = Screen(lines(head, "", *body), _actions(acting, facts, alerts))
    screen = screen.under(
        tuple(Button.open(f"🤝 {one.customer}"[:40], "invitation", one.id) for one in joint[:2])
    )
    return screen.under(await _confirmations(acting)).under(_ways_to(acting, standing))


def _standing(acting: Acting, standing: list[StandInView]) -> list[Markup | str]:
    """Who stands in for whom, before the work that comes of it."""
    shown = [stand_in_line(acting, one) for one in standing[:STAND_INS]]
    return [*shown, ""] if shown else []


async def _confirmations(acting: Acting) -> tuple[Button, ...]:
    """The visits that wait for this person's word as second officer."""
    n = await waiting(acting)
    label = acting.texts("👥 To confirm ({n})", n=n)
    return (Button.open(label, "confirmations", 0),) if n else ()


def _ways_to(acting: Acting, standing: list[StandInView]) -> tuple[Button, ...]:
    """A button to each, to look at it and end it."""
    me = acting.person.id
    return tuple(
        Button.open(f"🤝 {one.absent if one.substitute_id == me else one.substitute}",
                    "stand_in", one.id)
        for one in standing[:STAND_INS]
    )  # fmt: skip


def _body(acting: Acting, facts: Today, by: Mapping[int, str]) -> list[Markup | str]:
    t = acting.texts
    body: list[Markup | str] = []
    if facts.overdue_count:
        body.append(t.plural("⚠️ <b>{n} overdue</b>", "⚠️ <b>{n} overdue</b>", facts.overdue_count))
        body += [_line(acting, facts, view, by) for view in facts.overdue[:3]]
        body.append("")
    if facts.due_count:
        body.append(
            t.plural("⏰ <b>{n} due today</b>", "⏰ <b>{n} due today</b>", facts.due_count)
        )
        body += [_line(acting, facts, view, by) for view in facts.due]
    else:
        body.append(t("⏰ Nothing more is due today."))
    if facts.next_visit is not None and facts.next_visit not in facts.due:
        body += ["", t("Next visit: {visit}", visit=due_line(acting, facts.next_visit))]
    body.append("")
    body.append(
        t(
            "This week: {visits}, {calls} · {customers}",
            visits=t.plural("{n} visit", "{n} visits", facts.week_visits),
            calls=t.plural("{n} call", "{n} calls", facts.week_calls),
            customers=t.plural(
                "{count} customer",
                "{count} customers",
                facts.customers,
                count=f"{facts.customers:,}",
            ),
        )
    )
    return body


def _line(acting: Acting, facts: Today, view: FollowUpView, by: Mapping[int, str]) -> Markup:
    line = from_line(acting, due_line(acting, view), by.get(view.id) if facts.own else None)
    if view.id in facts.ways:
        line = Markup("{} · ⚠️ {}").format(line, way_text(acting.texts, facts.ways[view.id]))
    return line if facts.own else Markup("{} ({})").format(line, view.owner)


def _actions(acting: Acting, facts: Today, alerts: int) -> tuple[tuple[Button, ...], ...]:
    t = acting.texts
    find = Button.open(t("🔍 Find"), "found")
    if facts.overdue_count:
        first = Button.open(t("⚠️ Overdue ({n})", n=facts.overdue_count), "agenda", "overdue", 0)
    elif facts.due:
        nearest = facts.due[0]
        first = Button.open(f"⏰ {nearest.customer}", "follow_up", nearest.id)
    else:
        first = Button.open(t("⏰ What's next"), "agenda", "open", 0)
    if acting.person.role == "administrator":
        staff = Button.start(t("👥 Colleagues"), "find_staff")
        return ((Button.start(t("✉️ Invite a colleague"), "invite"), find), (first, staff))
    if acting.person.role in READ_ONLY:
        return ((first, find),)
    log = Button.start(t("📝 Log a visit or call"), "log_visit")
    told = (Button.open(t("🔔 To act on ({n})", n=alerts), "alerts", 0),) if alerts else ()
    return ((first, *told), (log, find) if acting.person.role in OWN else (find, log))
