"""Tokens of the API, as an operator makes and revokes them."""

from __future__ import annotations

import asyncio

import pytest
from typer.testing import CliRunner

from bot.cli.commands import app
from storage import announcements, db
from storage.models import Staff, Subscription
from tests.support.bank import MONDAY, build_bank
from tests.support.databases import SqliteDatabases

runner = CliRunner(env={"COLUMNS": "200"})


@pytest.fixture(autouse=True)
def url(sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch) -> str:
    """The small bank, in a file that the settings name."""
    fresh = sqlite_databases.fresh()
    monkeypatch.setenv("ROUNDSMAN_DATABASE_URL", fresh)
    monkeypatch.delenv("ROUNDSMAN_TOKEN", raising=False)

    async def build() -> None:
        await db.connect(fresh)
        await build_bank()
        await db.disconnect()

    asyncio.run(build())
    return fresh


def test_a_token_is_made_listed_and_revoked() -> None:
    made = runner.invoke(app, ["token", "create", "1001", "--name", "core banking",
                               "--scope", "customers:read", "--scope", "export"])  # fmt: skip
    assert made.exit_code == 0
    assert made.stdout.startswith("rdm_")
    assert len(made.stdout.split()) == 1  # the secret alone, so that a script can take it
    listed = runner.invoke(app, ["token", "list"]).stdout
    assert "core banking" in listed
    assert made.stdout.strip() not in listed
    ended = runner.invoke(app, ["token", "revoke", "1"])
    assert (ended.exit_code, ended.stdout) == (0, "Token 1 is revoked.\n")
    again = runner.invoke(app, ["token", "revoke", "1"])
    assert (again.exit_code, again.stderr) == (1, "That token is revoked already.\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["404", "--scope", "export"], "I can't find that"),
        (["1001", "--scope", "everything"], "There is no scope everything."),
        (["1001", "--scope", "export", "--days", "0"], "1 to 366 days"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(words: list[str], sentence: str) -> None:
    refused = runner.invoke(app, ["token", "create", *words, "--name", "x"])
    assert refused.exit_code == 1
    assert sentence in refused.stderr


def test_every_command_shows_an_example() -> None:
    for command in ("create", "list", "revoke"):
        assert "Example" in runner.invoke(app, ["token", command, "--help"]).stdout


def test_doctor_names_a_system_that_could_not_be_told(url: str) -> None:
    async def give_up() -> None:
        await db.connect(url)
        staff = await Staff.get(number="1003")
        made = await Subscription.create(
            url="https://core.example/", secret="x", events=[], staff=staff, created_at=MONDAY
        )
        await announcements.put(made.id, "activity.logged", "{}", 1)
        (due,) = await announcements.claim(2, 3, 1)
        await announcements.give_up(due.id, "status 500")
        await db.disconnect()

    asyncio.run(give_up())
    said = runner.invoke(app, ["doctor"]).stdout
    assert "https://core.example/: 1 announcements were given up, status 500" in said
