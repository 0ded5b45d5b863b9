"""How long a planned visit takes, by a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines, moment
from conversations.words import whole
from core import customers
from core import follow_ups as read
from core.rules.lasting import LENGTHS, planned_end
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from storage.models import FollowUp

_COLUMNS = 3
_MINUTE = 60


async def lasting(acting: Acting, follow_up_id: str) -> Screen:
    """The lengths to choose from, for a follow-up that has a time."""
    t = acting.texts
    found = await read.workable(acting, whole(follow_up_id))
    lengths = [
        Button.run(t("⏱ {n} min", n=minutes), "lasts", found.id, minutes) for minutes in LENGTHS
    ]
    rows = tuple(tuple(lengths[at : at + _COLUMNS]) for at in range(0, len(lengths), _COLUMNS))
    back = (Button.open(t("‹ Back"), "follow_up", found.id),)
    name = Markup("<b>{}</b>").format(customers.name_of(found.customer, acting.locale))
    at = moment(acting, found.due_at, all_day=found.all_day)
    return Screen(lines(name, at, t("How long will it take?")), (*rows, back))


def minutes_of(found: FollowUp) -> int:
    """How long a follow-up with a time takes."""
    end = planned_end(found.due_at, found.ends_at, found.kind)
    return int((end - found.due_at).total_seconds()) // _MINUTE
