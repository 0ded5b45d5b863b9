"""The command line, as an operator types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.cli.commands import app
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
    for command in ("run", "demo", "migrate", "settings", "retry", "dismiss", "doctor", "invite",
                    "when", "understand"):  # fmt: skip
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


async def give_up(url: str) -> None:
    """One dead letter in an empty database."""
    from storage import db
    from storage.queues import Arrival, mark_dead, put_inbox

    await db.connect(url)
    await put_inbox([Arrival("u:7", "c:1", 7, "{}")], 1)
    assert await mark_dead("u:7", "RuntimeError", 2)
    await db.disconnect()


def test_a_dead_letter_is_listed_tried_again_and_dismissed(
    sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    url = sqlite_databases.fresh()
    monkeypatch.setenv("ROUNDSMAN_DATABASE_URL", url)
    asyncio.run(give_up(url))
    assert "dead letter u:7, an update, after 1 attempts" in runner.invoke(app, ["doctor"]).stdout
    result = runner.invoke(app, ["retry", "u:7"])
    assert (result.exit_code, result.stdout) == (0, "u:7 will be tried again.\n")
    again = runner.invoke(app, ["dismiss", "u:7"])
    assert (again.exit_code, again.stderr) == (1, "u:7 is not among the dead letters.\n")


def test_everything_given_up_long_ago_is_dismissed_at_once(
    sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    url = sqlite_databases.fresh()
    monkeypatch.setenv("ROUNDSMAN_DATABASE_URL", url)
    asyncio.run(give_up(url))
    result = runner.invoke(app, ["dismiss", "--all-older-than", "7d"])
    assert (result.exit_code, result.stdout) == (0, "1 were dismissed.\n")
    assert "u:7" not in runner.invoke(app, ["doctor"]).stdout


@pytest.mark.parametrize(
    "words", [["dismiss"], ["dismiss", "u:1", "--all-older-than", "7d"],
              ["dismiss", "--all-older-than", "week"]],
)  # fmt: skip
def test_dismissing_without_saying_what_is_refused(words: list[str]) -> None:
    assert runner.invoke(app, words).exit_code == 2
