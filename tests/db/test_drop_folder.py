"""The drop folder: what is ready, in which order, and where each file goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.acting import Acting
from core.clock import MovableClock
from core.enrolment import SYSTEM
from core.loads import loading
from core.loads.folder import DropFolder, kind_of
from storage.importer import streams
from storage.models import Account, Balance, Customer, Load
from tests.support.bank import MONDAY, build_bank

if TYPE_CHECKING:
    from pathlib import Path

CUSTOMERS = "id,name,city\nZ1,甲公司,上海\n"
ACCOUNTS = "customer,number,kind\nZ1,6222000011112222,basic\n"
BALANCES = "account,day,balance\n6222000011112222,2026-11-22,100\nnone,2026-11-22,1\n"


def acting() -> Acting:
    return Acting(SYSTEM, MONDAY, "folder")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("balances-20261126.csv", "balances"), ("customers.xlsx", "customers"),
        ("other-banks-1.csv", "other_banks"), ("OTHER_BANKS.CSV", "other_banks"),
        ("balancesheet.csv", None), ("readme.csv", None),
    ],
)  # fmt: skip
def test_a_file_is_what_its_name_says(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


def test_a_file_is_ready_when_nobody_writes_to_it_any_more(tmp_path: Path) -> None:
    folder, file = DropFolder(tmp_path), tmp_path / "balances.csv"
    file.write_text("a")
    (tmp_path / ".hidden.csv").write_text("x")
    (tmp_path / "notes.md").write_text("x")
    assert folder.ready() == []
    file.write_text("ab")
    assert folder.ready() == []
    assert folder.ready() == [file]


def test_what_others_refer_to_comes_first(tmp_path: Path) -> None:
    names = ["balances.csv", "accounts.csv", "holdings.csv", "customers.csv", "what.csv"]
    for name in names:
        (tmp_path / name).write_text("x")
    folder = DropFolder(tmp_path)
    folder.ready()
    assert [file.name for file in folder.ready()] == [
        "customers.csv", "accounts.csv", "holdings.csv", "what.csv", "balances.csv",
    ]  # fmt: skip


def test_only_one_process_looks_at_a_time(tmp_path: Path) -> None:
    with DropFolder(tmp_path).locked() as first, DropFolder(tmp_path).locked() as second:
        assert (first, second) == (True, False)
    with DropFolder(tmp_path).locked() as again:
        assert again


async def test_a_days_files_are_loaded_and_put_away(database: str, tmp_path: Path) -> None:
    await build_bank()
    for name, content in (("balances.csv", BALANCES), ("accounts.csv", ACCOUNTS),
                          ("customers.csv", CUSTOMERS), ("riddle.csv", "x")):  # fmt: skip
        (tmp_path / name).write_text(content)
    folder = DropFolder(tmp_path)
    folder.ready()
    found = [await folder.load(acting(), file, MovableClock(MONDAY)) for file in folder.ready()]
    assert [(one.name, one.went_well) for one in found] == [
        ("customers.csv", True), ("accounts.csv", True), ("riddle.csv", False),
        ("balances.csv", False),
    ]  # fmt: skip
    assert await Balance.all().count() == 1
    assert await Account.filter(number="6222000011112222").exists()
    done = sorted(
        file.name.partition("-")[2].partition("-")[2] for file in (tmp_path / "done").iterdir()
    )
    assert done == ["accounts.csv", "balances.csv", "customers.csv"]
    failed = sorted(file.name.split("-", 2)[2] for file in (tmp_path / "failed").iterdir())
    assert failed == ["balances.csv.errors.csv", "riddle.csv"]
    assert folder.ready() == []
    assert await Load.filter(origin="folder", status="done").count() == 3


async def test_a_load_that_was_killed_goes_on_where_it_stopped(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await build_bank()
    monkeypatch.setattr(loading, "BATCH", 2)
    monkeypatch.setattr(streams, "BATCH", 2)
    file = tmp_path / "customers.csv"
    file.write_text("id,name\n" + "".join(f"Z{n},第{n}公司\n" for n in range(6)))
    folder = DropFolder(tmp_path)
    real = loading.settle

    async def killed(table: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "settle", killed)
    with pytest.raises(KeyboardInterrupt):
        await folder.load(acting(), file, MovableClock(MONDAY))
    assert file.exists()
    monkeypatch.setattr(loading, "settle", real)
    again = await folder.load(acting(), file, MovableClock(MONDAY))
    assert again.report is not None
    assert again.report.skipped == 6
    assert await Customer.filter(external_id__startswith="Z").count() == 6
