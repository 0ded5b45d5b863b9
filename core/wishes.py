"""What people wish of their alerts: when they come, how many, and how loud each topic is.

Wishes hold for the own alerts and what comes with them, and for nothing else. A stand-in hears of
the other's alerts as the other wished, but in the own hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tortoise.expressions import Q

from core import audit
from core.errors import Invalid, NotAllowed
from core.rules import quiet
from core.rules.access import READ_ONLY
from core.rules.alerts import ALERTS, DAILY
from core.rules.wishes import HOW, LIMITS, MORNINGS, TOPICS, allowed, kinds_of, loudness, muted
from storage.models import AlertRule, AlertWish, Staff

if TYPE_CHECKING:
    from tortoise.queryset import QuerySet

    from core.acting import Acting
    from core.rules.alerts import AlertKind
    from storage.models import Alert


@dataclass(frozen=True, slots=True)
class SetWishes:
    """Change what is given, and leave the rest."""

    #: from and until which hour
    quiet: tuple[int, int] | None = None
    #: minutes of the day
    digest_at: int | None = None
    daily: int | None = None
    #: a topic, and now, digest, off or bank (as the bank has it)
    topics: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WishesView:
    """What holds for a person: the own wishes, or the bank's rules where there are none."""

    quiet_from: int
    quiet_until: int
    digest_at: int
    daily: int
    #: topic → now, digest, off or bank
    topics: dict[str, str]
    #: rule → how the person hears of it; None where the bank has it off
    rules: dict[str, str | None]


async def set_wishes(acting: Acting, command: SetWishes) -> int:
    """Change them and return the person's id. A digest comes in no quiet hour, but later.

    Raises:
        NotAllowed: if the acting person has no alerts.
        Invalid: if it is more than the bank allows.
    """
    person = acting.person
    if person.role in READ_ONLY:
        raise NotAllowed
    bank, now = quiet.bank(), await wishes_of(acting)
    start, end = command.quiet or (now.quiet_from, now.quiet_until)
    digest_at = command.digest_at or now.digest_at
    daily = command.daily or now.daily
    if command.quiet is not None and (start not in bank.starts() or end not in bank.ends()):
        raise Invalid
    if digest_at not in MORNINGS or daily not in LIMITS:
        raise Invalid
    if any(topic not in TOPICS or how not in HOW for topic, how in command.topics):
        raise Invalid
    for topic, how in command.topics:
        if not any(allowed(kind, how) for kind in kinds_of(topic)):
            raise Invalid
    if digest_at < 60 * end:
        digest_at = next(at for at in MORNINGS if at >= 60 * min(end, quiet.LATEST))
    await Staff.filter(id=person.id).update(
        quiet_from=_own(start, bank.start), quiet_until=_own(end, bank.end),
        digest_at=_own(digest_at, MORNINGS[0]), daily_alerts=_own(daily, DAILY),
    )  # fmt: skip
    for topic, how in command.topics:
        if how == "bank":
            await AlertWish.filter(staff_id=person.id, topic=topic).delete()
        else:
            await AlertWish.update_or_create(
                {"how": how, "changed_at": acting.now}, staff_id=person.id, topic=topic
            )
    await audit.record(
        acting, "set", "wishes", person.id, quiet=[start, end], digest_at=digest_at, daily=daily,
        topics=dict(command.topics),
    )  # fmt: skip
    return person.id


def _own(value: int, of_the_bank: int) -> int | None:
    return None if value == of_the_bank else value


async def wishes_of(acting: Acting) -> WishesView:
    """What holds for the acting person.

    Raises:
        NotAllowed: if the acting person has no alerts.
    """
    if acting.person.role in READ_ONLY:
        raise NotAllowed
    staff, bank = await Staff.get(id=acting.person.id), quiet.bank()
    own = await topics_of(staff.id)
    changed = {one.code: one for one in await AlertRule.all()}
    rules: dict[str, str | None] = {}
    for code, kind in ALERTS.items():
        rule = changed.get(code)
        timing = kind.timing if rule is None else rule.timing
        off = rule is not None and not rule.on
        rules[code] = None if off else loudness(kind, timing, own.get(kind.topic))
    return WishesView(
        quiet_from=bank.start if staff.quiet_from is None else staff.quiet_from,
        quiet_until=bank.end if staff.quiet_until is None else staff.quiet_until,
        digest_at=staff.digest_at or MORNINGS[0],
        daily=staff.daily_alerts or DAILY,
        topics={topic: own.get(topic, "bank") for topic in TOPICS},
        rules=rules,
    )


async def topics_of(staff_id: int) -> dict[str, str]:
    """The topics that a person wants otherwise than the bank has them."""
    return {one.topic: one.how for one in await AlertWish.filter(staff_id=staff_id)}


async def wanted(acting: Acting, alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    """Those of the alerts that the acting person, or who is stood in for, wants to be told of."""
    wishes: dict[int, dict[str, str]] = {}
    for one in await AlertWish.filter(staff_id__in=acting.person.keeps, how="off"):
        wishes.setdefault(one.staff_id, {})[one.topic] = one.how
    for staff_id, own in wishes.items():
        alerts = alerts.filter(~Q(rule__in=muted(own), staff_id=staff_id))
    return alerts


async def timing_of(staff_id: int, kind: AlertKind, bank: str) -> str:
    """When a person is to hear of a new alert; what they want no message of waits in the list."""
    wish = await AlertWish.get_or_none(staff_id=staff_id, topic=kind.topic)
    heard = loudness(kind, bank, wish.how if wish else None)
    return "digest" if heard == "off" else heard
