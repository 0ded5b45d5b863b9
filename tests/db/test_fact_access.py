"""Every category of facts stays within the scope, and under its masks: checked by brute force."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conversations import pages
from core.bus import perform
from core.errors import NotAllowed, NotFound, Refused
from core.facts.reading import fact, section_rows
from core.facts.sections import SECTIONS, THEMES
from core.facts.trail import changes_of
from core.facts.writing import AmendFact, EndFact, RecordFact
from core.profile import profile
from storage import db
from storage.db import transaction
from storage.models import Audit
from tests.db.test_access import Undone
from tests.support.databases import ENGINES
from tests.support.random_bank import RandomBank, random_bank
from tests.support.random_facts import facts_of_every_section, some_texts
from tests.support.rows import fingerprint

if TYPE_CHECKING:
    from core.acting import Acting
    from storage.models import Customer, Staff

LEADERS = {"team_leader", "branch_manager"}


@pytest.mark.parametrize("engine", ENGINES)
@settings(
    max_examples=2, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(seed=st.integers(0, 10**6))
def test_every_category_stays_within_the_scope_and_under_its_masks(
    request: pytest.FixtureRequest, engine: str, seed: int
) -> None:
    databases = request.getfixturevalue(f"{engine}_databases")
    url = databases.fresh()
    asyncio.run(_check(url, seed))
    if engine == "postgres":
        databases.drop(url)


async def _check(url: str, seed: int) -> None:
    chance = random.Random(seed)
    await db.connect(url)
    try:
        bank = await random_bank(seed)
        rows = {
            customer.id: await facts_of_every_section(chance, customer.id)
            for customer in bank.customers[:4]
        }
        for person in chance.sample(bank.staff, 5):
            acting = await bank.acting(person)
            for customer in bank.customers[:4]:
                await reads_hold(bank, acting, person, customer, rows[customer.id])
                await commands_hold(bank, acting, person, customer, rows[customer.id], chance)
    finally:
        await db.disconnect()


def works(bank: RandomBank, person: Staff, customer: Customer) -> bool:
    """Whether numbers are shown in full, as the description says it."""
    if person.role == "auditor":
        return False
    does = (person, *bank.standing.get(person.id, ()))
    shared = bank.shares.get(customer.id, {})
    return any(
        customer.owner_id == one.id
        or (one.role in LEADERS and bank.below(customer.unit_id, one.unit_id))
        or shared.get(one.id) == "write"
        for one in does
    )


async def reads_hold(
    bank: RandomBank, acting: Acting, person: Staff, customer: Customer, rows: dict[str, int]
) -> None:
    """What is shown is in the scope, sensitive values to who works there, each written down."""
    seen, in_full = bank.may_see(person, customer), works(bank, person, customer)
    for section in SECTIONS.values():
        if not seen:
            for read in (
                section_rows(acting, customer.id, section.name),
                fact(acting, section.name, rows[section.name]),
                changes_of(acting, customer.id, section=section.name),
            ):
                with pytest.raises(NotFound):
                    await read
            continue
        [raw] = await section.model.filter(id=rows[section.name]).values()
        before = await Audit.filter(action="read").count()
        row, _ = await fact(acting, section.name, rows[section.name])
        written = await Audit.filter(action="read").count() - before
        secret = [
            field for field in section.fields
            if field.sensitive and raw[field.name]
            and (field.sensitive != "customer.phone" or customer.size == "individual")
        ]  # fmt: skip
        assert written == (len(secret) if in_full else 0), section.name
        for field in secret:
            cell = row[field.name]
            assert cell.shown.in_full is in_full
            assert (cell.value == raw[field.name]) is in_full
        masked = await section_rows(acting, customer.id, section.name, masked=True)
        texts = [str(await pages.show(acting, "fact", section.name, str(row.id)))]
        texts.append(str(await pages.show(acting, "section", section.name, str(customer.id))))
        shown = texts[1:] if in_full else texts
        for field in secret:
            value = field.kind.shown(raw[field.name], "zh")
            plain = str(raw[field.name])
            assert not any(value in text or plain in text for text in shown), field.name
            assert all(one[field.name].value is None for one in masked.rows)
    if seen:
        for theme in THEMES:
            text = str(await pages.show(acting, "sections", theme, str(customer.id)))
            assert "77" + "0" * 14 not in text
        await profile(acting, customer.id)


async def commands_hold(
    bank: RandomBank,
    acting: Acting,
    person: Staff,
    customer: Customer,
    rows: dict[str, int],
    chance: random.Random,
) -> None:
    """Who may work there may write what people write; a refusal changes nothing at all."""
    may = bank.may_work(person, customer) and bank.may_see(person, customer)
    for section in chance.sample(list(SECTIONS.values()), 5):
        texts = some_texts(chance, section) | {"credit_code": ""}
        texts = {name: text for name, text in texts.items() if name in section}
        field = chance.choice([one for one in section.fields if one.name not in section.key])
        if field.name == "credit_code":
            continue
        tried: list[tuple[object, bool]] = [
            (RecordFact(customer.id, section.name, texts), section.is_fact),
            (AmendFact(section.name, rows[section.name], {field.name: texts[field.name]}), True),
            (EndFact(section.name, rows[section.name]), section.is_fact),
        ]
        for number, (command, possible) in enumerate(tried):
            key = f"{person.id}:{customer.id}:{section.name}:{number}"
            if may and possible and section.by_hand:
                with pytest.raises(Undone):  # noqa: PT012 - the rollback is the point
                    async with transaction():
                        await perform(acting, command, key)
                        raise Undone
                continue
            before = await fingerprint()
            with pytest.raises(Refused) as refused:
                await perform(acting, command, key)
            assert await fingerprint() == before
            if not bank.may_see(person, customer) and section.by_hand:
                assert isinstance(refused.value, NotFound | NotAllowed)
