"""`roundsman import customers` and `roundsman search`, from an empty database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.commands import app
from tests.support.databases import SqliteDatabases

FILE = """id,name,name_en,credit_code,legal_representative,phone,city,sector
K1,上海华兴机械制造有限公司,Shanghai Huaxing Machinery,91310000MA1000011A,王建国,021-55550001,上海,C
K2,上海华星电子科技有限公司,Shanghai Huaxing Electronics,91310000MA1000022B,刘洋,13800001234,上海,电子
K3,苏州恒达精密模具有限公司,"Suzhou Hengda Precision Mould Co., Ltd.",,张敏,,苏州,
K4,上海百维物流有限公司,"Shanghai Brightway Logistics Co., Ltd.",,林晓东,,上海,logistics
"""  # noqa: E501 - rows of a file
ASKED = {
    "华兴": "K1", "hxjx": "K1", "机械华兴": "K1", "huaxing electronics": "K2", "恒达模具": "K3",
    "hengda mold": "K3", "linxiaodong": "K4", "王建国": "K1", "55550001": "K1",
    "91310000MA1000022B": "K2", "138 0000 1234": "K2", "Brigthway": "K4", "百維物流": "K4",
}  # fmt: skip
runner = CliRunner()


@pytest.fixture(autouse=True)
def loaded(
    sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An empty, migrated database with the file in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROUNDSMAN_DATABASE_URL", sqlite_databases.fresh())
    file = tmp_path / "customers.csv"
    file.write_bytes(FILE.encode("gb18030"))
    result = runner.invoke(app, ["import", "customers", str(file)])
    assert result.exit_code == 0, result.output
    assert "4 added" in result.stdout


def searched(*queries: str, options: tuple[str, ...] = ()) -> list[dict[str, object]]:
    result = runner.invoke(app, ["search", *options], input="\n".join(queries) + "\n")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_best_comes_first_by_the_ids_of_the_file() -> None:
    found = searched(*ASKED)
    assert [one["query"] for one in found] == list(ASKED)
    firsts = {str(one["query"]): one["ids"] for one in found}
    assert {query: ids[:1] for query, ids in firsts.items()} == {  # type: ignore[index]
        query: [best] for query, best in ASKED.items()
    }


def test_a_line_without_anything_to_look_for_finds_nothing() -> None:
    assert [one["ids"] for one in searched("", "😀", "%%", "没有这家公司")] == [[], [], [], []]


def test_nobody_is_searched_for_as_somebody_who_is_not_there() -> None:
    result = runner.invoke(app, ["search", "--as", "9999"], input="华兴\n")
    assert result.exit_code == 1
    assert "9999" in result.output


def test_what_an_older_version_made_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio
    import os

    from storage import db

    async def age() -> None:
        await db.connect(os.environ["ROUNDSMAN_DATABASE_URL"])
        await db.execute(
            "UPDATE customer SET search_text = replace(search_text, 'linxiaodong', 'x')"
        )
        await db.disconnect()

    asyncio.run(age())
    assert searched("linxiaodong")[0]["ids"] == []
    assert "Made anew: 1" in runner.invoke(app, ["reindex"]).stdout
    assert searched("linxiaodong")[0]["ids"] == ["K4"]
    assert "Made anew: 0" in runner.invoke(app, ["reindex"]).stdout
