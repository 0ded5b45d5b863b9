"""Plans that repeat: made, ended, and gone on with another way.

A series keeps the rule; what it is planned by are ordinary follow-ups, made four weeks ahead
(core/series_planning.py), each once for its day. "This and all following" of a change ends the
series there and begins another: what was done stays as it was, and so does its history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import audit, customers, nicknames
from core.cancellations import checked
from core.errors import AlreadySettled, Invalid, NotFound
from core.follow_ups import (
    PURPOSE_LENGTH,
    SettleFollowUp,
    check_length,
    moment_of,
    settle_follow_up,
    workable,
)
from core.i18n import N_
from core.rules.access import OWN
from core.rules.recurrence import (
    MOST_TIMES,
    Rule,
    begun,
    coming,
    days_of,
    first_day,
    moved,
    read,
    written,
)
from core.series_planning import HOUR, clock_of, keeper_of, plan_ahead, recurrence_of
from core.series_reading import visible
from core.vocabulary import KINDS
from storage.models import FollowUp, Series

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class PlanSeries:
    """Plan something again and again, first at a moment."""

    customer_id: int
    #: an RRULE of core/rules/recurrence.py
    rule: str
    due_at: datetime
    all_day: bool = False
    kind: str = "visit"
    purpose: str = ""
    lead_minutes: int | None = None
    minutes: int | None = None
    ends_on: date | None = None
    times: int | None = None
    activity_id: int | None = None
    #: whether the rule is moved to the first moment's day; else it waits for its own next day
    fits: bool = True
    #: the word that the person used for the customer, where it was not understood so
    called: str = ""


@dataclass(frozen=True, slots=True)
class ChangeSeries:
    """From now on it goes by another rule, perhaps at another hour."""

    series_id: int
    rule: str
    #: minutes after midnight; None keeps the hour
    at_minute: int | None = None
    ends_on: date | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class MoveFollowing:
    """A plan of a series and all that follow it move: another day, another hour."""

    follow_up_id: int
    due_at: datetime
    all_day: bool = False
    #: the series that it must be of, where that is said
    series_id: int | None = None


@dataclass(frozen=True, slots=True)
class EndSeries:
    """It repeats no more, and why; with a plan of it, from that one on."""

    series_id: int
    #: a code of CANCEL_REASONS
    reason: str
    note: str = ""
    follow_up_id: int | None = None


def rule_of(text: str) -> Rule:
    """The rule that was given.

    Raises:
        Invalid: if it is none that we keep.
    """
    try:
        return read(text)
    except ValueError:
        raise Invalid(N_("That is no rule of repetition.")) from None


async def plan_series(acting: Acting, command: PlanSeries) -> dict[str, Any]:
    """Plan it and return {"series": id, "follow_up": id of the first plan}; once per key.

    Raises:
        NotFound, NotAllowed: if the customer is not this person's to work on.
        Invalid: if the rule, the first moment or the end cannot be right.
    """
    known = await Series.get_or_none(key=acting.key)
    if known is not None:
        return await _made(known)
    customer = await customers.workable(acting, command.customer_id)
    absent = await customers.stood_in_for(acting, customer)
    due_at = moment_of(acting, command.due_at, all_day=command.all_day).astimezone(acting.zone)
    if command.kind not in KINDS or len(command.purpose) > PURPOSE_LENGTH:
        raise Invalid
    check_length(command.minutes)
    rule = rule_of(command.rule)
    begins = coming(rule, due_at.date())
    if command.fits:
        rule, begins = begun(rule, due_at.date())
    _check_end(begins, command.ends_on, command.times)
    made = await Series.create(
        key=acting.key, customer=customer,
        # What is planned while somebody is away stays with who comes back.
        owner_id=absent.id if absent and absent.role in OWN else acting.person.id,
        created_by_id=acting.person.id, activity_id=command.activity_id, kind=command.kind,
        purpose=command.purpose.strip(), rule=written(rule), begins=begins,
        at_minute=None if command.all_day else due_at.hour * HOUR + due_at.minute,
        minutes=command.minutes, lead_minutes=command.lead_minutes, ends_on=command.ends_on,
        times=command.times, next_on=begins, created_at=acting.now,
    )  # fmt: skip
    await audit.record(
        acting, "plan_series", "series", made.id, customer=customer.id, rule=made.rule,
        **audit.acted_for(absent),
    )  # fmt: skip
    await plan_ahead(acting, made, acting, least=1)
    if command.called:
        await nicknames.remember(acting, customer, command.called)
    return await _made(made)


async def change_series(acting: Acting, command: ChangeSeries) -> int:
    """Have it go by another rule from its next day on, and return the new series' id.

    Raises:
        NotFound, NotAllowed: if it is not this person's to change.
        AlreadySettled: if it is ended.
        Invalid: if the rule or its end cannot be right.
    """
    known = await Series.get_or_none(key=acting.key)
    if known is not None:
        return int(known.id)
    found = await changeable(acting, command.series_id)
    rule = rule_of(command.rule)
    at_minute = found.at_minute if command.at_minute is None else command.at_minute
    begins = first_day(rule, acting.local_now, clock_of(at_minute))
    _check_end(begins, command.ends_on, command.times)
    ahead = await FollowUp.filter(series_id=found.id, status="open", due_at__gt=acting.now)
    # What is overdue stays to be done.
    return await _go_on(
        acting, found, ahead, rule=rule, begins=begins, at_minute=at_minute,
        ends_on=command.ends_on, times=command.times,
    )  # fmt: skip


async def move_following(acting: Acting, command: MoveFollowing) -> int:
    """Move a plan with all that follow it, and return the new series' id.

    Raises:
        NotFound, NotAllowed: if it is not this person's to move.
        AlreadySettled: if it is settled, or its series ended.
        Invalid: if the moment is past or too far, or the plan of no series.
    """
    known = await Series.get_or_none(key=acting.key)
    if known is not None:
        return int(known.id)
    plan = await workable(acting, command.follow_up_id)
    if plan.series_id is None or plan.series_on is None:
        raise Invalid
    if command.series_id not in {None, plan.series_id}:
        raise NotFound
    found = await changeable(acting, plan.series_id)
    due_at = moment_of(acting, command.due_at, all_day=command.all_day).astimezone(acting.zone)
    what = recurrence_of(found)
    rule, begins = moved(what.rule, plan.series_on, due_at.date())
    times = what.times
    if times is not None:
        gone = sum(1 for one in days_of(what, found.begins) if one.on < plan.series_on)
        times = max(1, times - gone)
    _check_end(begins, what.ends_on, None)
    following = await FollowUp.filter(
        series_id=found.id, status="open", series_on__gte=plan.series_on
    )
    return await _go_on(
        acting, found, following, rule=rule, begins=begins,
        at_minute=None if command.all_day else due_at.hour * HOUR + due_at.minute,
        ends_on=what.ends_on, times=times,
    )  # fmt: skip


async def end_series(acting: Acting, command: EndSeries) -> int:
    """End it, call off what is planned by it, and return its id; what is overdue stays.

    Raises:
        NotFound, NotAllowed: if it is not this person's to end.
        AlreadySettled: if it is ended.
        Invalid: if the reason is none of the list, or "other" without a word.
    """
    found = await changeable(acting, command.series_id)
    reason, note = checked(command.reason, command.note)
    open_ones = FollowUp.filter(series_id=found.id, status="open")
    ahead = open_ones.filter(due_at__gt=acting.now)
    if command.follow_up_id is not None:
        first = await FollowUp.get_or_none(id=command.follow_up_id, series_id=found.id)
        if first is None:
            raise NotFound
        ahead = open_ones.filter(series_on__gte=first.series_on)
    await _end(acting, found, "ended", reason, note)
    for plan in await ahead.order_by("due_at", "id"):
        await settle_follow_up(
            acting, SettleFollowUp(plan.id, "cancelled"), reason=reason, note=note
        )
    why = {"reason": reason, **({"note": note} if note else {})}
    await audit.record(acting, "end_series", "series", found.id, **why)
    return int(found.id)


async def _go_on(  # noqa: PLR0913 - the rule in its parts, by name
    acting: Acting,
    found: Series,
    following: Sequence[FollowUp],
    *,
    rule: Rule,
    begins: date,
    at_minute: int | None,
    ends_on: date | None,
    times: int | None,
) -> int:
    """End a series where its plans `following` would come, and begin the one that goes on."""
    await _end(acting, found, "replaced", "", "")
    for plan in following:
        await settle_follow_up(acting, SettleFollowUp(plan.id, "cancelled"))
    made = await Series.create(
        key=acting.key, customer_id=found.customer_id, owner_id=found.owner_id,
        created_by_id=acting.person.id, activity_id=found.activity_id, kind=found.kind,
        purpose=found.purpose, rule=written(rule), begins=begins, at_minute=at_minute,
        minutes=None if at_minute is None else found.minutes, lead_minutes=found.lead_minutes,
        ends_on=ends_on, times=times, next_on=begins, created_at=acting.now,
        replaces_id=found.id,
    )  # fmt: skip
    await audit.record(
        acting, "change_series", "series", made.id, rule={"from": found.rule, "to": made.rule},
        replaces=found.id,
    )  # fmt: skip
    await plan_ahead(acting, made, await keeper_of(acting, made), least=1)
    return int(made.id)


async def _end(acting: Acting, found: Series, state: str, reason: str, note: str) -> None:
    found.state, found.next_on, found.ended_at = state, None, acting.now
    found.ended_by_id = acting.person.id or None
    found.reason, found.note = reason, note
    await found.save(
        update_fields=["state", "next_on", "ended_at", "ended_by_id", "reason", "note"]
    )


async def changeable(acting: Acting, series_id: int) -> Series:
    """A running series that this person may change, held until the transaction ends.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if it may be seen only.
        AlreadySettled: if it is ended.
    """
    await customers.workable(acting, (await visible(acting, series_id)).customer_id)
    found = await Series.filter(id=series_id).select_for_update(no_key=True).first()
    if found is None or found.state != "running":
        raise AlreadySettled
    return found


async def _made(series: Series) -> dict[str, Any]:
    first = await FollowUp.filter(series_id=series.id).order_by("due_at", "id").first()
    return {"series": series.id, "follow_up": first.id if first else None}


def _check_end(begins: date, ends_on: date | None, times: int | None) -> None:
    if ends_on is not None and times is not None:
        raise Invalid
    if ends_on is not None and ends_on < begins:
        raise Invalid(N_("It would end before it begins. Please check the end."))
    if times is not None and not 1 <= times <= MOST_TIMES:
        raise Invalid(N_("It can take place up to {most} times."), most=MOST_TIMES)
