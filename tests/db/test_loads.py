"""Loads: rows of the bank's systems into facts and series, on both engines."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.acting import Acting
from core.clock import MovableClock
from core.enrolment import SYSTEM
from core.errors import Invalid, NotAllowed
from core.loads import loading
from core.loads.loading import LoadOrder, LoadReport, NoSuchKind, UnreadableFile, run_load
from core.loads.mapping import read_mapping
from storage.importer import streams
from storage.models import (
    Account,
    Audit,
    Balance,
    Change,
    Contact,
    Flow,
    Holding,
    Load,
    Shareholder,
    Statement,
)
from tests.support.bank import MONDAY, build_bank
from tests.support.rows import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNTS = (
    "customer,number,kind,currency,balance\n"
    "C001,6222000011112222,basic,CNY,1250000.50\n"
    "C002,6222000011113333,贷款户,CNY,-20000\n"
)


@pytest.fixture
def given(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes, name: str = "file.csv") -> Path:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


DAYS = "account,day,balance\n"


async def load(kind: str, file: Path, **more: object) -> LoadReport:
    order = replace(LoadOrder(kind, file), **more)  # type: ignore[arg-type]
    return await run_load(Acting(SYSTEM, MONDAY, "load"), order, MovableClock(MONDAY))


def counts(report: LoadReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.bad


async def test_accounts_come_with_source_and_day_and_again_change_nothing(
    database: str, given: Callable[..., Path]
) -> None:
    bank = await build_bank()
    file = given(ACCOUNTS.replace("贷款户", "loan"))
    assert counts(await load("accounts", file, as_of=date(2026, 11, 22))) == (2, 0, 0, 0)
    one = await Account.get(number="6222000011112222")
    assert (one.customer_id, one.tail, one.kind) == (bank.customers["C001"], "2222", "basic")
    assert (one.balance_fen, one.source, one.as_of) == (
        125000050, "warehouse", date(2026, 11, 22),
    )  # fmt: skip
    assert (one.recorded_at, one.recorded_by_id) == (MONDAY, None)
    assert (await Account.get(number="6222000011113333")).balance_fen == -2000000
    before = await fingerprint(without=("Audit", "Load"))
    assert counts(await load("accounts", file, as_of=date(2026, 11, 22))) == (0, 0, 2, 0)
    assert await fingerprint(without=("Audit", "Load")) == before
    assert await Change.all().count() == 0


async def test_a_change_is_in_the_trail_and_what_is_not_said_stays(
    database: str, given: Callable[..., Path]
) -> None:
    bank = await build_bank()
    await load("accounts", given(ACCOUNTS.replace("贷款户", "loan")), as_of=date(2026, 11, 22))
    news = "customer,number,balance\nC001,6222000011112222,900000\nC002,6222000011113333,\n"
    assert counts(await load("accounts", given(news), as_of=date(2026, 11, 23))) == (0, 1, 1, 0)
    line = await Change.get()
    assert (line.section, line.field, line.was, line.now, line.source, line.at) == (
        "accounts", "balance_fen", "1250000.50", "900000.00", "warehouse", MONDAY,
    )  # fmt: skip
    one = await Account.get(number="6222000011112222")
    assert (line.customer_id, line.row_id) == (bank.customers["C001"], one.id)
    assert (one.kind, one.balance_fen, one.as_of) == ("basic", 90000000, date(2026, 11, 23))
    assert (await Account.get(number="6222000011113333")).as_of == date(2026, 11, 23)


async def test_an_older_day_overwrites_nothing(database: str, given: Callable[..., Path]) -> None:
    await build_bank()
    new = "customer,product,amount,as_of\nC001,payroll,100,2026-11-20\n"
    old = "customer,product,amount,as_of\nC001,payroll,50,2026-11-19\n"
    await load("holdings", given(new))
    assert counts(await load("holdings", given(old))) == (0, 0, 1, 0)
    assert (await Holding.get()).amount_fen == 10000
    assert await Change.all().count() == 0


async def test_the_same_key_twice_in_a_file_ends_as_the_later_row_says(
    database: str, given: Callable[..., Path]
) -> None:
    await build_bank()
    file = given("customer,product,amount\nC001,payroll,1\nC001,payroll,2\nC001,payroll,2\n")
    assert counts(await load("holdings", file)) == (1, 1, 1, 0)
    assert (await Holding.get()).amount_fen == 200
    assert [(one.was, one.now) async for one in Change.all()] == [("1.00", "2.00")]


async def test_series_find_their_account_by_its_number(
    database: str, given: Callable[..., Path]
) -> None:
    await build_bank()
    await load("accounts", given(ACCOUNTS.replace("贷款户", "loan")))
    days = "账号,日期,余额\n6222 0000 1111 2222,2026-11-20,10.00\n6222000011112222,20261121,11\n"
    bad = "9999999999,2026-11-21,1\n"
    assert counts(await load("balances", given(days + bad))) == (2, 0, 0, 1)
    again = days.replace("11\n", "12.5\n")
    assert counts(await load("balances", given(again))) == (0, 1, 1, 0)
    assert await Balance.all().order_by("day").values_list("balance_fen", flat=True) == [
        1000,
        1250,
    ]
    assert (await Change.get()).section == "balances"
    flows = "account,reference,day,amount,summary\n6222000011112222,T1,2026-11-20,-5.5,水费\n"
    assert counts(await load("transactions", given(flows))) == (1, 0, 0, 0)
    assert counts(await load("transactions", given(flows))) == (0, 0, 1, 0)
    assert (await Flow.get()).amount_fen == -550


async def test_a_name_that_one_of_our_customers_has_is_linked(
    database: str, given: Callable[..., Path]
) -> None:
    bank = await build_bank()
    text = (
        "客户号,name,kind,share,controls\n"
        "C001,苏州恒达精密模具有限公司,firm,60%,1\n"
        "C001,王五,person,40,\n"
    )
    assert counts(await load("shareholders", given(text.encode("gb18030")))) == (2, 0, 0, 0)
    firm = await Shareholder.get(kind="firm")
    assert (firm.holder_id, firm.share_bp, firm.controls) == (bank.customers["C004"], 6000, True)
    assert (await Shareholder.get(kind="person")).holder_id is None
    assert counts(await load("shareholders", given(text.encode("gb18030")))) == (0, 0, 2, 0)


async def test_contacts_are_known_by_name_and_one_is_the_main_one(
    database: str, given: Callable[..., Path]
) -> None:
    bank = await build_bank()
    text = "customer,name,phone,main\nC001,王建国,13800000009,0\nC001,新人,13800000008,1\n"
    assert counts(await load("contacts", given(text))) == (1, 1, 0, 0)
    ours = Contact.filter(customer_id=bank.customers["C001"], is_main=True)
    assert [one.name async for one in ours] == ["新人"]


async def test_a_fact_that_had_ended_lives_again(
    database: str, given: Callable[..., Path]
) -> None:
    await build_bank()
    file = given("customer,product\nC001,payroll\n")
    await load("holdings", file)
    await Holding.all().update(ended_at=MONDAY)
    assert counts(await load("holdings", file)) == (0, 1, 0, 0)
    assert (await Holding.get()).ended_at is None
    assert [(one.field, one.now) async for one in Change.all()] == [("", "payroll")]


async def test_bad_rows_are_named_and_can_be_mended_and_loaded_again(
    database: str, given: Callable[..., Path], tmp_path: Path
) -> None:
    await build_bank()
    text = (
        "customer,period_end,revenue,profit\n"
        "C001,2025-12-31,100,10\n"
        "C001,2025-13-31,100,10\n"
        "NOBODY,2025-12-31,100,10\n"
        "C002,2025-12-31,-5,10\n"
        "C002,2025-12-31,1,2,3\n"
        "=1+1,2025-12-31,1,2\n"
        ",2025-12-31,1,2\n"
    )
    errors = tmp_path / "bad.csv"
    report = await load("statements", given(text), errors=errors)
    assert counts(report) == (1, 0, 0, 6)
    assert [(one.line, one.column) for one in report.named] == [
        (3, "period_end"), (4, "customer"), (5, "revenue"), (6, ""), (7, "customer"),
        (8, "customer"),
    ]  # fmt: skip
    lines = errors.read_text("utf-8-sig").splitlines()
    assert lines[0] == "customer,period_end,revenue,profit,reason"
    assert lines[5].startswith("'=1+1,2025-12-31,1,2,")
    mended = errors.read_text("utf-8-sig").replace("2025-13-31", "2024-12-31")
    assert counts(await load("statements", given(mended, "again.csv"))) == (1, 0, 0, 5)
    assert await Statement.all().count() == 2


async def test_all_or_nothing_and_a_rehearsal_leave_no_row(
    database: str, given: Callable[..., Path]
) -> None:
    await build_bank()
    bad = given("customer,product\nC001,payroll\nNOBODY,payroll\n")
    report = await load("holdings", bad, all_or_nothing=True)
    assert (report.kept, counts(report)) == (False, (1, 0, 0, 1))
    assert await Holding.all().count() == 0
    entry = await Load.get()
    assert (entry.status, entry.error, entry.added) == ("failed", {"code": "nothing_loaded"}, 0)
    before = await fingerprint()
    rehearsed = await load("holdings", given("customer,product\nC001,payroll\n"), dry_run=True)
    assert (rehearsed.kept, counts(rehearsed)) == (False, (1, 0, 0, 0))
    assert await fingerprint() == before


async def test_a_load_that_was_killed_goes_on_behind_its_last_batch(
    database: str, given: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await build_bank()
    monkeypatch.setattr(loading, "BATCH", 2)
    rows = [f"C001,payroll,{n},2026-11-{n:02}" for n in range(1, 8)]
    file = given("\n".join(["customer,product,amount,as_of", *rows, "NOBODY,payroll,1,"]))
    seen = []

    class Killed(BaseException):
        pass

    def killed_after_two(done: int, share: float) -> None:
        seen.append(done)
        if len(seen) == 2:
            raise Killed

    order = LoadOrder("holdings", file, errors=tmp_path / "bad.csv")
    with pytest.raises(Killed):
        await run_load(Acting(SYSTEM, MONDAY, "l"), order, MovableClock(MONDAY), killed_after_two)
    entry = await Load.get()
    assert (entry.status, entry.done_rows, entry.changed) == ("running", 4, 3)
    report = await run_load(Acting(SYSTEM, MONDAY, "l"), order, MovableClock(MONDAY))
    assert (report.skipped, counts(report)) == (4, (1, 6, 0, 1))
    entry = await Load.get()
    assert (entry.status, entry.done_rows, entry.bad) == ("done", 8, 1)
    assert await Change.all().count() == 6
    assert (await Audit.get(action="import")).detail["rows"] == 8


async def test_a_mapping_names_columns_constants_and_the_unit(
    database: str, given: Callable[..., Path]
) -> None:
    await build_bank()
    await load("accounts", given(ACCOUNTS.replace("贷款户", "loan")))
    mapping = read_mapping(
        given('delimiter="|"\nmoney="wan"\n[columns]\nbalance="日终"\naccount="ZH"\n'
              '[constants]\nday="2026-11-20"\n', "map.toml")
    )  # fmt: skip
    file = given("ZH|日终|其他\n6222000011112222|12.5|x\n6222000011113333|1.2345678|x\n")
    report = await load("balances", file, mapping=mapping)
    assert (counts(report), report.ignored) == ((1, 0, 0, 1), ("其他",))
    assert (await Balance.get()).balance_fen == 12500000


async def test_a_file_that_is_none_of_ours_is_refused_and_noted(
    database: str, given: Callable[..., Path]
) -> None:
    bank = await build_bank()
    with pytest.raises(Invalid):
        await load("holdings", given("a,b\n1,2\n"))
    with pytest.raises(UnreadableFile):
        await load("holdings", given(b"PK\x03\x04nonsense"))
    assert [one.status async for one in Load.all()] == ["failed", "failed"]
    with pytest.raises(NoSuchKind):
        await load("nothing", given("a\n"))
    leader = await bank.acting("1003")
    with pytest.raises(NotAllowed):
        await run_load(leader, LoadOrder("holdings", given("a\n")), MovableClock(MONDAY))


async def test_every_format_loads_the_same(database: str, tmp_path: Path) -> None:
    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    await build_bank()
    heads = ("customer", "product", "amount", "since")
    rows = [("C001", "payroll", 1.5, date(2026, 1, 2)), ("C002", "fx", 2, None)]
    book = openpyxl.Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    columns = dict(zip(heads, zip(*rows, strict=True), strict=True))
    columns["amount"] = (1.5, 2.0)
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    lines = [json.dumps(dict(zip(heads, row, strict=True)), default=str) for row in rows]
    (tmp_path / "a.ndjson").write_text("\n".join(lines))
    (tmp_path / "a.csv").write_text(
        "customer,product,amount,since\nC001,payroll,1.5,2026-01-02\nC002,fx,2,\n", "utf-16"
    )
    found = [counts(await load("holdings", tmp_path / f"a.{kind}"))
             for kind in ("xlsx", "parquet", "ndjson", "csv")]  # fmt: skip
    assert found == [(2, 0, 0, 0), (0, 0, 2, 0), (0, 0, 2, 0), (0, 0, 2, 0)]
    with closing(streams.open_rows(tmp_path / "a.csv")) as rows_of:
        assert rows_of.encoding == "utf-16"


async def test_an_accounts_own_balance_is_that_of_its_newest_day(
    database: str, given: Callable[..., Path]
) -> None:
    await build_bank()
    await load("accounts", given(ACCOUNTS), as_of=date(2026, 11, 20))
    account = "6222000011112222"
    days = f"{DAYS}{account},2026-11-21,800000\n{account},2026-11-22,900000.50\n"
    await load("balances", given(days))
    one = await Account.get(number=account)
    assert (one.balance_fen, one.as_of) == (90000050, date(2026, 11, 22))
    other = await Account.get(number="6222000011113333")
    assert (other.balance_fen, other.as_of) == (-2000000, date(2026, 11, 20))
    before = await fingerprint(without=("Load", "Audit"))
    await load("balances", given(days))
    assert await fingerprint(without=("Load", "Audit")) == before


async def test_an_older_balance_leaves_a_newer_one_alone(
    database: str, given: Callable[..., Path]
) -> None:
    await build_bank()
    account = "6222000011112222"
    await load("accounts", given(ACCOUNTS), as_of=date(2026, 11, 22))
    await load("balances", given(f"{DAYS}{account},2026-11-21,1\n"))
    assert (await Account.get(number=account)).balance_fen == 125000050
    await load("balances", given(f"{DAYS}{account},2026-11-23,2\n"))
    await load("balances", given(f"{DAYS}{account},2026-11-19,3\n"))
    assert (await Account.get(number=account)).balance_fen == 200
    await load("accounts", given(ACCOUNTS), as_of=date(2026, 11, 21))
    assert (await Account.get(number=account)).balance_fen == 200
