"""Messages that tell of several alerts: each is acted on in its place, and struck when settled.

Such a message is made anew from its rows whenever it changes, so it needs no text kept. A digest
of a morning says what is due, too, as long as its day lasts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from core import formats
from core.alert_card import alert_line, settled_line
from core.alerts import concerning
from core.errors import NotFound
from core.leader_lines import LeaderLines, leader_lines
from core.morning_card import day_lines, ways
from core.people import staff_name
from core.screens import Button, Screen
from core.today import due_today
from core.wishes import wanted
from storage.models import Telling, Told

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from core.acting import Acting
    from core.screens import Row
    from core.today import Due
    from storage.models import Alert

#: lines and numbers at a time
BLOCK = 5


async def open_telling(acting: Acting, kind: str, alerts: Sequence[Alert]) -> Telling:
    """Write down what a message to the acting person tells, in its order."""
    made = await Telling.create(
        staff_id=acting.person.id, kind=kind, day=acting.local_now.date(), made_at=acting.now
    )
    await _list(made, alerts)
    return made


async def tell_instead(telling_id: int, alerts: Sequence[Alert]) -> Telling:
    """An unsent message tells these instead."""
    made = await Telling.get(id=telling_id)
    await Told.filter(telling_id=telling_id).delete()
    await _list(made, alerts)
    return made


async def _list(telling: Telling, alerts: Sequence[Alert]) -> None:
    await Told.bulk_create([
        Told(telling_id=telling.id, alert_id=one.id, place=place)
        for place, one in enumerate(alerts, 1)
    ])  # fmt: skip


async def tellings_of(alert_ids: Collection[int]) -> list[tuple[int, int]]:
    """The messages that tell any of these alerts, and to whom."""
    if not alert_ids:
        return []
    found = Told.filter(alert_id__in=list(alert_ids)).order_by("telling_id").distinct()
    pairs = await found.values_list("telling_id", "telling__staff_id")
    return [(int(telling), int(staff)) for telling, staff in pairs]


async def telling_screen(acting: Acting, telling_id: int) -> tuple[Screen, bool]:
    """The message as it is now, and whether any of it is still to be acted on.

    Raises:
        NotFound: if it was not told to the acting person.
    """
    telling = await Telling.get_or_none(id=telling_id, staff_id=acting.person.id)
    if telling is None:
        raise NotFound
    ids = await Told.filter(telling_id=telling_id).order_by("place").values_list(
        "alert_id", flat=True
    )  # fmt: skip
    found = await concerning(acting).filter(id__in=list(ids)).select_related(
        "customer", "crossing", "staff", "settled_by"
    )  # fmt: skip
    by_id = {int(one.id): one for one in found}
    alerts = [by_id.get(int(str(one))) for one in ids]
    waiting = await (await wanted(acting, concerning(acting).filter(settled_at=None))).count()
    today = telling.kind == "morning" and telling.day == acting.local_now.date()
    facts = await due_today(acting) if today else None
    more = await leader_lines(acting) if today else LeaderLines()
    return screen_of(acting, telling, alerts, waiting, facts, more), any(map(_open, alerts))


def screen_of(
    acting: Acting,
    telling: Telling,
    alerts: Sequence[Alert | None],
    waiting: int,
    facts: Due | None,
    more: LeaderLines,
) -> Screen:
    """What a message says; an alert that is no business of the person any more is None.

    `waiting` is how many the person has to act on in all, `facts` what is due in a morning,
    `more` what a leader's morning says besides.
    """
    t = acting.texts
    still = [place for place, one in enumerate(alerts, 1) if _open(one)]
    start = (still[0] if still else max(len(alerts), 1)) - 1
    start -= start % BLOCK
    block = list(enumerate(alerts, 1))[start : start + BLOCK]
    after = sum(place > start + BLOCK for place in still)
    if telling.kind == "morning":
        after = max(waiting - len(still), 0)
    body = [_line(acting, place, one) for place, one in block]
    if after:
        body.append(t("… and {n} more", n=after))
    numbers = tuple(
        Button.open(str(place), "alert", one.id, telling.id)
        for place, one in block
        if one is not None and _open(one)
    )
    head = _head(acting, telling, waiting if telling.kind == "morning" else len(still))
    all_of_them: Row = ()
    if waiting:
        all_of_them = (Button.open(t("🔔 To act on ({n})", n=waiting), "alerts", 0),)
    above: list[Markup] = []
    below: tuple[Row, ...] = (all_of_them,)
    if telling.kind == "morning":
        above.append(t("☀️ <b>{date}</b>", date=formats.date(telling.day, acting.locale)))
    if facts is not None:
        above += [*day_lines(acting, facts), *more.lines]
        below = ways(acting, facts, waiting, more.buttons)
    text = Markup("\n").join([*above, head, *body])
    return Screen(text, tuple(row for row in (numbers, *below) if row))


def _head(acting: Acting, telling: Telling, still: int) -> Markup:
    t = acting.texts
    if not still:
        return t("✅ <b>All done</b>")
    if telling.kind == "late":
        return t("⏫ <b>Nobody has acted on these {n}</b>", n=still)
    return t("🔔 <b>{n} to act on</b>", n=still)


def _open(one: Alert | None) -> bool:
    return one is not None and one.settled_at is None


def _line(acting: Acting, place: int, one: Alert | None) -> Markup:
    t, person = acting.texts, acting.person
    if one is None:
        return Markup("<s>{}.</s> {}").format(place, t("in other hands now"))
    if one.settled_at is not None:
        line, _, tail = settled_line(one, person, acting.now).partition("\n")
        by = Markup(" · {}").format(tail) if tail else ""
        return Markup("<s>{}. {}</s>{}").format(place, line, by)
    line = alert_line(one, person, acting.now)
    if one.staff_id != person.id:
        line = Markup("{} ({})").format(line, staff_name(one.staff, acting.locale))
    put_off = one.told_at is None and one.not_before.astimezone(acting.zone).date() > (
        acting.local_now.date()
    )
    return Markup("{}{}. {}").format("💤 " if put_off else "", place, line)
