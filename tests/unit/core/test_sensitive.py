"""The one formatter of sensitive fields: who is shown what, and nothing of it in a group."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inline import InlineSearch
from core import sensitive
from core.acting import Acting, Person
from core.clock import MovableClock
from core.customers import found_of
from core.sensitive import FIELDS, Clearance, Sensitivity, Shown, shown
from core.vocabulary import INDUSTRIES, SIZES
from storage import db
from storage.models import Customer, Staff


@pytest.fixture(autouse=True, scope="module")
def models_known(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The ORM knows what refers to what only once a database was opened."""

    async def open_one() -> None:
        await db.connect(f"sqlite://{tmp_path_factory.mktemp('orm')}/empty.db")
        await db.disconnect()

    asyncio.run(open_one())


WORKS, OTHER, GROUP = Clearance(works=True), Clearance(), Clearance(chat="group")
NUMBER = "8613800000001"


def test_who_works_on_the_customer_sees_it_in_full() -> None:
    for field, sensitivity in FIELDS.items():
        personal = sensitivity >= Sensitivity.PERSONAL
        assert shown(field, NUMBER, WORKS) == Shown(NUMBER, in_full=personal)


def test_others_see_a_mask_from_personal_upwards() -> None:
    for field, sensitivity in FIELDS.items():
        found = shown(field, NUMBER, OTHER)
        if sensitivity < Sensitivity.PERSONAL:
            assert found == Shown(NUMBER)
        else:
            assert found.masked
            assert not found.in_full
            assert "*" in found.text
            assert NUMBER not in found.text


@pytest.mark.parametrize("clearance", [GROUP, Clearance(works=True, chat="group")])
def test_a_group_sees_what_is_public_and_nothing_else(clearance: Clearance) -> None:
    for field, sensitivity in FIELDS.items():
        public = sensitivity is Sensitivity.PUBLIC
        assert shown(field, NUMBER, clearance).text == (NUMBER if public else "")


def test_a_field_that_nobody_classed_is_taken_for_the_worst() -> None:
    assert shown("contact.shoe_size", NUMBER, OTHER) == Shown("****", masked=True)
    assert shown("contact.shoe_size", NUMBER, GROUP).text == ""


def test_a_sole_traders_telephone_is_a_persons() -> None:
    trader = Customer(phone=NUMBER, size="individual")
    assert sensitive.firm_phone(trader, WORKS) == Shown(NUMBER, in_full=True)
    assert sensitive.firm_phone(trader, OTHER) == Shown("138****0001", masked=True)
    assert sensitive.firm_phone(Customer(phone=NUMBER, size="small"), OTHER) == Shown(NUMBER)
    assert sensitive.firm_phone(trader, GROUP).text == ""


def test_nothing_is_nothing() -> None:
    assert shown("contact.phone", "", WORKS) == shown("contact.phone", "", OTHER) == Shown("")


@pytest.mark.parametrize(
    ("number", "masked"),
    [("8613800000001", "138****0001"), ("+86 138 0000 0001", "138****0001"),
     ("13800000001", "138****0001"), ("02155550001", "021****0001"), ("5555001", "****01"),
     ("110", "****"), ("4915112345678", "491****5678")],
)  # fmt: skip
def test_phones_are_masked_in_the_middle(number: str, masked: str) -> None:
    assert sensitive.masked_phone(number) == masked


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_no_mask_gives_its_value_away(value: str) -> None:
    for field, sensitivity in FIELDS.items():
        if sensitivity >= Sensitivity.PERSONAL:
            text = shown(field, value, OTHER).text
            kept = [character for character in text if character != "*"]
            assert "****" in text
            assert len(kept) <= len("1380001")
            assert value in {"*", "**", "***", "****"} or value not in text


def test_numbers_are_easy_to_read() -> None:
    assert sensitive.readable_phone("8613800000001") == "138 0000 0001"
    assert sensitive.readable_phone("02155550001") == "02155550001"
    assert sensitive.readable_phone("138****0001") == "138****0001"


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [(None, "", ""), (0, "", ""), (999_999, "<¥100万", "<¥1m"),
     (1_000_000, "¥100万–500万", "¥1m–5m"), (19_999_999, "¥500万–2,000万", "¥5m–20m"),
     (100_000_000, "≥¥1亿", "≥¥100m")],
)  # fmt: skip
def test_an_amount_becomes_a_band(yuan: int | None, zh: str, en: str) -> None:
    fen = None if yuan is None else yuan * 100
    assert (sensitive.band(fen, "zh"), sensitive.band(fen, "en")) == (zh, en)


#: words that can't come from anywhere else than the record itself
names = st.text("甲乙丙丁戊己庚辛壬癸QXZ'<&", min_size=3, max_size=12)
phones = st.integers(1_300_000_0000, 1_999_999_9999).map(lambda number: f"86{number}")


def kept(staff: Staff) -> Staff:
    """A colleague as if the database knew."""
    staff._saved_in_db = True
    return staff


owners = st.builds(Staff, id=st.just(7), name_zh=names, name_en=names, phone=phones).map(kept)
customers = st.builds(
    Customer,
    id=st.integers(1, 10**6),
    external_id=st.none() | st.integers(0, 99_999).map(lambda number: f"C{number:05}"),
    name_zh=names, name_en=names, short_name=names, legal_representative=names, address=names,
    city=names, phone=phones, credit_code=st.integers(0, 10**9).map(lambda n: f"91MA{n:014}"),
    industry=st.sampled_from(["", "?", *INDUSTRIES]), grade=st.sampled_from("ABCD"),
    size=st.sampled_from(["", "?", *SIZES]),
    capital_fen=st.none() | st.integers(-1, 10**14),
    owner=st.none() | owners,
)  # fmt: skip


@given(customers, st.sampled_from(["zh", "en"]))
def test_no_name_phone_or_amount_is_in_what_a_group_gets(customer: Customer, locale: str) -> None:
    person = Person(1, "1", "李伟", "Li Wei", "rm", 1, "/1/", locale=locale)
    acting = Acting(person, datetime(2026, 11, 23, tzinfo=UTC), "test")
    search = InlineSearch(None, MovableClock(), "bot")  # type: ignore[arg-type] - it sends nothing
    article = search.article(acting, found_of(customer, locale)).to_dict()
    sent = json.dumps(
        [article["input_message_content"], article["reply_markup"]], ensure_ascii=False
    )
    secret = [
        customer.name_zh, customer.name_en, customer.short_name, customer.legal_representative,
        customer.address, customer.city, customer.phone, customer.phone[2:], customer.credit_code,
        *([customer.owner.name_zh, customer.owner.name_en] if customer.owner else []),
        *([str(customer.capital_fen)] if (customer.capital_fen or 0) > 10**6 else []),
    ]  # fmt: skip
    for value in secret:
        assert value
        assert value not in sent
        assert json.dumps(value, ensure_ascii=False)[1:-1] not in sent
    assert (customer.external_id or f"#{customer.id}") in sent
    assert f"start=c_{customer.id}" in sent
