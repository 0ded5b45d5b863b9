"""A row of every category for a customer, with values that are known again wherever they leak."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.facts.kinds import (
    AccountNumber,
    Birthday,
    Code,
    Currency,
    Day,
    Flag,
    Kind,
    Money,
    Percent,
    Phone,
    Whole,
)
from core.facts.sections import SECTIONS
from storage.models import Account, CreditLine
from tests.support.bank import MONDAY

if TYPE_CHECKING:
    from random import Random

    from core.facts.section import Section


def some_text(chance: Random, kind: Kind) -> str:
    """A text that the kind reads, as a person would type it."""
    if isinstance(kind, Code):
        return chance.choice(list(kind.vocabulary))
    if isinstance(kind, Whole):
        return str(chance.randrange(kind.least, kind.most + 1))
    return next((made(chance) for known, made in _MADE if isinstance(kind, known)), _words(chance))


def _words(chance: Random) -> str:
    return f"值{chance.randrange(10**9):09}"


_MADE: tuple[tuple[type[Kind], Callable[[Random], str]], ...] = (
    (Money, lambda chance: f"{chance.randrange(1, 10**9)}.{chance.randrange(100):02}"),
    (Percent, lambda chance: f"{chance.randrange(10_001) / 100:.2f}"),
    (Day, lambda chance: f"{2020 + chance.randrange(9)}-{chance.randrange(1, 13):02}-15"),
    (
        Birthday,
        lambda chance: (
            f"{chance.randrange(1900, 2008)}-{chance.randrange(1, 13):02}-"
            f"{chance.randrange(1, 29):02}"
        ),
    ),
    (Flag, lambda chance: chance.choice("01")),
    (Currency, lambda _: "CNY"),
    (AccountNumber, lambda chance: f"77{chance.randrange(10**14):014}"),
    (Phone, lambda chance: f"8617{chance.randrange(10**9):09}"),
)


def some_texts(chance: Random, section: Section) -> dict[str, str]:
    """A text for every field of a category."""
    return {field.name: some_text(chance, field.kind) for field in section.fields}


async def facts_of_every_section(chance: Random, customer_id: int) -> dict[str, int]:
    """Write a row of each category for the customer; the category's name → the row's id."""
    rows = {"basic": customer_id}
    for section in SECTIONS.values():
        if not section.is_fact:
            continue
        values: dict[str, Any] = {
            name: section[name].kind.read(text)
            for name, text in some_texts(chance, section).items()
        }
        if section.model is Account:
            values |= {"tail": values["number"][-4:], "closed": None}
        if section.model is CreditLine:
            values["drawn_fen"] = values["limit_fen"]
        row = await section.model.create(
            customer_id=customer_id, source="warehouse", as_of=MONDAY.date(), recorded_at=MONDAY,
            **values,
        )  # fmt: skip
        rows[section.name] = int(row.pk)
    return rows
