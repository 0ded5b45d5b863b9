"""After the planned end of a visit: how did it go? One tap leads to the card, filled in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tortoise.expressions import Q

from core.i18n import texts
from core.people import person_of, substitutes_of
from core.rules.lasting import SHORTEST, USUAL
from core.screens import Button, Screen
from core.vocabulary import OUTCOMES
from core.ways import MEETINGS
from notifications.briefs import headline
from notifications.outbox import alert, quiet_now
from notifications.reminders import BATCH
from storage.models import Activity, FollowUp

if TYPE_CHECKING:
    from core.acting import Acting, Person

#: what takes longer than a visit usually does is asked about only once its own end has come
LASTS = timedelta(minutes=USUAL["visit"])
BRIEFEST = timedelta(minutes=SHORTEST)
#: what is older is overdue, and told as that
NO_LATER = timedelta(hours=20)
#: a record of so long before it counts as its own
BEFORE = timedelta(hours=3)
_COLUMNS = 3


async def ask_how_it_went(acting: Acting) -> int:
    """Ask about the visits that should be over; returns how many that were."""
    if quiet_now(acting):
        return 0
    over = (
        await FollowUp.filter(
            Q(ends_at=None, due_at__lte=acting.now - LASTS) | Q(ends_at__lte=acting.now),
            status="open", asked_at=None, due_at__lte=acting.now - BRIEFEST,
            due_at__gt=acting.now - NO_LATER, kind__in=list(MEETINGS), all_day=False,
        )
        .order_by("due_at", "id")
        .limit(BATCH)
        .select_related("customer", "owner__unit")
    )  # fmt: skip
    away = await substitutes_of({one.owner_id for one in over}, acting.now)
    for one in over:
        owner = person_of(one.owner, one.owner.unit)
        if not await _recorded(one):
            for told in away.get(owner.id, [owner] if one.owner.active else []):
                await _ask(acting, told, one)
    await FollowUp.filter(id__in=[one.id for one in over] or [0]).update(asked_at=acting.now)
    return len(over)


async def _recorded(planned: FollowUp) -> bool:
    """Whether its owner wrote down a contact with the firm about that time."""
    return await Activity.filter(
        customer_id=planned.customer_id, author_id=planned.owner_id, reverses=None,
        reversed_at=None, occurred_at__gte=planned.due_at - BEFORE,
    ).exists()  # fmt: skip


async def _ask(acting: Acting, told: Person, planned: FollowUp) -> None:
    t = texts(told.locale)
    outcomes = [
        Button.start(t(label), "log_visit", planned.customer_id, planned.id, code)
        for code, label in OUTCOMES.items()
    ]
    rows = tuple(tuple(outcomes[at : at + _COLUMNS]) for at in range(0, len(outcomes), _COLUMNS))
    other = (
        Button.start(t("⏰ Put off…"), "postpone", planned.id),
        Button.open(t("Open"), "follow_up", planned.id),
    )
    text = t("How did it go?\n{what}", what=headline(planned, told, acting.now))
    await alert(
        acting, told, Screen(text, (*rows, other)),
        cause=f"went:{planned.id}:{int(planned.due_at.timestamp())}:{told.id}",
        subject=f"follow_up:{planned.id}",
    )  # fmt: skip
