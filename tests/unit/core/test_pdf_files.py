"""Documents as PDF files."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from core.exports.document import Block, Document
from core.exports.pdf import _Pages, as_pdf

if TYPE_CHECKING:
    import pytest


def _document(*cells: str) -> Document:
    block = Block("记录", ("备注",) * len(cells), (cells,))
    return Document("华兴 👥", "李伟", "华兴", (block,), "无", "{n}")


def test_what_the_font_lacks_is_left_out_and_the_words_stay(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    document = _document("👥 双人 1/2 – 待李娜确认", "下次谈 👍\n带合同", "¥1,250万")
    assert as_pdf(document).startswith(b"%PDF")
    assert not [one for one in caplog.records if "missing" in one.getMessage()]
    pages = _Pages(document)
    assert pages.written("👥 双人 1/2 – 待李娜确认") == "双人 1/2 – 待李娜确认"
    assert pages.written("下次谈 👍\n带合同") == "下次谈 \n带合同"
