"""A file of the bank's systems that did not go well, told to who keeps it in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dropped import DropWatch
from tests.support.town import Town

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNTS = "customer,number,kind\nC001,6222000011112222,basic\nNONE,6222000011113333,basic\n"


async def dropped(town: Town, folder: Path) -> None:
    """Two files are put down, and the watch looks twice."""
    (folder / "accounts-20261123.csv").write_text(ACCOUNTS)
    (folder / "riddle.csv").write_text("x")
    watch = DropWatch(folder, town.clock, town.app.sender.wake)
    assert await watch.look() == 0
    assert await watch.look() == 2
    await town.settles()


async def test_a_bad_row_and_an_unknown_file_are_told_and_listed(
    town: Town, tmp_path: Path
) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    await dropped(town, folder)
    admin = town.phone("1008")
    assert "accounts-20261123.csv：2 行中有 1 行有误，其余已入库。" in str(admin.transcript())
    assert "未入库：riddle.csv" in str(admin.transcript())
    await admin.presses("📥 数据入库")
    shown = await admin.sees("accounts-20261123.csv")
    assert "1 新增，0 变更，0 未变，1 有误" in shown.text
    li = town.phone("1001")
    await li.says("/loads")
    assert "riddle" not in li.last.text


async def test_a_file_that_was_not_loaded_is_told_in_english(
    english_town: Town, tmp_path: Path
) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    await dropped(english_town, folder)
    admin = english_town.phone("1008")
    assert "accounts-20261123.csv: 1 of 2 rows are bad, the others are loaded." in str(
        admin.transcript()
    )
    await admin.says("/loads")
    await admin.sees("1 new, 0 changed, 0 as before, 1 bad")
