"""Loading customers: good rows in, bad rows named, the same file again changes nothing."""

from __future__ import annotations

import asyncio
import csv
from typing import TYPE_CHECKING, Any

import pytest

from core.acting import Acting
from core.clock import MovableClock
from core.enrolment import SYSTEM
from core.errors import Invalid, NotAllowed
from core.loads.loading import LoadOrder, LoadReport, run_load
from storage.importer import bulk
from storage.models import Change, Customer, Load, Unit
from storage.search import find_customers
from tests.support.bank import MONDAY, build_bank
from tests.support.rows import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path

    from tortoise.models import Model

    Loader = Callable[..., Coroutine[None, None, LoadReport]]

HEADS = ("id", "name", "name_en", "credit_code", "legal_representative", "phone", "city", "sector")
HUAXING = ("K1", "上海华兴机械制造有限公司", "Shanghai Huaxing Machinery Co., Ltd.",
           "91310000MA1000011A", "王建国", "021-5555 0001", "上海", "manufacturing")  # fmt: skip
HENGDA = ("K2", "苏州恒达精密模具有限公司", "", "", "", "", "苏州", "")


@pytest.fixture
def load(tmp_path: Path) -> Loader:
    async def loaded(
        *rows: Sequence[str],
        heads: Sequence[str] = HEADS,
        acting: Acting | None = None,
        all_or_nothing: bool = False,
    ) -> LoadReport:
        file = tmp_path / "customers.csv"
        with file.open("w", newline="") as target:
            csv.writer(target).writerows([heads, *rows])
        order = LoadOrder("customers", file, all_or_nothing=all_or_nothing)
        who = acting or Acting(SYSTEM, MONDAY, "load")
        return await run_load(who, order, MovableClock(MONDAY))

    return loaded


def counts(report: LoadReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.bad


async def test_an_empty_database_gets_a_head_office_and_the_customers_in_its_pool(
    database: str, load: Loader
) -> None:
    assert counts(await load(HUAXING, HENGDA)) == (2, 0, 0, 0)
    firm = await Customer.get(external_id="K1")
    root = await Unit.get()
    assert (firm.unit_id, firm.owner_id, root.kind) == (root.id, None, "head_office")
    assert (firm.phone, firm.industry, firm.city) == ("02155550001", "C", "上海")


async def test_the_same_file_again_changes_nothing(database: str, load: Loader) -> None:
    await load(HUAXING, HENGDA)
    before = await fingerprint(without=("Audit", "Load"))
    assert counts(await load(HUAXING, HENGDA)) == (0, 0, 2, 0)
    assert await fingerprint(without=("Audit", "Load")) == before


async def test_a_change_is_kept_with_what_was_there_before(database: str, load: Loader) -> None:
    await load(HUAXING, HENGDA)
    moved = (*HENGDA[:6], "昆山", "")
    assert counts(await load(HUAXING, moved)) == (0, 1, 1, 0)
    line = await Change.get()
    assert (line.section, line.field, line.was, line.now) == ("basic", "city", "苏州", "昆山")
    assert (line.source, line.at) == ("warehouse", MONDAY)
    assert (await Customer.get(external_id="K2")).name_zh == HENGDA[1]


async def test_a_row_does_not_take_away_what_it_does_not_say(database: str, load: Loader) -> None:
    await load(HUAXING)
    assert counts(await load(("K1", HUAXING[1]), heads=("id", "name"))) == (
        0, 0, 1, 0,
    )  # fmt: skip
    assert (await Customer.get(external_id="K1")).legal_representative == "王建国"


async def test_bad_rows_are_named_and_good_ones_loaded(database: str, load: Loader) -> None:
    report = await load(
        HUAXING,
        ("K3", ""),
        ("K4", "甲" * 121),
        ("K5", "乙公司", "", "12345"),
        ("K6", "丙公司", "", "", "", "12"),
        ("K8", "己公司", "", "91310000MA1000011A"),
    )  # fmt: skip
    assert counts(report) == (1, 0, 0, 5)
    assert sorted((bad.line, bad.column) for bad in report.named) == [
        (3, "name"), (4, "name"), (5, "credit_code"), (6, "phone"), (7, "credit_code"),
    ]  # fmt: skip
    again = await load(("K9", "庚公司", "", "91310000MA1000011A"))
    assert counts(again) == (0, 0, 0, 1)
    assert "上海华兴机械制造有限公司" in str(again.named[0].reason.params)


async def test_of_two_rows_for_one_firm_the_later_one_holds(database: str, load: Loader) -> None:
    report = await load(("K7", "丁公司", "", "", "", "", "上海"), ("K7", "戊公司"))
    assert counts(report) == (1, 1, 0, 0)
    firm = await Customer.get(external_id="K7")
    assert (firm.name_zh, firm.city, firm.initials) == ("戊公司", "上海", "wgs wgs")


async def test_a_changed_name_is_found_at_once(database: str, load: Loader) -> None:
    await load(HENGDA)
    await load(("K2", "苏州明远精密模具有限公司"))
    found = await find_customers("mingyuan", "1=1", [], limit=5)
    assert [hit.id for hit in found] == [(await Customer.get(external_id="K2")).id]
    assert await find_customers("恒达", "1=1", [], limit=5) == []


async def test_all_or_nothing_leaves_nothing(database: str, load: Loader) -> None:
    before = await fingerprint(without=("Load",))
    report = await load(HUAXING, ("K3", ""), all_or_nothing=True)
    assert not report.kept
    assert await fingerprint(without=("Load",)) == before
    assert (await Load.get()).status == "failed"


async def test_an_owner_is_named_by_number_and_others_are_refused(
    database: str, load: Loader
) -> None:
    bank = await build_bank()
    heads = (*HEADS, "owner")
    report = await load((*HUAXING, "1001"), (*HENGDA, "9999"), heads=heads)
    assert counts(report) == (1, 0, 0, 1)
    assert (report.named[0].line, report.named[0].column) == (3, "owner")
    firm = await Customer.get(external_id="K1")
    assert (firm.owner_id, firm.unit_id) == (bank.staff["1001"], bank.units["team_a"])


async def test_without_a_name_it_is_no_file_of_customers(database: str, load: Loader) -> None:
    with pytest.raises(Invalid):
        await load(("K1",), heads=("id",))


async def test_only_an_administrator_loads(database: str, load: Loader) -> None:
    bank = await build_bank()
    with pytest.raises(NotAllowed):
        await load(HUAXING, acting=await bank.acting("1003"))


async def test_a_load_that_is_broken_off_within_a_batch_leaves_nothing_of_it(
    database: str, load: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert = bulk.insert_columns
    loaded = asyncio.ensure_future(load(HUAXING, HENGDA))

    async def broken_off(model: type[Model], *given: Any) -> None:
        if model is Customer:
            asyncio.get_running_loop().call_soon(loaded.cancel)
        await insert(model, *given)

    with monkeypatch.context() as patched:
        patched.setattr(bulk, "insert_columns", broken_off)
        with pytest.raises(asyncio.CancelledError):
            await loaded
    assert await Customer.all().count() == 0
    assert counts(await load(HUAXING, HENGDA)) == (2, 0, 0, 0)
    found = await find_customers("恒达", "1=1", [], limit=5)
    assert [hit.id for hit in found] == [(await Customer.get(external_id="K2")).id]
