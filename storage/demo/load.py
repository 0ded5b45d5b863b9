"""Builds the demo's bank, and writes it into an empty database."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from storage import db
from storage.demo.companions import build_companions
from storage.demo.dealings import build_dealings
from storage.demo.dice import dice
from storage.demo.firm_facts import build_firm_facts
from storage.demo.firms import build_firms
from storage.demo.histories import build_histories
from storage.demo.organization import (
    ADMINISTRATOR,
    HEAD_OFFICE,
    LEADER,
    LI_WEI,
    NEWCOMER,
    TELECALLER,
    build_organization,
)
from storage.demo.series import build_series
from storage.models import Activity, Companion, Contact, Customer, FollowUp, Series, Staff, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from tortoise.models import Model

    from storage.demo.dealings import Dealings
    from storage.demo.firm_facts import FirmFacts

__all__ = ["DEMO_PHONES", "NEWCOMER", "DemoBank", "DemoSummary", "build", "load"]

BATCH = 1000

#: the phones of the demo's page: staff number and what stands above the phone
DEMO_PHONES = (
    (LI_WEI, "客户经理 RM"),
    (TELECALLER, "拜访专员 telecaller"),
    (LEADER, "团队主管 team leader"),
    (HEAD_OFFICE, "总行 head office"),
    (ADMINISTRATOR, "管理员 administrator"),
)


@dataclass(frozen=True, slots=True)
class DemoBank:
    """Every row of the demo with its id, not written yet; a table's rows stand in id order."""

    units: list[Unit]
    staff: list[Staff]
    customers: list[Customer]
    contacts: list[Contact]
    activities: list[Activity]
    follow_ups: list[FollowUp]
    companions: list[Companion]
    series: list[Series]
    dealings: Dealings
    firm_facts: FirmFacts


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """How much was written."""

    units: int
    staff: int
    customers: int
    contacts: int
    activities: int
    follow_ups: int
    facts: int


def build(now: datetime, seed: int = 7) -> DemoBank:
    """The bank as it stands at `now`: same moment and seed, same rows, ids included.

    Needs the models' relations, which `storage.db.connect` sets up.
    """
    organization = build_organization(dice(seed, "organization"))
    firms = build_firms(dice(seed, "firms"), organization, now)
    histories = build_histories(dice(seed, "histories"), organization, firms, now)
    return DemoBank(
        organization.units,
        organization.staff,
        firms.customers,
        firms.contacts,
        histories.activities,
        histories.follow_ups,
        build_companions(organization.staff, histories.activities),
        build_series(organization.staff, firms.customers, now),
        build_dealings(dice(seed, "dealings"), firms, now),
        build_firm_facts(dice(seed, "firm facts"), firms, now),
    )


async def load(
    now: datetime, seed: int = 7, progress: Callable[[str, int, int], None] | None = None
) -> DemoSummary:
    """Build the bank as it stands at `now` and write it.

    `progress` is told what is being written, how many rows of it are, and how many will be.

    Raises:
        RuntimeError: if the database has units already.
    """
    if await Unit.exists():
        raise RuntimeError("the demo wants an empty database")
    bank = build(now, seed)
    tables: tuple[tuple[str, type[Model], Sequence[Any]], ...] = (
        ("units", Unit, bank.units),
        ("staff", Staff, bank.staff),
        ("customers", Customer, bank.customers),
        ("contacts", Contact, bank.contacts),
        ("visits and calls", Activity, bank.activities),
        ("follow-ups", FollowUp, bank.follow_ups),
        ("second officers", Companion, bank.companions),
        ("series", Series, bank.series),
    )
    facts = [*_tables(bank.dealings), *_tables(bank.firm_facts)]
    async with db.transaction():
        for name, model, rows in (*tables, *facts):
            await _write(name, model, rows, progress)
    counts = {name: len(rows) for name, _, rows in tables}
    return DemoSummary(
        units=counts["units"],
        staff=counts["staff"],
        customers=counts["customers"],
        contacts=counts["contacts"],
        activities=counts["visits and calls"],
        follow_ups=counts["follow-ups"],
        facts=sum(len(rows) for _, _, rows in facts),
    )


def _tables(
    made: Dealings | FirmFacts,
) -> list[tuple[str, type[Model], Sequence[Any]]]:
    """The tables of some facts, in the order that they point to one another."""
    found = ((one.name.replace("_", " "), getattr(made, one.name)) for one in fields(made))
    return [(name, type(rows[0]), rows) for name, rows in found if rows]


async def _write(
    name: str,
    model: type[Model],
    rows: Sequence[Any],
    progress: Callable[[str, int, int], None] | None,
) -> None:
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        await model.bulk_create(batch)
        if progress is not None:
            progress(name, start + len(batch), len(rows))
    if db.dialect() == "postgres":
        # The ids were set here; the sequence that hands out the next ones has not seen them.
        table = model._meta.db_table  # noqa: SLF001 - the ORM's documented place for it
        await db.rows("SELECT setval(pg_get_serial_sequence($1, 'id'), $2)", table, len(rows))
