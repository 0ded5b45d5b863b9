"""The folder of attachments is closed, or full: the record is saved, the bytes are kept later."""

from __future__ import annotations

import contextlib
import resource
from typing import TYPE_CHECKING

import pytest

from storage.files import FileStore
from storage.models import Activity, Attachment, Inbox
from tests.support.town import running_town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.support.town import Town

PHOTO = b"\xff\xd8\xff\xe0photo"
BIG = bytes(64 << 10)


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The town, with a file in the place of its folder of attachments: root may write anywhere."""
    (tmp_path / "files").write_bytes(b"")
    async with running_town(database_url, tmp_path) as running:
        yield running


async def test_a_closed_folder_loses_neither_the_record_nor_the_photo(
    town: Town, tmp_path: Path
) -> None:
    li = town.phone("1001")
    await li.says("/visit")
    await li.presses("上海百维物流有限公司")
    await li.sends_photo(PHOTO, caption="厂房")
    await li.presses("拜访")
    await li.presses("有意向")
    await li.presses("跳过")
    await li.presses("没有下一步")
    await li.presses("保存")
    await li.sees("✅ 已保存")
    assert await town.app.downloads.fetch_some() == 0
    assert (await Attachment.get()).sha256 is None
    assert await Activity.all().count() == 1
    assert not await Inbox.exclude(status="done").exists()
    (tmp_path / "files").unlink()
    await town.app.downloads.fetch_some()
    assert town.app.files.get(str((await Attachment.get()).sha256)) == PHOTO


@contextlib.contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """The kernel refuses what goes beyond, in the middle of writing."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_that_finds_no_room_is_not_kept_in_part(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    with no_file_longer_than(len(BIG) // 2), pytest.raises(OSError, match="File too large"):
        files.put(BIG)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files.get(files.put(BIG)) == BIG
