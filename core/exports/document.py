"""A document as data: a title and tables, in the reader's language, masked already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Block:
    """A table with its title."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


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
