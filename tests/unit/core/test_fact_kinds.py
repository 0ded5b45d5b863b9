"""Categories of facts as data: values survive the trail, sections fit their tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.facts.kinds import AccountNumber, Birthday, Code, Day, Flag, Money, Month, Percent, Phone
from core.facts.section import Field, Section
from core.facts.sections import SECTIONS
from core.facts.vocabulary import KINSHIP
from core.i18n import LOCALES, texts
from core.import_rows import BadCellError
from core.sensitive import FIELDS

MONEY, PERCENT = Money(negative=True), Percent()
ALL = [(section, field) for section in SECTIONS.values() for field in section.fields]


@given(st.integers(-(10**15), 10**15))
def test_an_amount_comes_back_from_the_trail(fen: int) -> None:
    assert MONEY.found(MONEY.kept(fen)) == fen


@given(st.integers(0, 10_000))
def test_a_share_comes_back_from_the_trail(points: int) -> None:
    assert PERCENT.found(PERCENT.kept(points)) == points


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_comes_back_from_the_trail(day: date) -> None:
    assert Day().found(Day().kept(day)) == day


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (MONEY, "12500000.00", 1_250_000_000),
        (MONEY, "1,250,000.5", 125_000_050),
        (MONEY, "¥300", 30_000),
        (MONEY, "-0.5", -50),
        (MONEY, "1250万", 1_250_000_000),
        (MONEY, "12.5m", 1_250_000_000),
        (PERCENT, "12.5%", 1250),
        (PERCENT, "33.333", 3333),
        (PERCENT, "０．５％", 50),
        (Day(), "20261130", date(2026, 11, 30)),
        (Day(), "2026年11月30日", date(2026, 11, 30)),
        (Month(), "2026-11", date(2026, 11, 1)),
        (Month(), "2026年3月", date(2026, 3, 1)),
        (Birthday(), "8月5日", "08-05"),
        (Birthday(), "1975.8.15", "1975-08-15"),
        (Birthday(), "19750815", "1975-08-15"),
        (Birthday(), "2/29", "02-29"),
        (Flag(), "是", True),
        (Flag(), "0", False),
        (AccountNumber(), "6222 0210 0112-3456", "6222021001123456"),
        (Code(KINSHIP), "配偶", "spouse"),
        (Phone(), "+86 138-0000-0001", "8613800000001"),
    ],
)
def test_a_cell_is_read_as_it_is_meant(kind: object, cell: str, value: object) -> None:
    assert kind.read(cell) == value  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Money(), "-1"),
        (MONEY, "99999999999999999"),
        (MONEY, "=1+1"),
        (MONEY, "lots"),
        (PERCENT, "101"),
        (PERCENT, "1e5"),
        (Day(), "2026-02-30"),
        (Day(), "0001-01-01"),
        (Birthday(), "02-30"),
        (Birthday(), "1975-02-29"),
        (Birthday(), "8月"),
        (Birthday(), "1875-08-15"),
        (Flag(), "maybe"),
        (AccountNumber(), "12"),
        (Code(KINSHIP), "cousin"),
    ],
)
def test_a_cell_that_can_not_be_right_is_refused(kind: object, cell: str) -> None:
    with pytest.raises(BadCellError):
        kind.read(cell)  # type: ignore[attr-defined]


@pytest.mark.parametrize("section", SECTIONS.values(), ids=lambda section: section.name)
def test_a_section_fits_its_table(section: Section) -> None:
    columns = set(section.model._meta.fields_map) | set(section.model.__annotations__)
    assert {field.name for field in section.fields} <= columns
    assert {field.link for field in section.fields if field.link} <= columns
    assert section.is_fact is {"source", "as_of", "recorded_at", "ended_at"}.issubset(columns)
    assert section.name == "basic" or set(section.key) <= {f.name for f in section.fields}


@pytest.mark.parametrize(("section", "field"), ALL, ids=lambda one: one.name)
def test_a_field_has_a_label_in_both_languages_and_a_known_class(
    section: Section, field: Field
) -> None:
    assert all(texts(locale)(field.label) for locale in LOCALES)
    assert not field.sensitive or field.sensitive in FIELDS, section.name
