"""A document as a PDF file of A4 pages, with a font that has Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace, TTFFont

from core.typeface import typeface

if TYPE_CHECKING:
    from core.exports.document import Block, Document

_FONT = "noto"
_MARGIN = 16
#: a column is at least and at most so many letters wide beside the others
_NARROW, _BROAD = 5, 30
_QUIET, _INK, _HEAD = (107, 114, 128), (31, 42, 55), (219, 234, 254)


class _Pages(FPDF):
    def __init__(self, document: Document) -> None:
        super().__init__(format="A4")
        self._document = document
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN + 4)
        self.add_font(_FONT, "", str(typeface()))
        self.alias_nb_pages("{all}")
        self.set_title(document.title)

    def written(self, text: str) -> str:
        """A text without what the font can't show: emoji would stand there as empty boxes."""
        font = self.fonts[_FONT]
        assert isinstance(font, TTFFont)
        known = font.cmap
        return "".join(letter for letter in text if letter == "\n" or ord(letter) in known).strip()

    def footer(self) -> None:
        """Who had it made on the left, the page on the right."""
        self.set_y(-_MARGIN)
        self.set_font(_FONT, size=8)
        self.set_text_color(*_QUIET)
        self.cell(text=self._document.made)
        label = self._document.page_label.replace("{n}", str(self.page_no()))
        self.set_x(-_MARGIN - 40)
        self.cell(40, text=label, align="R")


def as_pdf(document: Document) -> bytes:
    """The document as a PDF file."""
    pages = _Pages(document)
    pages.add_page()
    pages.set_font(_FONT, size=18)
    pages.set_text_color(*_INK)
    pages.multi_cell(0, text=pages.written(document.title), new_x="LMARGIN", new_y="NEXT")
    pages.ln(5)
    for block in document.blocks:
        _block(pages, block, document.nothing)
    return bytes(pages.output())


def _block(pages: _Pages, block: Block, nothing: str) -> None:
    if pages.will_page_break(30):
        pages.add_page()
    pages.set_font(_FONT, size=12)
    pages.set_text_color(*_INK)
    pages.cell(text=block.title, new_x="LMARGIN", new_y="NEXT")
    pages.ln(1)
    pages.set_font(_FONT, size=9)
    if not block.rows:
        pages.set_text_color(*_QUIET)
        pages.cell(text=nothing, new_x="LMARGIN", new_y="NEXT")
        pages.ln(4)
        return
    face = FontFace(emphasis="", fill_color=_HEAD, color=_INK)
    with pages.table(
        col_widths=_widths(block), headings_style=face, line_height=5, text_align="LEFT",
        borders_layout=TableBordersLayout.HORIZONTAL_LINES, padding=(0.6, 1),
    ) as table:  # fmt: skip
        for texts in (block.heads, *block.rows):
            row = table.row()
            for value in texts:
                row.cell("" if value is None else pages.written(str(value)))
    pages.ln(5)


def _widths(block: Block) -> tuple[int, ...]:
    """Columns by their longest text, within limits."""
    return tuple(max(_NARROW, min(_BROAD, wide)) for wide in block.widths(block.rows))
