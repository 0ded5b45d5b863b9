"""A document as data: a title and tables, in the reader's language, masked already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.typeface import columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Block:
    """A table with its title."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def widths(self, rows: Sequence[tuple[Value, ...]]) -> list[int]:
        """How wide each column's longest text is, its head and these rows considered."""
        return [
            max(columns_of(text) for text in (head, *(str(row[number] or "") for row in rows)))
            for number, head in enumerate(self.heads)
        ]


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be written."""

    title: str
    #: who had it made, and when
    made: str
    #: without its ending
    file_name: str
    blocks: tuple[Block, ...]
    #: what stands where a block has no rows
    nothing: str
    #: "Page {n} of {all}"
    page_label: str
