"""Repetitions as people type them, in both languages, against what they mean."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import texts
from core.language.names import Entry, Portfolio
from core.language.purposes import purpose_of
from core.language.recurrences import repeat_in, repeat_said
from core.language.understand import understand
from core.recurrence_line import recurrence_line
from core.rules.recurrence import Recurrence, written
from tests.support.recurrences import recurrences

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CORPUS = Path(__file__).parents[2] / "language" / "recurrences.tsv"
LINES = [line.split("\t") for line in CORPUS.read_text(encoding="utf-8").splitlines() if line]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_a_line_says_the_repetition_that_people_mean(line: list[str]) -> None:
    text, rule, *more = line
    found = repeat_in(text, NOW)
    if rule == "-":
        assert found is None
        return
    begins, at, end = (*more, "", "", "")[:3]
    assert found is not None
    said = {"until": found.what.ends_on, "times": found.what.times}
    named, _, value = end.partition("=")
    wanted = {"until": None, "times": None}
    if named:
        wanted[named] = date.fromisoformat(value) if named == "until" else int(value)
    assert (written(found.what.rule), found.begins.isoformat()) == (rule, begins)
    assert (f"{found.at:%H:%M}" if found.at else "") == at
    assert said == wanted


def test_the_corpus_is_large_enough() -> None:
    assert len(LINES) >= 120


@given(recurrences, st.sampled_from(["zh", "en"]))
def test_a_recurrence_as_the_house_writes_it_is_read_as_the_same(
    what: Recurrence, locale: str
) -> None:
    said = str(recurrence_line(texts(locale), what))
    found = repeat_said(said, NOW)
    assert found is not None, said
    assert found.what == what, said


def test_an_answer_may_be_a_frequency_alone() -> None:
    for text, rule in (("每周", "FREQ=WEEKLY;BYDAY=MO"), ("monthly", "FREQ=MONTHLY;BYMONTHDAY=1")):
        found = repeat_said(text, NOW)
        assert found is not None
        assert written(found.what.rule) == rule
        assert repeat_in(text, NOW) is None


def test_what_is_left_of_a_line_is_its_purpose() -> None:
    firms = Portfolio([Entry(1, "上海百维物流有限公司", "Shanghai Brightway Logistics",
                             aliases=("百维物流",))])  # fmt: skip
    for text, purpose in (
        ("每两周周五下午3点拜访百维,送对账单,到3月底", "送对账单"),
        ("从下周起每周二上午去百维收流水,持续两个月", "收流水"),
        ("visit Brightway every second Friday at 3pm until March to collect statements",
         "collect statements"),
    ):  # fmt: skip
        [note] = understand(text, NOW, firms)
        assert (note.intent, purpose_of(note)) == ("task", purpose)
        assert note.repeat is not None
    [told] = understand("昨天拜访了百维,他们每周五发货,每月流水100万", NOW, firms)
    assert (told.intent, told.repeat) == ("log", None)
