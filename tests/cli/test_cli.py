"""The command line, as an operator types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.database import settings_markdown
from tests.support.databases import SqliteDatabases

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-11-23T10:00:00+08:00"
runner = CliRunner()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty working folder and none of the operator's own settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROUNDSMAN_DATABASE_URL", f"sqlite://{tmp_path}/data/r.db")
    monkeypatch.delenv("ROUNDSMAN_TOKEN", raising=False)


def test_when_prints_one_json_a_line() -> None:
    result = runner.invoke(app, ["when", "--now", NOW], input="下周二下午3点\nnonsense\n")
    assert result.exit_code == 0
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"text": "下周二下午3点", "date": "2026-12-01", "time": "15:00"},
        {"text": "nonsense", "date": None, "time": None},
    ]


def test_understand_prints_the_fields_of_a_note(tmp_path: Path) -> None:
    portfolio = tmp_path / "customers.json"
    portfolio.write_text(
        json.dumps([{"id": "c7", "name_zh": "上海华兴机械制造有限公司", "contacts": ["王建国"]}]),
        encoding="utf-8",
    )
    result = runner.invoke(
        app,
        ["understand", "--now", NOW, "--portfolio", str(portfolio)],
        input="拜访华兴机械王总,想续贷500万,下周二下午3点再约\n",
    )
    found = json.loads(result.stdout)
    assert found | {"text": ""} == {
        "text": "", "intent": "log", "customer": "c7", "kind": "visit",
        "occurred_date": "2026-11-23", "amount": 5_000_000, "product": "loan",
        "outcome": "interested", "follow_up_date": "2026-12-01", "follow_up_time": "15:00",
    }  # fmt: skip


@pytest.mark.parametrize("now", ["yesterday", "2026-11-23T10:00:00"])
def test_a_now_without_zone_is_refused_with_a_sentence(now: str) -> None:
    result = runner.invoke(app, ["when", "--now", now], input="明天\n")
    assert result.exit_code == 2
    assert "2026-11-23T10:00+08:00" in result.stderr


def test_migrate_makes_an_empty_database_ready_and_may_be_repeated() -> None:
    assert runner.invoke(app, ["migrate"]).exit_code == 0
    assert runner.invoke(app, ["migrate"]).exit_code == 0


def test_retrying_what_is_no_dead_letter_says_so() -> None:
    runner.invoke(app, ["migrate"])
    result = runner.invoke(app, ["retry", "u:1"])
    assert result.exit_code == 1
    assert "not among the dead letters" in result.stderr


def test_run_without_a_token_says_what_is_missing() -> None:
    result = runner.invoke(app, ["run"])
    assert result.exit_code == 2
    assert "ROUNDSMAN_TOKEN" in result.stderr


def test_doctor_tells_a_monitor_that_something_is_broken() -> None:
    result = runner.invoke(app, ["doctor"])
    assert result.exit_code == 2
    assert "ROUNDSMAN_TOKEN is not set" in result.stdout


def test_inviting_nobody_is_refused() -> None:
    runner.invoke(app, ["migrate"])
    result = runner.invoke(app, ["invite", "404"])
    assert result.exit_code == 1


def test_every_command_shows_an_example() -> None:
    for command in ("run", "demo", "migrate", "settings", "retry", "doctor", "invite", "when",
                    "understand"):  # fmt: skip
        assert "Example" in runner.invoke(app, [command, "--help"]).stdout


def test_the_page_of_settings_is_what_the_code_says(request: pytest.FixtureRequest) -> None:
    page = request.config.rootpath / "docs" / "settings.md"
    assert page.read_text(encoding="utf-8") == settings_markdown()


def test_an_invitation_is_printed_once(
    sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    from storage import db
    from tests.support.bank import build_bank

    url = sqlite_databases.fresh()
    monkeypatch.setenv("ROUNDSMAN_DATABASE_URL", url)

    async def build() -> None:
        await db.connect(url)
        await build_bank()
        await db.disconnect()

    asyncio.run(build())
    result = runner.invoke(app, ["invite", "1011"])
    assert result.exit_code == 0
    assert "/start " in result.stdout
