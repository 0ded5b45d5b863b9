"""What a file is, by what is in it and never by what it is called; and a name to keep it by. Pure.

Only what is listed here is kept: photos, PDF and office files. A web page that calls itself a
photo is none of them. An office file is a ZIP archive: one that would swell when opened, or that
carries macros, is refused; nothing is ever unpacked here.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import IO

#: an office file says so within these bytes
HEAD = 64
NAME_LENGTH = 120
#: an archive may have so many parts, swell so far in all, and by so much at most
_MOST_PARTS, _MOST_UNPACKED, _MOST_SWOLLEN = 5_000, 400_000_000, 200
_HEIC = frozenset({b"heic", b"heix", b"mif1", b"heif"})
_OFFICE = {
    "word/": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xl/": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ppt/": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
}


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file is: its media type, the ending of its name, and photo or document."""

    media_type: str
    ending: str
    form: str


UNKNOWN = FileType("application/octet-stream", "bin", "document")
_ZIP = FileType("application/zip", "zip", "document")


def by_first_bytes(head: bytes) -> FileType | None:
    """What its first bytes say; an archive is a `.zip` until it was looked into."""
    if head.startswith(b"\xff\xd8\xff"):
        return FileType("image/jpeg", "jpg", "photo")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileType("image/png", "png", "photo")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileType("image/webp", "webp", "photo")
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return FileType("image/heic", "heic", "document")
    if head.startswith(b"%PDF-"):
        return FileType("application/pdf", "pdf", "document")
    return _ZIP if head.startswith(b"PK\x03\x04") else None


def type_of(file: IO[bytes]) -> FileType | None:
    """What a whole file is; None for what is not kept."""
    found = by_first_bytes(file.read(HEAD))
    if found != _ZIP:
        return found
    file.seek(0)
    return _office(file)


def _office(file: IO[bytes]) -> FileType | None:
    """The office file that an archive is; its list of parts is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        return None
    names = [one.filename for one in parts]
    if "[Content_Types].xml" not in names or len(parts) > _MOST_PARTS:
        return None
    packed = sum(one.compress_size for one in parts)
    unpacked = sum(one.file_size for one in parts)
    if unpacked > _MOST_UNPACKED or unpacked > max(packed, 1) * _MOST_SWOLLEN:
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    for folder, (media_type, ending) in _OFFICE.items():
        if any(name.startswith(folder) for name in names):
            return FileType(media_type, ending, "document")
    return None


def kept_name(said: str, ending: str) -> str:
    """A name without a path and without what can't be seen, with the ending that is true."""
    last = re.split(r"[/\\]", said)[-1]
    seen = "".join(one for one in last if unicodedata.category(one) not in {"Cc", "Cf", "Cs"})
    stem = re.sub(r'[<>:"|?*]', "_", seen).strip(" .")
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem)[:NAME_LENGTH].strip(" .")
    return f"{stem}.{ending}" if stem else ""
