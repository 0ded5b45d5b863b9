"""Call something planned off: one tap says why, then it is done; ten minutes to undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.wording import lines
from conversations.words import whole
from core import customers, follow_ups
from core.cancellations import CancelFollowUp
from core.i18n import N_, Text
from core.screens import Button, Screen
from core.series import EndSeries
from core.series_reading import running_series
from core.vocabulary import CANCEL_REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, follow_up_id: str) -> Start:
    """From the button of a follow-up.

    Raises:
        Refused: if it is not this person's to call off, or settled.
    """
    found = await follow_ups.workable(acting, whole(follow_up_id))
    name = {code: customers.short_name_of(found.customer, code) for code in ("zh", "en")}
    return Start({"follow_up": found.id, "name": name, **asking.of_series(running_series(found))})


@flow("call_off", version=1)
async def call_off(talk: Talk) -> None:
    """Ask why, and call it off; of a plan that repeats, perhaps all that follow, too."""
    follow_up, name = int(talk.args["follow_up"]), talk.args["name"]
    series = int(talk.args.get("series", 0))
    following = series and await talk.ask(asking.scope()) == "all"
    reason = await talk.ask(asking.reason(CANCEL_REASONS, Text(N_("Why is it called off?"))))
    note = await talk.ask(asking.reason_note(required=reason == "other"))
    if following:
        await talk.do("save", EndSeries(series, reason, note, follow_up))
        await talk.say(lambda ctx: asking.ended(ctx, series, name, reason))
        return
    await talk.do("save", CancelFollowUp(follow_up, reason, note))
    await talk.say(lambda ctx: _called_off(ctx, follow_up, name, reason))


def _called_off(ctx: Acting, follow_up: int, name: Mapping[str, str], reason: str) -> Screen:
    t = ctx.texts
    why = t(CANCEL_REASONS[reason])
    return Screen(
        lines(t("✕ Called off: <b>{customer}</b> · {why}", customer=name[ctx.locale], why=why)),
        (
            (
                Button.run(t("↩️ Undo"), "reopen", follow_up),
                Button.open(t("Open"), "follow_up", follow_up),
            ),
        ),
    )
