"""Have something repeat another way: which, then it goes on so; what was done stays."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows.starting import Start
from conversations.questions.repeats import Repeats
from conversations.wording import lines, next_days
from conversations.words import whole
from core import customers, series_reading
from core.errors import AlreadySettled
from core.follow_ups import MORNING
from core.i18n import N_, Text
from core.recurrence_line import recurrence_line
from core.rules.recurrence import written
from core.screens import Button, Screen
from core.series import ChangeSeries
from core.series_planning import clock_of
from core.series_reading import DaysOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conversations.engine.talk import Talk
    from core.acting import Acting
    from core.rules.recurrence import Recurrence


async def start(acting: Acting, series_id: str) -> Start:
    """From the button of a series.

    Raises:
        Refused: if it is not this person's to change, or ended.
    """
    found = await series_reading.visible(acting, whole(series_id))
    await customers.workable(acting, found.customer_id)
    if found.state != "running":
        raise AlreadySettled
    days = await series_reading.next_days(acting, found, most=1)
    first = days[0] if days else acting.local_now.date()
    at = datetime.combine(first, clock_of(found.at_minute) or MORNING, acting.zone)
    return Start({"series": found.id, "first": at.isoformat()})


@flow("change_series", version=1)
async def change_series(talk: Talk) -> None:
    """Ask how it is to repeat, and have it go on so."""
    first = datetime.fromisoformat(talk.args["first"])
    question = Repeats("repeats", Text(N_("How is it to repeat?")), first, once=False)
    what = await talk.ask(question)
    assert what is not None
    made = await talk.do(
        "save",
        ChangeSeries(int(talk.args["series"]), written(what.rule), None, what.ends_on, what.times),
    )
    days = await talk.read("days", DaysOf(made))
    await talk.say(lambda ctx: _changed(ctx, made, what, days))


def _changed(ctx: Acting, series: int, what: Recurrence, days: Sequence[str]) -> Screen:
    t = ctx.texts
    ahead = next_days(ctx, [datetime.fromisoformat(day).date() for day in days])
    text = t("✅ From now on: {rule}", rule=recurrence_line(t, what))
    return Screen(lines(text, ahead), ((Button.open(t("🔁 Open"), "series", series),),))
