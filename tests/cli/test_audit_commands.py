"""`roundsman audit`: whether the chain is whole, and what the audit says."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.cli.commands import app
from core.profile import profile
from storage import db
from tests.support.bank import build_bank

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.databases import SqliteDatabases

runner = CliRunner()


@pytest.fixture
def looked(
    sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> str:
    """A database in which Li Wei looked at two customers; the path of its file."""
    monkeypatch.chdir(tmp_path)
    url = sqlite_databases.fresh()
    monkeypatch.setenv("ROUNDSMAN_DATABASE_URL", url)

    async def look() -> None:
        await db.connect(url)
        bank = await build_bank()
        acting = await bank.acting("1001")
        for firm in ("C001", "C002"):
            await profile(acting, bank.customers[firm])
        await db.disconnect()

    asyncio.run(look())
    return url.removeprefix("sqlite://")


def test_a_whole_chain_is_said_to_be_whole_with_its_head(looked: str) -> None:
    result = runner.invoke(app, ["audit", "verify"])
    assert (result.exit_code, "Whole: 0 rows" in result.stdout) == (0, True)
    head = re.search(r"Head: (2:[0-9a-f]{64})", result.stdout)
    assert head is not None
    again = runner.invoke(app, ["audit", "verify", "--head", head[1]])
    assert (again.exit_code, again.stdout) == (0, f"Whole: 2 rows. Head: {head[1]}\n")


def test_a_broken_chain_names_the_row_and_fails(looked: str) -> None:
    head = runner.invoke(app, ["audit", "verify"]).stdout.split()[-1]
    file = sqlite3.connect(looked)
    for what in ("update", "delete"):
        file.execute(f"DROP TRIGGER audit_no_{what}")
    file.execute("DROP TRIGGER audit_seal_no_delete")
    file.execute("UPDATE audit SET actor_id = NULL WHERE id = 2")
    file.commit()
    result = runner.invoke(app, ["audit", "verify"])
    assert result.exit_code == 1
    assert (
        result.stdout == "BROKEN: row 2 was changed, or its seal 2 was. 1 rows before are whole.\n"
    )
    file.execute("DELETE FROM audit_seal WHERE number = 2")
    file.commit()
    file.close()
    result = runner.invoke(app, ["audit", "verify", "--head", head])
    assert result.exit_code == 1
    assert "the chain was cut off: seal 2" in result.stdout


def test_a_head_that_is_none_is_refused(looked: str) -> None:
    result = runner.invoke(app, ["audit", "verify", "--head", "2:abc"])
    assert result.exit_code == 2


def test_show_prints_a_table_and_is_itself_on_record(looked: str) -> None:
    wide = {"COLUMNS": "200"}
    result = runner.invoke(app, ["audit", "show", "--staff", "1001"], env=wide)
    assert result.exit_code == 0
    assert result.stdout.count("looked at the profile") == 2
    result = runner.invoke(
        app, ["audit", "show", "--customer", "C001", "--since", "2026-11-01"], env=wide
    )
    assert result.stdout.count("looked at the profile") == 1
    assert "李伟" in result.stdout or "Li Wei" in result.stdout
    result = runner.invoke(app, ["audit", "show", "--customer", "C001"], env=wide)
    assert result.stdout.count("read the audit") == 1
    assert "the system" in result.stdout
    late = runner.invoke(
        app, ["audit", "show", "--staff", "1001", "--since", "2099-01-01"], env=wide
    )
    assert "looked at" not in late.stdout


@pytest.mark.parametrize(
    ("words", "status"),
    [([], 2), (["--staff", "1001", "--customer", "C001"], 2), (["--staff", "404"], 1),
     (["--staff", "1001", "--since", "yesterday"], 2)],
)  # fmt: skip
def test_what_can_not_be_shown_is_said(looked: str, words: list[str], status: int) -> None:
    assert runner.invoke(app, ["audit", "show", *words]).exit_code == status
