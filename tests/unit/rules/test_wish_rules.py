"""Wishes stay within what the bank allows, and quiet is quiet, whatever they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.rules.alerts import ALERTS, GRAVE, AlertKind
from core.rules.quiet import QuietHours
from core.rules.wishes import (
    HOW,
    LOUDNESS,
    MORNINGS,
    TOPICS,
    allowed,
    digest_time,
    kinds_of,
    loudness,
    muted,
)

kinds = st.sampled_from(list(ALERTS.values()))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 - the zone is put on
    lambda at: at.replace(tzinfo=UTC)
)
zones = st.sampled_from(["Asia/Shanghai", "Europe/London", "America/Los_Angeles", "Asia/Kolkata"])
bounds = QuietHours()


def test_every_rule_is_of_a_topic_and_every_topic_has_rules() -> None:
    assert {kind.topic for kind in ALERTS.values()} == set(TOPICS)
    assert all(kinds_of(topic) for topic in TOPICS)


def test_what_is_grave_or_goes_up_to_the_leader_is_never_without_a_message() -> None:
    for kind in ALERTS.values():
        if kind.importance == GRAVE or kind.escalate_after is not None:
            assert kind.least != "off", kind.code
    assert not muted(dict.fromkeys(TOPICS, "off")) & {"overdue", "classified"}


@given(kinds, st.sampled_from(["now", "digest"]), st.sampled_from([*HOW, None]))
def test_nothing_is_quieter_than_its_rule_allows(
    kind: AlertKind, bank: str, wish: str | None
) -> None:
    heard = loudness(kind, bank, wish)
    least = bank if kind.least == "now" else kind.least
    if wish in (None, "bank"):
        assert heard == bank
    else:
        assert LOUDNESS.index(heard) >= LOUDNESS.index(least)
        assert heard == wish or not allowed(kind, wish)


@given(moments, zones, st.sampled_from([None, *bounds.starts()]),
       st.sampled_from([None, *bounds.ends()]))  # fmt: skip
def test_what_is_held_is_delivered_in_no_quiet_hour_and_within_a_day(
    at: datetime, zone: str, start: int | None, end: int | None
) -> None:
    held = bounds.hold(at, zone, (start, end))
    assert at <= held < at + timedelta(hours=16)
    hour = held.astimezone(ZoneInfo(zone)).hour
    assert (end or 8) <= hour < (start or 20)
    assert bounds.hold(held, zone, (start, end)) == held


def test_a_digest_is_to_be_told_before_what_waits_for_it_falls_due() -> None:
    for minutes in MORNINGS:
        at = digest_time(minutes)
        assert at.hour * 60 + at.minute == minutes + 5
