"""The readers of dates on our corpora, and what holds for every text."""

from __future__ import annotations

import re
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.language.when import find_whens, read_when
from tests.language.score import NOW, Phrase, fits, phrases, score_when

ZONE = ZoneInfo("Asia/Shanghai")
SHARED = Path(__file__).parents[2] / "language" / "measured.tsv"
days = st.dates(date(2026, 11, 24), date(2027, 11, 20))


@pytest.mark.parametrize("name", sorted(p.name for p in SHARED.parent.glob("when*.tsv")))
def test_our_phrases_are_read(name: str) -> None:
    scored = score_when(name)
    for language in ("zh", "en"):
        print(f"{name} {language}: {scored.share('when', language):.1%}")  # noqa: T201 - shown by -s
    assert scored.share("when") >= 0.985, scored.wrong


def test_the_measured_phrases_are_all_read() -> None:
    """The 105 phrases on which the packages were measured; a part of the day may add its hour."""
    for phrase in phrases("measured.tsv"):
        found = read_when(phrase.text, phrase.now)
        assert found is not None, phrase
        day = f"{found.date}"
        full = f"{day} {found.time:%H:%M}" if found.time else day
        assert fits(full, phrase.expected) or day in phrase.expected, (phrase, full)


def test_the_corpora_are_large_and_in_both_languages() -> None:
    all_phrases: list[Phrase] = []
    for name in ("when.tsv", "when2.tsv", "when3.tsv", "when4.tsv", "when5.tsv", "measured.tsv"):
        all_phrases += phrases(name)
    assert len({(p.now, p.text) for p in all_phrases}) >= 400
    assert {p.language for p in all_phrases} == {"zh", "en"}
    assert len({p.now for p in all_phrases}) >= 5


@given(days)
def test_a_date_written_in_full_reads_as_itself(day: date) -> None:
    for written in (
        f"{day:%Y-%m-%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
    ):
        found = read_when(written, NOW)
        assert found is not None, written
        assert found.date == day, written
        assert found.time is None, written


@given(days)
def test_a_date_without_its_year_is_the_coming_one(day: date) -> None:
    for written in (f"{day.month}月{day.day}日", f"{day:%b} {day.day}", f"{day.month}/{day.day}"):
        found = read_when(written, NOW)
        assert found is not None, written
        assert found.date == day, written


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_of_day_reads_as_itself(hour: int, minute: int) -> None:
    found = read_when(f"2026-12-01 {hour:02}:{minute:02}", NOW)
    assert found is not None
    assert found.time is not None
    assert (found.time.hour, found.time.minute) == (hour, minute)


@given(st.integers(0, 6), st.integers(0, 400))
def test_a_weekday_alone_lies_within_the_next_seven_days(weekday: int, ahead: int) -> None:
    now = datetime(2026, 1, 1, 9, tzinfo=ZONE) + timedelta(days=ahead)
    for written in ("周" + "一二三四五六日"[weekday], f"{date(2026, 11, 23 + weekday):%A}"):
        plan, report = read_when(written, now), read_when(written, now, past=True)
        assert plan is not None
        assert report is not None
        assert plan.date.weekday() == report.date.weekday() == weekday
        assert 1 <= (plan.date - now.date()).days <= 7
        # A report of Friday, on a Friday, is of today.
        assert 0 <= (now.date() - report.date).days <= 6


@given(st.integers(0, 400))
def test_a_plan_is_never_past_and_a_report_never_ahead(ahead: int) -> None:
    now = datetime(2026, 1, 1, 9, tzinfo=ZONE) + timedelta(days=ahead)
    for written in ("15号", "月底", "周三", "3月5日", "the 15th", "5 March", "春节"):
        plan, report = read_when(written, now), read_when(written, now, past=True)
        assert plan is not None
        assert report is not None
        assert plan.date >= now.date(), written
        assert report.date <= now.date(), written


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=120))
def test_no_text_breaks_the_reader(text: str) -> None:
    for found in find_whens(text, NOW):
        assert text[found.start : found.end] == found.text


PIECES = (
    "下|周|二|三|点|半|月|底|前|后|天|号|12|3|:|/|-|.|next|fri|day|week|in|2|by|end|of|年|上|午"
)
WORDS = re.split(r"\|", PIECES)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from(["", " "]))
def test_no_heap_of_date_words_breaks_the_reader(words: list[str], gap: str) -> None:
    text = gap.join(words)
    for found in find_whens(text, NOW):
        assert 0 <= found.start < found.end <= len(text)
        read_when(text, NOW, past=True)


def test_long_texts_take_no_more_than_their_length() -> None:
    find_whens("三个工作日后", NOW)
    for piece in ("下周二下午3点", "in 2 weeks on ", "12/", "一二三", "the end of "):
        began = time.perf_counter()
        find_whens(piece * 400, NOW)
        assert time.perf_counter() - began < 0.5, piece


def test_spans_point_at_what_was_typed() -> None:
    text = "拜访华兴，下周二１５：３０再约"
    found = find_whens(text, NOW)[0]
    assert found.text == "下周二１５：３０"
    assert text[found.start : found.end] == found.text
    assert [f.text for f in find_whens("call tommorow or Frday", NOW)] == ["tommorow or Frday"]


@pytest.mark.parametrize(
    "text",
    [
        "3.5%",
        "1200万",
        "13812345678",
        "91310000MA1FL5XW0A",
        "利率3.85",
        "年利率4.2",
        "1.2亿",
        "300-500万",
        "本次",
        "提了两点要求",
        "3号楼",
        "每周两次",
        "sat with Mr Sun",
        "2m",
        "¥12,000",
    ],
)
def test_figures_that_are_no_dates(text: str) -> None:
    assert find_whens(text, NOW) == []


def test_a_deadline_is_marked() -> None:
    assert find_whens("周五之前给答复", NOW)[0].deadline
    assert find_whens("reply by Friday", NOW)[0].deadline
    assert not find_whens("周五给答复", NOW)[0].deadline
