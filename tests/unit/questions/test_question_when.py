"""Days and times: buttons, phrases, the wrong side of now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from question_support import CHAT_FILE, NOW, REDRAWN, Put, acting

from conversations.engine.questions import NotMine
from conversations.inputs import Pressed, Said
from conversations.questions.when import HOURS, Moment, When
from core.i18n import Text

NEXT = When("next", Text("When do you meet again?"))
TIMED = When("next", Text("When do you meet again?"), times=HOURS)
WAS = When("when", Text("When was that?"), past=True)


def local(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 on a clock in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


async def test_likely_days_are_buttons() -> None:
    put = Put(NEXT)
    assert await put.labels() == [["Tomorrow", "Thu 26 Nov", "Mon 30 Nov"]]
    assert await put.choices() == [["+1", "2026-11-26", "2026-11-30"]]
    assert await Put(NEXT, acting("zh")).labels() == [["明天", "11月26日 周四", "11月30日 周一"]]
    assert await put.taps("+1") == Moment(local(24), all_day=True)
    assert await put.taps("2026-11-30") == Moment(local(30), all_day=True)


async def test_likely_days_of_the_past() -> None:
    put = Put(WAS)
    assert await put.labels() == [["Just now", "Today", "Yesterday"]]
    assert await put.choices() == [["now", "+0", "-1"]]
    assert await put.taps("now") == Moment(NOW, all_day=False)
    assert await put.taps("+0") == Moment(local(23), all_day=True)
    assert await put.taps("-1") == Moment(local(22), all_day=True)


async def test_suggestions_are_the_flows_own() -> None:
    question = When("w", Text("When?"), suggestions=("+0", "tue", "+1", "sun", "mon"))
    assert await Put(question).choices() == [["+0", "+1", "2026-11-29"], ["2026-11-30"]]
    past = When("w", Text("When?"), past=True, suggestions=("tue", "sun", "mon"))
    assert await Put(past).choices() == [["2026-11-17", "-1", "2026-11-16"]]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("tomorrow 3pm", Moment(local(24, 15), all_day=False)),
        ("下周二下午3点", Moment(local(1, 15, month=12), all_day=False)),
        ("next Monday", Moment(local(30), all_day=True)),
        ("12/1 10:00", Moment(local(1, 10, month=12), all_day=False)),
        ("今天下午5点", Moment(local(23, 17), all_day=False)),
    ],
)
async def test_a_plan_can_be_typed(text: str, moment: Moment) -> None:
    assert await Put(NEXT).says(text) == moment
    assert await Put(NEXT, acting("zh")).says(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("yesterday 3pm", Moment(local(22, 15), all_day=False)),
        ("今天上午10点", Moment(local(23, 10), all_day=False)),
        ("昨天", Moment(local(22), all_day=True)),
        ("刚才", Moment(NOW, all_day=False)),
        ("just now", Moment(NOW, all_day=False)),
    ],
)
async def test_a_report_can_be_typed(text: str, moment: Moment) -> None:
    assert await Put(WAS).says(text) == moment


async def test_a_phrase_is_read_against_the_moment_it_was_sent() -> None:
    put = Put(WAS)
    late = Said("yesterday 3pm", NOW - timedelta(days=2))
    assert await put.does(late) == Moment(local(20, 15), all_day=False)
    assert await put.does(Pressed("-1", NOW - timedelta(days=2))) == Moment(
        local(20), all_day=True
    )


async def test_the_wrong_side_of_now_is_read_back() -> None:
    assert await Put(NEXT).says("yesterday 3pm") == (
        "I read that as yesterday 15:00, which is past. Please give a later time."
    )
    assert await Put(NEXT, acting("zh")).taps("2026-11-20") == (
        "这是11月20日 周五,已经过了,请给一个以后的时间。"
    )
    assert await Put(WAS).says("tomorrow 3pm") == (
        "I read that as tomorrow 15:00, which is still to come. When was it?"
    )
    assert "still to come" in await Put(WAS).taps("+1")
    assert "too far away" in await Put(NEXT).says("2035-01-01")
    assert "too far away" in await Put(WAS).taps("2001-01-01")


async def test_a_phone_may_be_a_little_ahead() -> None:
    put = Put(WAS)
    assert await put.says("今天16:03") == Moment(NOW, all_day=False)
    early = Put(WAS, acting(now=local(23, 8)))
    assert await early.taps("+0") == Moment(local(23, 8), all_day=True)


@pytest.mark.parametrize("text", ["hello", "2月30日", "25:00"])
async def test_what_is_no_day_is_refused(text: str) -> None:
    assert "I can't read a day in that" in await Put(NEXT).says(text)


async def test_other_events() -> None:
    assert await Put(NEXT).taps("nonsense") == REDRAWN
    assert await Put(NEXT).does(CHAT_FILE) == NotMine()


async def test_where_times_matter_the_day_is_read_back_with_times() -> None:
    put = Put(TIMED)
    assert await put.taps("+1") == REDRAWN
    assert "<b>tomorrow</b> – at what time?" in await put.text()
    assert await put.choices() == [
        ["09:00", "10:00", "11:00"], ["14:00", "15:00", "16:00"], ["day", "again"],
    ]  # fmt: skip
    assert await put.taps("14:00") == Moment(local(24, 14), all_day=False)
    assert await put.taps("day") == Moment(local(24), all_day=True)
    assert await put.taps("12:34") == REDRAWN
    assert await put.taps("again") == REDRAWN
    assert "at what time?" not in await put.text()


async def test_only_times_that_are_still_possible_are_offered() -> None:
    put = Put(TIMED, acting(now=local(23, 14, 30)))
    await put.says("today")
    assert await put.choices() == [["15:00", "16:00"], ["day", "again"]]
    reported = When("w", Text("When?"), past=True, times=HOURS)
    put = Put(reported, acting(now=local(23, 10, 30)))
    await put.taps("+0")
    assert await put.choices() == [["09:00", "10:00"], ["day", "again"]]


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("3pm", 15, 0), ("15:30", 15, 30), ("下午3点半", 15, 30), ("11", 11, 0)],
)
async def test_a_typed_time_is_of_the_chosen_day(text: str, hour: int, minute: int) -> None:
    put = Put(TIMED)
    await put.taps("2026-11-26")
    assert await put.says(text) == Moment(local(26, hour, minute), all_day=False)


async def test_another_day_may_be_typed_instead_of_a_time() -> None:
    put = Put(TIMED)
    await put.taps("+1")
    assert await put.says("Friday 10am") == Moment(local(27, 10), all_day=False)
    assert await put.says("Friday") == REDRAWN
    assert "<b>Fri 27 Nov</b>" in await put.text()
    assert "I can't read a time in that" in await put.says("hello")


async def test_a_day_on_the_wrong_side_has_no_times() -> None:
    put = Put(TIMED)
    assert "which is past" in await put.says("yesterday")
    assert put.view == {}


async def test_old_moments() -> None:
    put = Put(NEXT)
    assert await put.revives({"at": local(24).isoformat(), "all_day": True})
    assert await put.revives({"at": local(23).isoformat(), "all_day": True})
    assert not await put.revives({"at": local(23).isoformat(), "all_day": False})
    assert await Put(WAS).revives({"at": local(23).isoformat(), "all_day": False})
    assert not await put.revives({"at": local(24).isoformat()})
    assert not await put.revives("tomorrow")
