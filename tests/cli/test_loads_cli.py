"""`roundsman import balances` and `roundsman loads`, as an operator types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.cli.commands import app
from core.loads.kinds import LOADS
from tests.support.databases import SqliteDatabases

if TYPE_CHECKING:
    from pathlib import Path

runner = CliRunner()


@pytest.fixture
def folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_databases: SqliteDatabases
) -> Path:
    """A working folder with a database in which there is one customer."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROUNDSMAN_DATABASE_URL", sqlite_databases.fresh())
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "customers.csv").write_text("id,name\nK1,上海华兴机械制造有限公司\n", "utf-8")
    run("import", "customers", "customers.csv")
    (tmp_path / "accounts.csv").write_text("customer,number\nK1,6222000011112222\n", "utf-8")
    return tmp_path


def run(*words: str, status: int = 0) -> str:
    result = runner.invoke(app, list(words))
    assert result.exit_code == status, result.output
    return result.output


def test_accounts_then_balances_then_the_list_of_loads(folder: Path) -> None:
    assert "Loaded: 1 added, 0 changed, 0 unchanged, 0 bad" in run(
        "import", "accounts", "accounts.csv", "--as-of", "2026-11-22"
    )
    (folder / "balances.csv").write_text(
        "account,day,balance\n6222000011112222,2026-11-22,10.5\n6222000011112222,soon,1\n"
    )
    said = run("import", "balances", "balances.csv", "--errors", "bad.csv", status=1)
    assert "1 added, 0 changed, 0 unchanged, 1 bad" in said
    assert "A date reads like 2026-11-30." in said
    mended = (folder / "bad.csv").read_text("utf-8-sig").replace("soon", "2026-11-23")
    (folder / "bad.csv").write_text(mended)
    assert "Loaded: 1 added" in run("import", "balances", "bad.csv")
    shown = run("loads")
    assert shown.index("bad.csv") < shown.index("balances.csv") < shown.index("accounts.csv")


def test_a_rehearsal_and_all_or_nothing_say_that_nothing_was_loaded(folder: Path) -> None:
    assert "Would be: 1 added" in run("import", "accounts", "accounts.csv", "--dry-run")
    (folder / "accounts.csv").write_text("customer,number\nK1,6222000011112222\nK9,1234567\n")
    said = run("import", "accounts", "accounts.csv", "--all-or-nothing", status=1)
    assert "Nothing was loaded: 1 added, 0 changed, 0 unchanged, 1 bad" in said
    assert "Loaded: 1 added" in run("import", "accounts", "accounts.csv", status=1)


def test_what_is_no_such_file_is_said_in_a_sentence(folder: Path) -> None:
    (folder / "x.csv").write_text("a,b\n1,2\n")
    assert "There is no column for: product, customer" in run(
        "import", "holdings", "x.csv", status=1
    )
    (folder / "map.toml").write_text("[column]\nday = 'x'\n")
    assert "column" in run("import", "balances", "x.csv", "--mapping", "map.toml", status=1)
    run("import", "balances", "x.csv", "--language", "fr", status=2)


@pytest.mark.parametrize("kind", LOADS)
def test_each_kind_is_explained_with_an_example(kind: str) -> None:
    assert "Example" in run("import", kind.replace("_", "-"), "--help")
