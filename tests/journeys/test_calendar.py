"""The calendar's address and a visit's file, in both languages."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar

from core import links
from core.bus import perform
from core.follow_ups import PlanFollowUp
from storage.models import CalendarFeed
from tests.support.town import Town


async def test_an_address_is_made_told_once_and_ended(town: Town) -> None:
    links.configure_public("https://crm.example")
    li = town.phone("1001")
    await li.says("/calendar")
    await li.presses("📅 新地址")
    told = await li.sees("https://crm.example/calendar/")
    await town.passes(minutes=6)
    assert told.message_id not in [one.message_id for one in li.messages]
    assert await CalendarFeed.filter(ended_at=None).count() == 1
    await li.presses("✕ 停用")
    assert await CalendarFeed.filter(ended_at=None).count() == 0
    links.configure_public("")


async def test_a_visit_comes_as_a_file_in_english(english_town: Town) -> None:
    town, now = english_town, english_town.clock.now()
    command = PlanFollowUp(town.bank.customers["C001"], now + timedelta(days=1), purpose="<b>")
    follow_up = await perform(await town.bank.acting("1001", now), command, "f")
    li = town.phone("1001")
    await li.says("/today")
    await li.presses_raw(li.last.message_id, f"o:follow_up:{follow_up}")
    await li.presses("📅 .ics")
    assert li.last.media_kind == "document"
    assert li.last.data is not None
    [event] = Calendar.from_ical(li.last.data).walk("VEVENT")
    assert str(event["summary"]) == "🚗 Visit Shanghai Huaxing Machinery Manufacturing"
