"""What the house writes, it reads: days, times, ranges and recurrences in both languages."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core import formats
from core.language.when import find_whens, read_when
from tests.language.score import NOW, ZONE

#: the days that a text without a year can mean, seen from NOW
ahead = st.dates(NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=360))
past = st.dates(NOW.date() - timedelta(days=360), NOW.date() - timedelta(days=1))
hours = st.builds(time, st.integers(7, 20), st.integers(0, 59))
LOCALES = st.sampled_from(["zh", "en"])
ZH_DAYS = "一二三四五六日"
EN_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _text(day: date, locale: str) -> str:
    return formats.day(day, locale, NOW.date())


def _read(text: str, *, past: bool = False) -> tuple[date, time | None]:
    found = read_when(text, NOW, past=past)
    assert found is not None, text
    return found.date, found.time


@given(ahead, LOCALES)
def test_a_day_as_the_house_writes_it_reads_as_itself(day: date, locale: str) -> None:
    assert _read(_text(day, locale)) == (day, None)


@given(past, LOCALES)
def test_a_past_day_as_the_house_writes_it_reads_as_itself(day: date, locale: str) -> None:
    assert _read(_text(day, locale), past=True) == (day, None)


@given(ahead, hours, LOCALES)
def test_a_day_with_its_hour_reads_as_itself(day: date, hour: time, locale: str) -> None:
    assert _read(f"{_text(day, locale)} {hour:%H:%M}") == (day, hour)


@given(ahead, hours, st.integers(1, 600), LOCALES)
def test_a_span_as_the_house_writes_it_reads_as_its_beginning(
    day: date, hour: time, length: int, locale: str
) -> None:
    start = datetime.combine(day, hour, NOW.tzinfo)
    text = formats.span(start, start + timedelta(hours=length), ZONE, locale, NOW)
    assert _read(text) == (day, hour), text


def _spoken(hour: time) -> tuple[str, ...]:
    """The hour as people say it, with the part of the day."""
    part = "上午" if hour.hour < 12 else "中午" if hour.hour == 12 else "下午"
    part = part if hour.hour < 18 else "晚上"
    twelve = (hour.hour - 1) % 12 + 1
    minute = f"{hour.minute}分" if hour.minute else ""
    half = "am" if hour.hour < 12 else "pm"
    return (
        f"明天{part}{twelve}点{minute}",
        f"明天{part}{_numeral(twelve)}点{_numeral(hour.minute) if hour.minute > 9 else minute}",
        f"tomorrow at {twelve}:{hour.minute:02} {half}",
        f"{twelve}.{hour.minute:02}{half} tomorrow",
    )


def _numeral(n: int) -> str:
    digits = "零一二三四五六七八九"
    if n < 10:
        return digits[n]
    return ("" if n < 20 else digits[n // 10]) + "十" + (digits[n % 10] if n % 10 else "")


@given(hours)
def test_an_hour_as_it_is_said_reads_as_itself(hour: time) -> None:
    for text in _spoken(hour):
        assert _read(text) == (NOW.date() + timedelta(days=1), hour), text


@given(ahead, st.integers(1, 20), LOCALES)
def test_a_range_of_days_reads_as_its_first(day: date, length: int, locale: str) -> None:
    last = day + timedelta(days=length)
    between = "至" if locale == "zh" else " to "
    text = f"{day:%Y-%m-%d}{between}{last:%Y-%m-%d}"
    assert _read(text) == (day, None), text


@given(st.integers(8, 11), st.integers(1, 6))
def test_a_range_of_hours_reads_as_its_first(first: int, length: int) -> None:
    for text in (
        f"明天{first}:00-{first + length}:00",
        f"明天{first}点到{first + length}点",
        f"tomorrow {first}:00 to {first + length}:00",
        f"tomorrow from {first} to {first + length}",
    ):
        assert _read(text) == (NOW.date() + timedelta(days=1), time(first)), text


@given(st.integers(0, 6), hours)
def test_a_weekly_recurrence_begins_on_its_next_day(weekday: int, hour: time) -> None:
    for text in (
        f"每周{ZH_DAYS[weekday]}{hour:%H:%M}",
        f"每个星期{ZH_DAYS[weekday]} {hour:%H:%M}",
        f"every {EN_DAYS[weekday]} at {hour:%H:%M}",
        f"every second {EN_DAYS[weekday]} at {hour:%H:%M}",
    ):
        found = find_whens(text, NOW)
        assert len(found) == 1, text
        assert found[0].recurring, text
        assert found[0].date.weekday() == weekday, text
        assert 1 <= (found[0].date - NOW.date()).days <= 7, text
        assert found[0].time == hour, text


@given(st.integers(1, 28))
def test_a_monthly_recurrence_is_on_its_day(day: int) -> None:
    suffix = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
    for text in (
        f"每月{day}号",
        f"every month on the {day}{suffix}",
        f"the {day}{suffix} of every month",
    ):
        found, _ = _read(text)
        assert found.day == day, text
        assert 0 <= (found - NOW.date()).days <= 31, text


@given(st.integers(1, 90), st.sampled_from([("天", "days", 1), ("周", "weeks", 7)]))
def test_a_count_from_now_reads_as_counted(count: int, unit: tuple[str, str, int]) -> None:
    zh, en, days = unit
    expected = NOW.date() + timedelta(days=count * days)
    for text in (
        f"{count}{zh}后",
        f"{_numeral(count)}{zh}后",
        f"in {count} {en}",
        f"{count} {en} from now",
    ):
        if text.startswith("二") and len(text) == 3:
            continue
        assert _read(text)[0] == expected, text
