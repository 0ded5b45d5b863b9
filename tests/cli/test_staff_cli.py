"""`roundsman import staff` and `roundsman staff`, as an operator types them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from bot.cli.commands import app
from storage import db
from storage.models import Audit, Customer, Outbox, Staff, StandIn, Unit
from tests.support.bank import build_bank
from tests.support.databases import SqliteDatabases

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

HEAD = "工号,姓名,角色,机构,手机\n"
GOOD = "2001,新人,rm,head/branch_a/team_a,13800002001\n"
BAD = "2002,新人,国王,head,13800002002\n"
runner = CliRunner()


@pytest.fixture(autouse=True)
def url(sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The small bank, in the database that the settings name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("ROUNDSMAN_TOKEN", raising=False)
    url = sqlite_databases.fresh()
    monkeypatch.setenv("ROUNDSMAN_DATABASE_URL", url)
    ask(url, build_bank)
    return url


def ask(url: str, work: Callable[[], Awaitable[Any]]) -> Any:
    async def connected() -> Any:
        await db.connect(url)
        try:
            return await work()
        finally:
            await db.disconnect()

    return asyncio.run(connected())


def run(*words: str | Path, status: int = 0) -> str:
    result = runner.invoke(app, [str(word) for word in words])
    assert result.exit_code == status, result.output
    return result.stdout + result.stderr


def staff_of(url: str, number: str) -> Staff | None:
    found: Staff | None = ask(url, lambda: Staff.get_or_none(number=number))
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_loaded_once_and_the_second_time_nothing_changes(
    url: str, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "staff.csv"
    file.write_bytes((HEAD + GOOD).encode(encoding))
    first = run("import", "staff", file)
    assert f"Loaded: 1 added, 0 changed, 0 unchanged, 0 bad, of 1 rows ({encoding})." in first
    person = staff_of(url, "2001")
    assert person is not None
    assert person.name_zh == "新人"
    second = run("import", "staff", file)
    assert "Loaded: 0 added, 0 changed, 1 unchanged, 0 bad" in second


def test_a_spreadsheet_is_loaded(url: str, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["number", "name", "role", "unit", "phone"])
    sheet.append([2001, "新人", "rm", "head/新团队", 13800002001])
    book.save(tmp_path / "staff.xlsx")
    said = run("import", "staff", tmp_path / "staff.xlsx")
    assert "New unit: head/新团队" in said
    assert "Loaded: 1 added" in said
    person = staff_of(url, "2001")
    assert person is not None
    assert person.phone == "8613800002001"


def test_a_dry_run_says_what_would_happen_and_writes_nothing(url: str, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(HEAD + GOOD + "1002,陈小静,,,\n", encoding="utf-8")
    before = ask(url, lambda: Audit.all().count())
    said = run("import", "staff", file, "--dry-run")
    assert "Would be: 1 added, 1 changed, 0 unchanged, 0 bad, of 2 rows" in said
    assert staff_of(url, "2001") is None
    assert ask(url, lambda: Audit.all().count()) == before


@pytest.mark.parametrize("name", ["bad.csv", "bad.xlsx"])
def test_bad_rows_are_shown_written_out_mended_and_loaded(
    url: str, tmp_path: Path, name: str
) -> None:
    file, rejects = tmp_path / "staff.csv", tmp_path / name
    file.write_text(HEAD + GOOD + BAD, encoding="utf-8")
    said = run("import", "staff", file, "--errors", rejects, status=1)
    row = next(line for line in said.splitlines() if "国王" in line)
    assert "3" in row
    assert "角色" in row
    assert "One of these, please: telecaller, rm" in row
    assert "Loaded: 1 added, 0 changed, 0 unchanged, 1 bad" in said
    assert staff_of(url, "2002") is None
    if name.endswith("csv"):
        text = rejects.read_text(encoding="utf-8-sig")
        assert text.startswith("工号,姓名,角色,机构,手机,reason\n2002,新人,国王,head,")
        rejects.write_text(text.replace("国王", "客户经理"), encoding="utf-8")
    else:
        book = load_workbook(rejects)
        sheet = book.worksheets[0]
        assert "角色: One of these" in str(sheet["F2"].value)
        sheet["C2"] = "客户经理"
        book.save(rejects)
    assert "Loaded: 1 added, 0 changed, 0 unchanged, 0 bad" in run("import", "staff", rejects)


def test_all_or_nothing_loads_nothing_beside_a_bad_row(url: str, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(HEAD + GOOD + BAD, encoding="utf-8")
    said = run("import", "staff", file, "--all-or-nothing", "--language", "zh", status=1)
    assert "只能是" in said
    assert "Nothing was loaded, would be: 1 added, 0 changed, 0 unchanged, 1 bad" in said
    assert staff_of(url, "2001") is None


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "empty"), (b"a,b\n1,2\n", "number"), (b"\xd0\xcf\x11\xe0", ".xls")]
)
def test_what_is_no_staff_file_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "staff.csv"
    file.write_bytes(content)
    assert says in run("import", "staff", file, status=2)


def test_the_staff_are_listed_and_shown_with_the_phone_masked() -> None:
    listed = run("staff", "list", "--role", "rm")
    assert "Li Wei" in listed
    assert "王芳" not in listed
    shown = run("staff", "show", "1001")
    assert "•••• 1001" in shown
    assert "138" not in shown + listed
    assert "customers  4" in shown
    assert "team_a" in shown
    run("staff", "show", "404", status=1)
    run("staff", "list", "--role", "king", status=2)


def test_role_and_unit_are_changed_and_the_person_is_told(url: str) -> None:
    run("staff", "role", "1001", "team_leader")
    assert "with 4 customers" in run("staff", "move", "1001", "head/branch_b/team_b")
    person = staff_of(url, "1001")
    assert person is not None
    assert person.role == "team_leader"
    unit = ask(url, lambda: Unit.get(name_zh="team_b"))
    assert person.unit_id == unit.id
    assert ask(url, lambda: Customer.filter(owner_id=person.id, unit_id=unit.id).count()) == 4
    told = ask(url, lambda: Outbox.filter(chat_id=101).values_list("content", flat=True))
    assert any('"Commands"' in content for content in told)
    assert any("team_b" in content for content in told)
    run("staff", "role", "1001", "king", status=2)
    assert "no such unit" in run("staff", "move", "1001", "head/nowhere", status=1)
    assert "no such unit" in run("staff", "move", "1001", "head//x", status=1)


def test_a_phone_is_cut_off_and_a_person_leaves_and_comes_back(url: str) -> None:
    assert "cut off" in run("staff", "revoke-phone", "1009")
    assert "had no phone" in run("staff", "revoke-phone", "1009")
    assert "Customers still kept: 1" in run("staff", "deactivate", "1009", status=1)
    run("staff", "deactivate", "1009", "--leave-customers")
    assert "left" in run("staff", "show", "1009")
    assert "1009" not in run("staff", "list")
    assert "1009" in run("staff", "list", "--left")
    run("staff", "activate", "1009")
    person = staff_of(url, "1009")
    assert person is not None
    assert person.active
    assert person.chat_id is None


def test_a_stand_in_is_arranged_and_ended(url: str) -> None:
    said = run("staff", "stand-in", "1001", "1002", "--from", "2999-12-01",
               "--until", "2999-12-04")  # fmt: skip
    assert said == "Chen Jing stands in for Li Wei until 2999-12-04.\n"
    assert "Chen Jing for Li Wei, 2999-12-01 00:00 to 2999-12-05 00:00" in run(
        "staff", "show", "1001"
    )
    assert "then already" in run("staff", "stand-in", "1001", "1009", "--from", "2999-12-04",
                                 "--until", "2999-12-06", status=1)  # fmt: skip
    assert run("staff", "stand-in", "1001", "--end") == "1 ended.\n"
    assert ask(url, lambda: StandIn.filter(ended_at=None).count()) == 0
    run("staff", "stand-in", "1001", status=2)
    run("staff", "stand-in", "1001", "1002", status=2)
    run("staff", "stand-in", "1001", "1002", "--end", status=2)


@pytest.mark.parametrize(
    "command", ["list", "show", "role", "move", "deactivate", "activate", "revoke-phone",
                "stand-in"],
)  # fmt: skip
def test_every_command_shows_an_example(command: str) -> None:
    assert "Example" in run("staff", command, "--help")
    assert "Example" in run("import", "staff", "--help")
