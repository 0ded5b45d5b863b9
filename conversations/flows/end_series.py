"""End what repeats: why, then it is done; what is overdue stays to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.words import whole
from core import customers, series_reading
from core.errors import AlreadySettled
from core.i18n import N_, Text
from core.series import EndSeries
from core.vocabulary import CANCEL_REASONS

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, series_id: str) -> Start:
    """From the button of a series.

    Raises:
        Refused: if it is not this person's to end, or ended.
    """
    found = await series_reading.visible(acting, whole(series_id))
    await customers.workable(acting, found.customer_id)
    if found.state != "running":
        raise AlreadySettled
    name = {code: customers.short_name_of(found.customer, code) for code in ("zh", "en")}
    return Start({"series": found.id, "name": name})


@flow("end_series", version=1)
async def end_series(talk: Talk) -> None:
    """Ask why, and end it."""
    series, name = int(talk.args["series"]), talk.args["name"]
    reason = await talk.ask(asking.reason(CANCEL_REASONS, Text(N_("Why is it called off?"))))
    note = await talk.ask(asking.reason_note(required=reason == "other"))
    await talk.do("save", EndSeries(series, reason, note))
    await talk.say(lambda ctx: asking.ended(ctx, series, name, reason))
