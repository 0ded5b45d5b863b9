"""What a person wishes of their alerts: the topics, the quiet hours, the morning, how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines
from core import wishes as read
from core.errors import NotFound
from core.i18n import N_
from core.rules import quiet
from core.rules.alerts import DAILY
from core.rules.wishes import LIMITS, LOUDNESS, MORNINGS, TOPICS, allowed, kinds_of
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.rules.alerts import AlertKind
    from core.screens import Row
    from core.wishes import WishesView

#: how something is heard of, in a list and on a button
_HOW = {
    "now": N_("at once"), "digest": N_("digest"), "off": N_("in the list only"),
    "bank": N_("as the bank has it"),
}  # fmt: skip
_CHOICES = {
    "now": N_("⚡ At once"), "digest": N_("🌅 With the digest"), "off": N_("🔕 No message"),
}  # fmt: skip


async def wishes(acting: Acting) -> Screen:
    """All of them; a number opens a topic."""
    t, found = acting.texts, await read.wishes_of(acting)
    topics = [
        Markup("{}. {} · {}").format(number, t(label), _heard(acting, found, topic))
        for number, (topic, label) in enumerate(TOPICS.items(), 1)
    ]
    numbers = tuple(
        Button.open(str(number), "wish", topic) for number, topic in enumerate(TOPICS, 1)
    )
    times = (
        Button.open(t("🌙 Quiet"), "wish", "quiet"),
        Button.open(t("🌅 Morning"), "wish", "morning"),
        Button.open(t("🔢 A day"), "wish", "daily"),
    )
    ways = (Button.open(t("🔔 Alerts"), "alerts", 0), Button.open(t("⌂ Home"), "home"))
    return Screen(
        lines(t("⚙️ <b>How I tell you things</b>"), *topics, *_times(acting, found)),
        (numbers, times, ways),
    )


def _heard(acting: Acting, found: WishesView, topic: str) -> Markup:
    """How a topic's rules are heard of now: at once, or some of them only with the digest."""
    t = acting.texts
    now = {found.rules[kind.code] for kind in kinds_of(topic)}
    said = Markup(" / ").join(t(_HOW[how]) for how in reversed(LOUDNESS) if how in now)
    own = found.topics[topic] != "bank"
    return t("{how} (yours)", how=said) if own else said or t("off in the bank")


def _times(acting: Acting, found: WishesView) -> list[Markup]:
    t = acting.texts
    return [
        t("🌙 Quiet from {start} to {end}", start=_clock(60 * found.quiet_from),
          end=_clock(60 * found.quiet_until)),
        t("🌅 Morning digest at {time}", time=_clock(found.digest_at)),
        t("🔢 At most {n} messages with alerts a day, and what is grave", n=found.daily),
    ]  # fmt: skip


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


async def wish(acting: Acting, what: str) -> Screen:
    """One topic or time, with what there is to choose."""
    found = await read.wishes_of(acting)
    if what in TOPICS:
        return _topic(acting, found, what)
    if what not in {"quiet", "morning", "daily"}:
        raise NotFound
    t = acting.texts
    back = (Button.open(t("‹ Back"), "wishes"),)
    quiet_line, morning_line, daily_line = _times(acting, found)
    if what == "morning":
        choices = tuple(Button.run(_clock(at), "wish_morning", at) for at in MORNINGS)
        return Screen(lines(morning_line), (choices, back))
    if what == "daily":
        choices = tuple(Button.run(str(n), "wish_daily", n) for n in sorted({*LIMITS, DAILY}))
        return Screen(lines(daily_line), (choices, back))
    bank = quiet.bank()
    starts = tuple(
        Button.run(t("from {time}", time=_clock(60 * hour)), "wish_quiet", hour, found.quiet_until)
        for hour in bank.starts()
    )
    ends = tuple(
        Button.run(t("to {time}", time=_clock(60 * hour)), "wish_quiet", found.quiet_from, hour)
        for hour in bank.ends()
    )
    return Screen(lines(quiet_line), (starts, ends, back))


def _topic(acting: Acting, found: WishesView, topic: str) -> Screen:
    t = acting.texts
    kinds = kinds_of(topic)
    body = [_rule(acting, found, kind) for kind in kinds]
    choices: Row = tuple(
        Button.run(t(_CHOICES[how]), "wish_topic", topic, how)
        for how in reversed(LOUDNESS)
        if any(allowed(kind, how) for kind in kinds)
    )
    others = (
        Button.run(t("🏦 As the bank has it"), "wish_topic", topic, "bank"),
        Button.open(t("‹ Back"), "wishes"),
    )
    return Screen(
        lines(Markup("<b>{}</b> · {}").format(t(TOPICS[topic]), t(_HOW[found.topics[topic]])),
              *body),
        (choices, others),
    )  # fmt: skip


def _rule(acting: Acting, found: WishesView, kind: AlertKind) -> Markup:
    t, how = acting.texts, found.rules[kind.code]
    said = t("off in the bank") if how is None else t(_HOW[how])
    never = Markup(" 🔒") if kind.least == "now" else ""
    return Markup("{} {} · {}{}").format(kind.icon, t(kind.label), said, never)
