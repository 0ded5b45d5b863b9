"""Writes the demo's bank into an empty database."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from storage import db
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
from storage.models import Activity, Contact, Customer, FollowUp, Staff, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from tortoise.models import Model

BATCH = 1000
TABLES: tuple[type[Model], ...] = (Unit, Staff, Customer, Contact, Activity, FollowUp)

#: the phones of the demo's page: staff number and what stands above the phone
DEMO_PHONES = (
    (LI_WEI, "客户经理 RM"),
    (TELECALLER, "拜访专员 telecaller"),
    (LEADER, "团队主管 team leader"),
    (HEAD_OFFICE, "总行 head office"),
    (ADMINISTRATOR, "管理员 administrator"),
)

__all__ = ["DEMO_PHONES", "NEWCOMER", "DemoSummary", "load"]


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """How much was written."""

    staff: int
    customers: int
    contacts: int
    activities: int
    follow_ups: int


async def load(
    now: datetime, seed: int = 7, progress: Callable[[str, int, int], None] | None = None
) -> DemoSummary:
    """Build the bank as it stands at `now` and write it; the database must be empty.

    The same moment and seed give the same rows, ids included.
    """
    random = Random(seed)  # noqa: S311 - made-up data wants the same numbers each time
    organization = build_organization(random)
    firms = build_firms(random, organization, now)
    histories = build_histories(random, organization, firms, now)
    rows: tuple[tuple[str, type[Model], Sequence[Any]], ...] = (
        ("organization", Unit, organization.units),
        ("staff", Staff, organization.staff),
        ("customers", Customer, firms.customers),
        ("contacts", Contact, firms.contacts),
        ("visits and calls", Activity, histories.activities),
        ("follow-ups", FollowUp, histories.follow_ups),
    )
    async with db.transaction():
        for name, model, made in rows:
            for start in range(0, len(made), BATCH):
                await model.bulk_create(made[start : start + BATCH])
                if progress is not None:
                    progress(name, min(start + BATCH, len(made)), len(made))
        await _continue_ids()
    return DemoSummary(
        staff=len(organization.staff),
        customers=len(firms.customers),
        contacts=len(firms.contacts),
        activities=len(histories.activities),
        follow_ups=len(histories.follow_ups),
    )


async def _continue_ids() -> None:
    """PostgreSQL hands out ids from a sequence that has not seen ours."""
    if db.dialect() != "postgres":
        return
    for model in TABLES:
        table = model._meta.db_table  # noqa: SLF001 - the ORM's documented place for it
        await db.rows(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"  # noqa: S608 - names of our own tables
            f" (SELECT COALESCE(MAX(id), 1) FROM {table}))"
        )
