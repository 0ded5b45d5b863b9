"""The private address of a calendar: one's own follow-ups, until it ends or its person leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from core import links
from core.bus import perform
from core.calendars import CloseFeed, OpenFeed
from core.errors import Conflict
from core.follow_ups import PlanFollowUp
from storage.models import Customer, Staff
from tests.support.api import Served
from tests.support.bank import MONDAY


@pytest.fixture
def public() -> Iterator[None]:
    links.configure_public("https://crm.example/")
    yield
    links.configure_public("")


async def planned(api: Served, number: str, firm: str, **more: Any) -> None:
    command = PlanFollowUp(api.bank.customers[firm], MONDAY + timedelta(days=1), **more)
    await perform(await api.bank.acting(number), command, f"plan {firm}")


async def read(api: Served, address: str) -> tuple[int, str, Calendar | None]:
    path = address.removeprefix("https://crm.example")
    async with api.http.get(f"{api.address}{path}") as answer:
        content = await answer.read()
        found = Calendar.from_ical(content) if answer.status == 200 else None
        return answer.status, answer.headers["Content-Type"], found  # type: ignore[return-value]


@pytest.mark.usefixtures("public")
async def test_the_address_shows_the_own_follow_ups_and_nothing_else(api: Served) -> None:
    await planned(api, "1001", "C001", purpose="谈续贷; 带合同, 见王总\n二楼")
    await planned(api, "1001", "C002", all_day=True, kind="call")
    await planned(api, "1004", "C005")
    address = await perform(await api.bank.acting("1001"), OpenFeed(), "k")
    status, kind, calendar = await read(api, address)
    assert (status, kind) == (200, "text/calendar; charset=utf-8")
    assert calendar is not None
    one, other = sorted(calendar.walk("VEVENT"), key=lambda event: str(event["summary"]))
    assert {str(one["summary"]), str(other["summary"])} == {"🚗 拜访 华兴机械", "📞 电访 百维物流"}
    visit, call = (one, other) if "拜访" in str(one["summary"]) else (other, one)
    assert visit.decoded("dtstart") == MONDAY + timedelta(days=1)
    assert str(visit["description"]) == "谈续贷; 带合同, 见王总\n二楼"
    assert call.decoded("dtstart") == date(2026, 11, 24)


@pytest.mark.usefixtures("public")
async def test_an_address_that_was_replaced_or_ended_shows_nothing(api: Served) -> None:
    acting = await api.bank.acting("1001")
    first = await perform(acting, OpenFeed(), "a")
    second = await perform(acting, OpenFeed(), "b")
    assert (await read(api, first))[0] == 404
    assert (await read(api, second))[0] == 200
    await perform(acting, CloseFeed(), "c")
    assert (await read(api, second))[0] == 404
    assert (await read(api, "/calendar/aaaaaaaaaaaaaaaaaaaaaaaa.ics"))[0] == 404


@pytest.mark.usefixtures("public")
async def test_who_left_or_may_not_see_the_customer_any_more_reads_nothing_of_it(
    api: Served,
) -> None:
    await planned(api, "1001", "C001")
    address = await perform(await api.bank.acting("1001"), OpenFeed(), "k")
    await Customer.filter(external_id="C001").update(owner_id=api.bank.staff["1002"])
    _, _, calendar = await read(api, address)
    assert calendar is not None
    assert list(calendar.walk("VEVENT")) == []
    await Staff.filter(number="1001").update(active=False)
    assert (await read(api, address))[0] == 404


async def test_without_a_public_address_there_is_none_to_be_had(api: Served) -> None:
    with pytest.raises(Conflict):
        await perform(await api.bank.acting("1001"), OpenFeed(), "k")
