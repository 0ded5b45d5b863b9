"""The papers of a customer, and a summary sent to a colleague, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field

from core import documents
from core.api.route import Route
from core.api.schemas import Given, Id, Moment, Told, text
from core.documents import EndDocument, RestoreDocument
from core.summaries import NOTE_LENGTH, SendSummary

if TYPE_CHECKING:
    from core.api.route import Call
    from core.api.schemas import Nothing
    from core.documents import DocumentView

MOST = 200


class DocumentTold(Told):
    """A paper or photo of a customer; its file is `/documents/{id}/content`."""

    id: int
    customer_id: int
    kind: str
    form: Literal["photo", "document"]
    name: str
    caption: str
    expires: date | None
    added_at: Moment
    added_by: str
    ended: bool
    kept: bool = Field(description="The file itself is here.")

    @classmethod
    def of(cls, view: DocumentView, customer_id: int) -> Self:
        """As the bot's own lists have it."""
        return cls(
            id=view.id, customer_id=customer_id, kind=view.kind,
            form="photo" if view.form == "photo" else "document", name=view.name,
            caption=view.caption, expires=view.expires, added_at=view.added_at,
            added_by=view.added_by, ended=view.ended, kept=view.kept,
        )  # fmt: skip


class DocumentsTold(Told):
    """The papers that are good, the newest first."""

    items: list[DocumentTold]
    total: int


class SummaryGiven(Given):
    """To whom a summary goes."""

    to_staff_id: Id = Field(examples=[1])
    note: Annotated[str, text(NOTE_LENGTH)] = ""


class SummarySentTold(Told):
    """What was sent."""

    customer_id: int
    to_staff_id: int


async def list_documents(call: Call[Nothing, None]) -> DocumentsTold:
    """The papers and photos of a customer."""
    page = await documents.documents_of(call.acting, call.id("customer_id"), limit=MOST)
    items = [DocumentTold.of(one, page.customer.id) for one in page.rows]
    return DocumentsTold(items=items, total=page.total)


async def get_document(call: Call[Nothing, None]) -> DocumentTold:
    """One paper."""
    view, customer = await documents.document(call.acting, call.id("document_id"))
    return DocumentTold.of(view, customer.id)


async def end_document(call: Call[Nothing, None]) -> DocumentTold:
    """Say that a paper is no longer good."""
    await call.perform(EndDocument(call.id("document_id")))
    return await get_document(call)


async def restore_document(call: Call[Nothing, None]) -> DocumentTold:
    """Say that a paper is good after all."""
    await call.perform(RestoreDocument(call.id("document_id")))
    return await get_document(call)


async def send_summary(call: Call[Nothing, SummaryGiven]) -> SummarySentTold:
    """Send a colleague who may see the customer its summary, into the chat."""
    given = call.body
    command = SendSummary(call.id("customer_id"), given.to_staff_id, given.note)
    customer_id = await call.perform(command)
    return SummarySentTold(customer_id=customer_id, to_staff_id=given.to_staff_id)


ROUTES = (
    Route(method="GET", path="/customers/{customer_id}/documents", scope="customers:read",
          does=list_documents, answer=DocumentsTold, summary="List papers and photos"),
    Route(method="GET", path="/documents/{document_id}", scope="customers:read",
          does=get_document, answer=DocumentTold, summary="Read what a paper is"),
    Route(method="POST", path="/documents/{document_id}/end", scope="customers:write",
          kind="change", does=end_document, answer=DocumentTold, unchanged=get_document,
          summary="Say that a paper is no longer good"),
    Route(method="POST", path="/documents/{document_id}/restore", scope="customers:write",
          kind="change", does=restore_document, answer=DocumentTold, unchanged=get_document,
          summary="Say that a paper is good after all"),
    Route(method="POST", path="/customers/{customer_id}/summaries", scope="customers:write",
          kind="change", does=send_summary, body=SummaryGiven, answer=SummarySentTold,
          status=201, summary="Send a colleague a summary"),
)  # fmt: skip
