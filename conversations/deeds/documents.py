"""A paper is shown, ended or brought back by one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from markupsafe import escape

from conversations.deeds.outcome import Outcome
from conversations.pages.document import document
from conversations.words import whole
from core.documents import EndDocument, RestoreDocument, opened
from core.screens import Paper, StoredFile

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def show_document(acting: Acting, perform: Perform, document_id: str) -> Outcome:
    """The paper itself.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if the acting person does not work with the customer.
    """
    del perform
    found = await opened(acting, whole(document_id))
    if not found.file_id:  # it did not come through the chat
        return Outcome(
            posts=(Paper("document", found.form, str(escape(found.caption)), found.id),)
        )
    kind = cast("Literal['photo', 'document']", found.form)
    return Outcome(posts=(StoredFile(kind, found.file_id, found.caption),))


async def end_document(acting: Acting, perform: Perform, document_id: str) -> Outcome:
    """It is no longer good; the page offers the way back."""
    await perform(EndDocument(whole(document_id)))
    return Outcome(await document(acting, document_id), toast=str(acting.texts("Ended")))


async def restore_document(acting: Acting, perform: Perform, document_id: str) -> Outcome:
    """It is good after all."""
    await perform(RestoreDocument(whole(document_id)))
    return Outcome(await document(acting, document_id), toast=str(acting.texts("Brought back")))
