"""Which encoding a text is in, found without reading it into memory.

A mark decides. Without one, the lines that are not plain ASCII are tried: what is UTF-8 in most
of them is UTF-8 with broken lines, everything else comes from an older Chinese program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: lines that are not plain ASCII after which the matter is settled
_ENOUGH = 1000
_LONGEST = 1 << 20


def encoding_of(file: Path) -> str:
    """The encoding's name as Python knows it."""
    utf8 = seen = 0
    with file.open("rb") as text:
        head = text.read(4)
        marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
        if marked:
            return marked
        text.seek(0)
        while seen < _ENOUGH and (line := text.readline(_LONGEST)):
            if line.isascii():
                continue
            seen += 1
            utf8 += _is(line, "utf-8")
    return "utf-8" if 2 * utf8 >= seen else "gb18030"


def _is(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
