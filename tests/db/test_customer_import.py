"""Loading customers: good rows in, bad rows named, the same file again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.acting import Acting
from core.bus import perform
from core.customer_import import ImportCustomers
from core.enrolment import SYSTEM
from core.errors import NotAllowed
from core.import_rows import ImportReport, NothingLoaded, UnknownColumnsError
from storage.importer.tables import Table, TableRow
from storage.models import Audit, Customer, Unit
from tests.support.bank import MONDAY, build_bank
from tests.support.rows import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADS = ("id", "name", "name_en", "credit_code", "legal_representative", "phone", "city", "sector")
HUAXING = ("K1", "上海华兴机械制造有限公司", "Shanghai Huaxing Machinery Co., Ltd.",
           "91310000MA1000011A", "王建国", "021-5555 0001", "上海", "manufacturing")  # fmt: skip
HENGDA = ("K2", "苏州恒达精密模具有限公司", "", "", "", "", "苏州", "")


def table(*rows: Sequence[str], heads: Sequence[str] = HEADS) -> Table:
    cells = [tuple(row) + ("",) * (len(heads) - len(row)) for row in rows]
    return Table(
        tuple(heads), tuple(TableRow(line, row) for line, row in enumerate(cells, 2)), "utf-8"
    )


async def load(given: Table, key: str = "load", *, all_or_nothing: bool = False) -> ImportReport:
    acting = Acting(SYSTEM, MONDAY, key)
    report: ImportReport = await perform(acting, ImportCustomers(given, all_or_nothing), key)
    return report


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.bad


async def test_an_empty_database_gets_a_head_office_and_the_customers_in_its_pool(
    database: str,
) -> None:
    assert counts(await load(table(HUAXING, HENGDA))) == (2, 0, 0, 0)
    firm = await Customer.get(external_id="K1")
    root = await Unit.get()
    assert (firm.unit_id, firm.owner_id, root.kind) == (root.id, None, "head_office")
    assert (firm.phone, firm.industry, firm.city) == ("02155550001", "C", "上海")


async def test_the_same_file_again_changes_nothing(database: str) -> None:
    await load(table(HUAXING, HENGDA))
    before = await fingerprint(without=("Audit",))
    assert counts(await load(table(HUAXING, HENGDA), "again")) == (0, 0, 2, 0)
    assert await fingerprint(without=("Audit",)) == before


async def test_a_change_is_kept_with_what_was_there_before(database: str) -> None:
    await load(table(HUAXING, HENGDA))
    moved = (*HENGDA[:6], "昆山", "")
    assert counts(await load(table(HUAXING, moved), "again")) == (0, 1, 1, 0)
    line = await Audit.get(action="amend")
    assert line.detail == {"changes": {"city": {"from": "苏州", "to": "昆山"}}}
    assert (await Customer.get(external_id="K2")).name_zh == HENGDA[1]


async def test_a_row_does_not_take_away_what_it_does_not_say(database: str) -> None:
    await load(table(HUAXING))
    assert counts(await load(table(("K1", HUAXING[1]), heads=("id", "name")), "again")) == (
        0, 0, 1, 0,
    )  # fmt: skip
    assert (await Customer.get(external_id="K1")).legal_representative == "王建国"


async def test_bad_rows_are_named_and_good_ones_loaded(database: str) -> None:
    report = await load(
        table(
            HUAXING,
            ("K3", ""),
            ("K4", "甲" * 121),
            ("K5", "乙公司", "", "12345"),
            ("K6", "丙公司", "", "", "", "12"),
            ("K7", "丁公司"), ("K7", "戊公司"),
            ("K8", "己公司", "", "91310000MA1000011A"),
        )
    )  # fmt: skip
    assert counts(report) == (0, 0, 0, 8)
    assert [(error.line, error.column) for error in report.errors] == [
        (2, "credit_code"), (3, "name"), (4, "name"), (5, "credit_code"), (6, "phone"),
        (7, "id"), (8, "id"), (9, "credit_code"),
    ]  # fmt: skip
    taken = await load(table(HUAXING), "one")
    assert counts(taken) == (1, 0, 0, 0)
    again = await load(table(("K9", "庚公司", "", "91310000MA1000011A")), "two")
    assert counts(again) == (0, 0, 0, 1)
    assert "上海华兴机械制造有限公司" in str(again.errors[0].reason.params)


async def test_all_or_nothing_leaves_nothing(database: str) -> None:
    before = await fingerprint()
    with pytest.raises(NothingLoaded):
        await load(table(HUAXING, ("K3", "")), all_or_nothing=True)
    assert await fingerprint() == before


async def test_an_owner_is_named_by_number_and_others_are_refused(database: str) -> None:
    bank = await build_bank()
    heads = (*HEADS, "owner")
    report = await load(table((*HUAXING, "1001"), (*HENGDA, "9999"), heads=heads))
    assert counts(report) == (1, 0, 0, 1)
    assert (report.errors[0].line, report.errors[0].column) == (3, "owner")
    firm = await Customer.get(external_id="K1")
    assert (firm.owner_id, firm.unit_id) == (bank.staff["1001"], bank.units["team_a"])


async def test_without_a_name_it_is_no_file_of_customers(database: str) -> None:
    with pytest.raises(UnknownColumnsError):
        await load(table(("K1",), heads=("id",)))


async def test_only_an_administrator_loads(database: str) -> None:
    bank = await build_bank()
    with pytest.raises(NotAllowed):
        await perform(await bank.acting("1003"), ImportCustomers(table(HUAXING)), "no")
