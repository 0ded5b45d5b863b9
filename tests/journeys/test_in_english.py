"""The same journeys in English: what an English-speaking colleague reads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.bus import perform
from core.follow_ups import PlanFollowUp
from storage.models import Activity, ActivityCorrection, FollowUp
from tests.support.bank import MONDAY
from tests.support.town import Town

LINE = "visited Huaxing Machinery at 3pm today, wants to renew 5m, next meeting next Tuesday 3pm"


@pytest.fixture
def town(english_town: Town) -> Town:
    """The town, in English."""
    return english_town


async def planned(town: Town) -> int:
    acting = await town.bank.acting("1001", town.clock.now())
    command = PlanFollowUp(
        town.bank.customers["C001"], town.clock.now() + timedelta(hours=5), purpose="renewal"
    )
    return int(await perform(acting, command, "test"))


async def test_a_stranger_gets_one_polite_sentence(town: Town) -> None:
    phone = town.simulator.phone(999, "Nobody", language_code="en", phone="8613999999999")
    for text in ("/start", "/start wrong", "Huaxing"):
        await phone.says(text)
        await town.settles()
    answers = {message.text for message in phone.messages if message.from_bot}
    assert answers == {
        "This is a bank's internal assistant. Please ask your administrator for an invitation."
    }


async def test_several_hits_the_profile_contacts_and_history(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/find Huaxing")
    await li.sees("“Huaxing”")
    await li.presses("Shanghai Huaxing Machinery")
    shown = await li.sees("In charge: Li Wei")
    assert "Manufacturing · Shanghai" in shown.text
    await li.presses("👥 Contacts")
    await li.presses("‹ Profile")
    await li.presses("🕘 History")
    await li.sees("No contact yet.")


async def test_one_line_saved_corrected_and_taken_back(town: Town) -> None:
    li = town.phone("1001")
    await town.at(16, 30)
    await li.says(LINE)
    card = await li.sees("Please check")
    assert "Customer: Shanghai Huaxing Machinery Manufacturing" in card.text
    assert "Next step: Tue 1 Dec 15:00" in card.text
    assert "¥5m" in card.text
    await li.presses("Outcome")
    await li.presses("Done, signed")
    await li.presses("Save")
    await li.sees("✅ Saved")
    assert (await Activity.get()).occurred_at == MONDAY.replace(hour=15)
    await li.presses("✏️ Correct")
    await li.presses("Kind")
    await li.presses("Meeting")
    await li.presses("Save")
    await li.sees("✅ Corrected. The original is kept beside it.")
    assert (await ActivityCorrection.get()).changes["kind"] == {"from": "visit", "to": "meeting"}
    await li.says("undo")
    await li.sees("↩️ Taken back")
    assert (await FollowUp.get()).status == "cancelled"
    await li.says("undo")
    await li.sees("There is nothing to take back.")


async def test_a_burst_of_notes_becomes_two_records(town: Town) -> None:
    li = town.phone("1001")
    await town.at(18, 0)
    li.offline()
    await li.says("called Brightway at 2pm, no answer")
    await li.says("visited Huaxing Machinery at 10am, interested")
    li.online()
    await town.settles()
    await li.presses("Save")
    await li.presses("Go on")
    await li.presses("Save")
    times = {row.kind: row.occurred_at for row in await Activity.all()}
    assert times == {"call": MONDAY.replace(hour=14), "visit": MONDAY.replace(hour=10)}


async def test_overdue_escalated_nudged_and_done(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    follow_up = await planned(town)
    await town.at(9, 0, days=1)
    await li.sees("⚠️ Overdue")
    await town.at(9, 0, days=2)
    await wang.sees("Two working days overdue with Li Wei")
    await wang.presses("👉 Nudge")
    await wang.sees("Li Wei was nudged")
    await li.sees("Wang Fang asks about this")
    await li.presses("✅ Done")
    await li.sees("✅ Done")
    assert (await FollowUp.get(id=follow_up)).status == "done"


async def test_quiet_hours_and_a_moment_of_ones_choice(town: Town) -> None:
    li = town.phone("1001")
    await planned(town)
    await town.at(14, 30)
    await li.presses("Choose…")
    await li.says("tomorrow 7am")
    await li.sees("Moved to tomorrow 07:00")
    await town.at(6, 45, days=1)
    assert not li.find("⏰ today 07:00")
    await town.at(8, 0)
    await li.sees("⏰ today 07:00")


async def test_nobody_reaches_a_customer_of_somebody_else(town: Town) -> None:
    zhao = town.phone("1004")
    customer = town.bank.customers["C001"]
    await zhao.says("/today")
    message = zhao.last.message_id
    for data in (f"o:profile:{customer}", f"o:history:{customer}:0", f"r:navigate:{customer}"):
        answer = await zhao.presses_raw(message, data)
        assert answer.text == "I can't find that, or it isn't yours to see."
    await zhao.says(f"/start c_{customer}")
    await zhao.says("Huaxing Machinery")
    assert (await zhao.inline("Huaxing")).results == ()
    assert not zhao.contains("Huaxing Machinery Manufacturing")


async def test_a_leader_sees_the_team_and_no_other(town: Town) -> None:
    wang, sun = town.phone("1003"), town.phone("1005")
    await wang.says("Huaxing Machinery")
    await wang.sees("In charge: Li Wei")
    await sun.says("Huaxing Machinery")
    assert not sun.contains("In charge: Li Wei")
