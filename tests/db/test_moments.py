"""Moments are moments on both engines, whatever zone they were written in."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import db
from storage.models import Customer, EnrolAttempt
from tests.support.bank import MONDAY, build_bank

ZONES = ("UTC", "Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Pacific/Kiritimati")
moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2035, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.sampled_from(ZONES).map(ZoneInfo),
)


async def keep(at: datetime) -> int:
    return (await EnrolAttempt.create(at=at, chat_id=1, reason="test")).id


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(moments, min_size=1, max_size=12), moments)
def test_they_sort_and_compare_as_moments(
    database_url: str, written: list[datetime], bound: datetime
) -> None:
    async def play() -> tuple[list[datetime], int, int]:
        await db.connect(database_url)
        await EnrolAttempt.all().delete()
        for at in written:
            await keep(at)
        found = [row.at for row in await EnrolAttempt.all().order_by("at")]
        earlier = await EnrolAttempt.filter(at__lt=bound).count()
        until = await EnrolAttempt.filter(at__lte=bound).count()
        await db.disconnect()
        return found, earlier, until

    in_utc = sorted(at.astimezone(UTC) for at in written)
    assert asyncio.run(play()) == (
        in_utc,
        sum(at < bound.astimezone(UTC) for at in in_utc),
        sum(at <= bound.astimezone(UTC) for at in in_utc),
    )


async def test_they_come_back_aware_to_the_microsecond(database: str) -> None:
    at = datetime(2026, 11, 23, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=8)))
    found = (await EnrolAttempt.get(id=await keep(at))).at
    assert found == at
    assert found.utcoffset() == timedelta(0)


async def test_a_moment_without_a_zone_is_refused(database: str) -> None:
    with pytest.raises(ValueError, match="a moment needs a zone"):
        await keep(datetime(2026, 11, 23, 10))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="a moment needs a zone"):
        await EnrolAttempt.filter(at__lt=datetime(2026, 11, 23, 10))  # noqa: DTZ001 - likewise
    assert not await EnrolAttempt.exists()


async def test_an_update_writes_them_in_the_same_way(database: str) -> None:
    bank = await build_bank()
    one, two = bank.customers["C001"], bank.customers["C002"]
    await Customer.filter(id=one).update(last_contact_at=MONDAY)
    await Customer.filter(id=two).update(last_contact_at=MONDAY.astimezone(UTC))
    for at in (MONDAY, MONDAY.astimezone(UTC), MONDAY.astimezone(ZoneInfo("America/New_York"))):
        assert await Customer.filter(last_contact_at=at).count() == 2
        assert not await Customer.filter(last_contact_at__lt=at).exists()
