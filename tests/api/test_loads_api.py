"""The warehouse interface over HTTP: a file in one request, as the command line would load it."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import Workbook

from storage.models import Account, Balance, Change, Load
from tests.support.api import Served
from tests.support.rows import fingerprint

ACCOUNTS = "customer,number,kind,balance\nC001,9931000000167670,basic,3200000.00\n"
BALANCES = "account,day,balance\n9931000000167670,2026-11-21,100.50\n9931000000167670,x,1\n"
CSV = {"Content-Type": "text/csv"}


async def test_accounts_and_their_balances_are_loaded_and_bad_rows_named(api: Served) -> None:
    asker = await api.asker("1008")
    made = await asker.ask(
        "POST", "/loads?kind=accounts&as_of=2026-11-22", data=ACCOUNTS, headers=CSV
    )
    assert (made.status, made.json["added"], made.json["bad"]) == (200, 1, 0)
    account = await Account.get(number="9931000000167670")
    assert (account.balance_fen, account.tail, str(account.as_of)) == (
        320_000_000, "7670", "2026-11-22",
    )  # fmt: skip
    loaded = (await asker.ask("POST", "/loads?kind=balances", data=BALANCES, headers=CSV)).json
    assert (loaded["added"], loaded["bad"], loaded["kept"]) == (1, 1, True)
    [bad] = loaded["errors"]
    assert (bad["line"], bad["column"], bad["value"]) == (3, "day", "x")
    assert (await Balance.get(account=account)).balance_fen == 10_050
    listed = (await asker.get("/loads")).json["items"]
    assert [(one["kind"], one["status"], one["origin"]) for one in listed] == [
        ("balances", "done", "api"), ("accounts", "done", "api"),
    ]  # fmt: skip
    assert (await asker.get(f"/loads/{loaded['id']}")).json["bad"] == 1


async def test_the_same_file_again_changes_nothing_and_a_change_leaves_its_trail(
    api: Served,
) -> None:
    asker = await api.asker("1008")
    for _ in range(2):
        said = await asker.ask("POST", "/loads?kind=accounts", data=ACCOUNTS, headers=CSV)
    assert (said.json["added"], said.json["unchanged"]) == (0, 1)
    line = {"customer": "C001", "number": "9931000000167670", "balance": 2800000}
    changed = await asker.ask(
        "POST", "/loads?kind=accounts", data=json.dumps(line),
        headers={"Content-Type": "application/x-ndjson"},
    )  # fmt: skip
    assert changed.json["changed"] == 1
    trail = await Change.get(field="balance_fen")
    assert (trail.was, trail.now, trail.source) == ("3200000.00", "2800000.00", "warehouse")


async def test_a_spreadsheet_is_rehearsed_without_a_trace(api: Served) -> None:
    asker, book, content = await api.asker("1008"), Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["客户号", "银行", "余额"])
    book.active.append(["C001", "宁波银行", 5_000_000])
    book.save(content)
    before = await fingerprint(without=("ApiToken",))
    said = await asker.ask(
        "POST", "/loads?kind=other_banks&dry_run=true", data=content.getvalue(),
        headers={"Content-Type": "application/octet-stream"},
    )  # fmt: skip
    assert (said.json["added"], said.json["kept"], said.json["id"]) == (1, False, None)
    assert await fingerprint(without=("ApiToken",)) == before


@pytest.mark.parametrize("number", ["1001", "1003", "1007", "1010"])
async def test_only_an_administrator_loads(api: Served, number: str) -> None:
    asker = await api.asker(number)
    refused = await asker.ask("POST", "/loads?kind=accounts", data=ACCOUNTS, headers=CSV)
    assert refused.is_problem(403, "not_allowed")
    assert (await asker.get("/loads")).is_problem(403, "not_allowed")
    assert await Load.all().count() == 0


async def test_what_is_no_file_of_rows_or_of_no_kind_is_told(api: Served) -> None:
    asker = await api.asker("1008")
    said = await asker.ask("POST", "/loads?kind=accounts", data=b"PK\x03\x04junk", headers=CSV)
    assert said.is_problem(409, "unreadable_file")
    said = await asker.ask("POST", "/loads?kind=nonsense", data=ACCOUNTS, headers=CSV)
    assert said.is_problem(422, "invalid")
    said = await asker.ask("POST", "/loads?kind=accounts", json={})
    assert said.is_problem(415, "unsupported_media_type")
