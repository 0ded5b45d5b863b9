"""Papers and photos of a customer: the licence, a contract, the premises.

What names a file is kept with the customer; its bytes are fetched after the commit
(bot/downloads.py). Everybody who may see the customer sees which papers there are. They are opened
by those who work with the customer, and each opening is written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import audit, customers, sensitive
from core.consents import require
from core.errors import Invalid, NotAllowed
from core.facts.vocabulary import DOCUMENT_KINDS
from core.i18n import N_
from core.people import staff_name
from storage.models import Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from core.acting import Acting
    from storage.models import Customer

FORMS = ("photo", "document")
CAPTION_LENGTH = 200
MOST = 10
NOT_YOURS = N_("The papers are opened by those who work with this customer.")


@dataclass(frozen=True, slots=True)
class AddDocuments:
    """Keep papers or photos of one kind with a customer."""

    customer_id: int
    kind: str
    #: as conversations/engine/collecting.py describes them: kind, file_id, name, caption
    files: Sequence[Mapping[str, Any]]
    caption: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class EndDocument:
    """A paper is no longer good."""

    document_id: int


@dataclass(frozen=True, slots=True)
class RestoreDocument:
    """A paper that was ended is good after all."""

    document_id: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A paper in a list."""

    id: int
    kind: str
    #: photo, document
    form: str
    name: str
    caption: str
    expires: date | None
    added_at: datetime
    added_by: str
    ended: bool
    #: the bytes are in the store
    kept: bool = False


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Papers of a customer, the newest first."""

    customer: Customer
    rows: tuple[DocumentView, ...]
    total: int


async def add_documents(acting: Acting, command: AddDocuments) -> dict[str, Any]:
    """Keep them and return {"customer": …, "documents": [ids]}.

    Raises:
        NotFound: if the customer is none to be seen.
        NotAllowed: if it is not the acting person's to work with.
        Invalid: if there is no file, too many, or one that is no photo or document.
        ConsentMissing: if it proves somebody's identity, and that was not agreed to.
    """
    customer = await customers.workable(acting, command.customer_id)
    files = list(command.files)
    if command.kind not in DOCUMENT_KINDS or not 0 < len(files) <= MOST:
        raise Invalid
    if any(file["kind"] not in FORMS or not file["file_id"] for file in files):
        raise Invalid
    await refuse_without_consent(acting, customer.id, command.kind)
    ids = []
    for file in files:
        caption = (command.caption or str(file.get("caption") or "")).strip()
        made = await Document.create(
            customer_id=customer.id, kind=command.kind, form=file["kind"],
            file_id=file["file_id"], file_name=str(file.get("name") or "")[:200],
            caption=caption[:CAPTION_LENGTH], expires=command.expires, added_at=acting.now,
            added_by_id=acting.person.id,
        )  # fmt: skip
        ids.append(int(made.id))
    await audit.record_each(
        acting, "add", "document", ids, customer=customer.id, kind=command.kind
    )
    return {"customer": customer.id, "documents": ids}


async def refuse_without_consent(acting: Acting, customer_id: int, kind: str) -> None:
    """A paper that proves who somebody is may be kept only where that was agreed to.

    Raises:
        ConsentMissing: if it was not.
    """
    if kind == "identity":
        await require(acting, customer_id, "keep_identity")


async def end_document(acting: Acting, command: EndDocument) -> int:
    """End it, once, and return the customer's id.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if the customer is not the acting person's to work with.
    """
    return await _mark(acting, command.document_id, ended=True)


async def restore_document(acting: Acting, command: RestoreDocument) -> int:
    """Bring it back and return the customer's id.

    Raises:
        NotFound, NotAllowed: as `end_document`.
    """
    return await _mark(acting, command.document_id, ended=False)


async def _mark(acting: Acting, document_id: int, *, ended: bool) -> int:
    found = await Document.get_or_none(id=document_id)
    customer = await customers.workable(acting, found.customer_id if found else -1)
    assert found is not None
    if (found.ended_at is not None) != ended:
        found.ended_at = acting.now if ended else None
        await found.save(update_fields=["ended_at"])
        action = "end" if ended else "restore"
        await audit.record(acting, action, "document", found.id, customer=customer.id)
    return int(customer.id)


async def documents_of(
    acting: Acting, customer_id: int, *, limit: int, offset: int = 0
) -> DocumentPage:
    """The papers of a customer that are good, the newest first.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    kept = Document.filter(customer_id=customer.id, ended_at=None)
    rows = await kept.order_by("-id").offset(offset).limit(limit).select_related("added_by")
    return DocumentPage(customer, tuple(_view(acting, one) for one in rows), await kept.count())


async def document(acting: Acting, document_id: int) -> tuple[DocumentView, Customer]:
    """One paper, with the firm.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    found = await Document.get_or_none(id=document_id).select_related("added_by")
    customer = await customers.visible(acting, found.customer_id if found else -1)
    assert found is not None
    return _view(acting, found), customer


async def opened(acting: Acting, document_id: int) -> Document:
    """A paper to be shown; the look is written down.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if the acting person does not work with the customer, or lead who does.
    """
    found = await Document.get_or_none(id=document_id)
    customer = await customers.visible(acting, found.customer_id if found else -1)
    assert found is not None
    if not (await sensitive.clearance(acting, customer)).works:
        raise NotAllowed(NOT_YOURS)
    await audit.record(acting, "read", "document", found.id, customer=customer.id)
    return found


def _view(acting: Acting, one: Document) -> DocumentView:
    return DocumentView(
        id=one.id, kind=one.kind, form=one.form, name=one.file_name, caption=one.caption,
        expires=one.expires, added_at=one.added_at,
        added_by=staff_name(one.added_by, acting.locale), ended=one.ended_at is not None,
        kept=len(one.sha256 or "") > 1,
    )  # fmt: skip
