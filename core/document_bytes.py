"""Papers with their bytes: brought over HTTP, handed out to who works with the customer.

The bytes are kept by their hash (storage/files.py), wherever they came from. What a file is, is
read from its bytes each time: what came through the chat is checked no less when it goes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import audit, customers, sensitive
from core.documents import CAPTION_LENGTH, NOT_YOURS, refuse_without_consent
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.facts.vocabulary import DOCUMENT_KINDS
from core.i18n import N_
from core.rules.file_types import HEAD, UNKNOWN, by_first_bytes, kept_name, type_of
from storage.models import Document

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from typing import IO

    from core.acting import Acting
    from core.rules.file_types import FileType
    from storage.files import FileStore

LARGEST = 20_000_000
NO_PAPER = N_("Only photos (JPEG, PNG, WebP, HEIC), PDF and office files without macros are kept.")
NOT_HERE = N_("The file itself is not here: ask who added it to send it again.")


@dataclass(frozen=True, slots=True)
class KeepDocument:
    """Keep a paper whose bytes are in the store already."""

    customer_id: int
    kind: str
    sha256: str
    #: photo, document
    form: str
    name: str
    caption: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A paper's bytes and what they are."""

    path: Path
    type: FileType
    name: str


def checked(file: IO[bytes]) -> FileType:
    """What a file is that somebody brings.

    Raises:
        Invalid: if it is nothing that is kept, whatever it calls itself.
    """
    found = type_of(file)
    if found is None:
        raise Invalid(NO_PAPER)
    return found


async def may_bring(acting: Acting, customer_id: int, kind: str) -> None:
    """Refuse a paper before its bytes are read.

    Raises:
        NotFound, NotAllowed: if the customer is not the acting person's to work with.
        Invalid: if the kind is none.
        ConsentMissing: as `keep_document`.
    """
    customer = await customers.workable(acting, customer_id)
    if kind not in DOCUMENT_KINDS:
        raise Invalid
    await refuse_without_consent(acting, customer.id, kind)


async def keep_document(acting: Acting, command: KeepDocument) -> int:
    """Keep it and return its id; the same bytes again are the same paper.

    Raises:
        NotFound, NotAllowed: if the customer is not the acting person's to work with.
        Invalid: if the kind is none.
        ConsentMissing: if it proves somebody's identity, and that was not agreed to.
    """
    await may_bring(acting, command.customer_id, command.kind)
    customer = await customers.workable(acting, command.customer_id)
    there = await Document.filter(
        customer_id=customer.id, kind=command.kind, sha256=command.sha256, ended_at=None
    ).first()
    if there is not None:
        return int(there.id)
    made = await Document.create(
        customer_id=customer.id, kind=command.kind, form=command.form, file_id="",
        file_name=command.name, caption=command.caption.strip()[:CAPTION_LENGTH],
        expires=command.expires, sha256=command.sha256, added_at=acting.now,
        added_by_id=acting.person.id,
    )  # fmt: skip
    await audit.record(acting, "add", "document", made.id, customer=customer.id, kind=command.kind)
    return int(made.id)


async def kept_file(acting: Acting, files: FileStore, document_id: int) -> KeptFile:
    """A paper's bytes, for who works with the customer; that it was read is written elsewhere.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if the acting person does not work with the customer, or lead who does.
        Conflict: if the bytes are not here.
    """
    found = await Document.get_or_none(id=document_id)
    customer = await customers.visible(acting, found.customer_id if found else -1)
    if found is None:
        raise NotFound
    if not (await sensitive.clearance(acting, customer)).works:
        raise NotAllowed(NOT_YOURS)
    try:
        path = files.path(found.sha256 or "")
        with path.open("rb") as file:
            known = by_first_bytes(file.read(HEAD)) or UNKNOWN
    except FileNotFoundError as missing:
        raise Conflict(NOT_HERE) from missing
    name = kept_name(found.file_name, known.ending) or f"{found.kind}-{found.id}.{known.ending}"
    if known.ending == "zip":
        with path.open("rb") as file:
            known = type_of(file) or UNKNOWN
        name = name.removesuffix("zip") + known.ending
    return KeptFile(path, known, name)
