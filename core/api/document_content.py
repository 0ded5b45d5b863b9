"""The bytes of papers over HTTP: brought as the body, handed out as an attachment.

A body is written to the store's own folder as it comes, a piece at a time, and kept only once it
was found to be a photo, a PDF or an office file. What goes out is never shown in place: it is an
attachment of the type that its bytes are, which a browser may not guess at.
"""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from aiohttp import web
from pydantic import Field

from core import document_bytes, documents
from core.api.documents import DocumentTold
from core.api.problems import Rejected, absent
from core.api.route import PREFIX, Route
from core.api.schemas import Asked, OneOf, Told, text
from core.bus import perform
from core.clock import new_token
from core.document_bytes import LARGEST, KeepDocument
from core.documents import CAPTION_LENGTH, opened
from core.facts.vocabulary import DOCUMENT_KINDS
from core.rules.file_types import NAME_LENGTH, kept_name
from storage.db import transaction
from storage.files import FileStore

if TYPE_CHECKING:
    from core.api.session import Asking, Session

FILES = web.AppKey("files", FileStore)
#: what a client may call it; what it is, its bytes say
ACCEPTED = (
    "application/octet-stream", "image/jpeg", "image/png", "image/webp", "image/heic",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
)  # fmt: skip
_CHUNK = 1 << 16


class PaperAsked(Asked):
    """What the paper is."""

    kind: Annotated[str, OneOf(DOCUMENT_KINDS)]
    name: Annotated[str, text(NAME_LENGTH)] = Field("", description="Of the file, for people.")
    caption: Annotated[str, text(CAPTION_LENGTH)] = ""
    expires: date | None = Field(None, description="Until when it is good.")


class ContentGiven(Told):
    """The bytes of a paper."""


async def add_document(
    session: Session, request: web.Request, asking: Asking
) -> web.StreamResponse:
    """Keep a paper or photo with a customer: the body is the file, 20 MB at most.

    What it is, its bytes say, not its name nor its `Content-Type`: JPEG, PNG, WebP, HEIC, PDF and
    office files without macros are kept. The same bytes again are the same paper.
    """
    asked, customer_id = asking.query, int(asking.path["customer_id"])
    assert isinstance(asked, PaperAsked)
    files = _files(request)
    acting = await session.acting()
    await document_bytes.may_bring(acting, customer_id, asked.kind)
    incoming = await asyncio.to_thread(files.incoming)
    with closing(incoming):
        async for piece in request.content.iter_chunked(_CHUNK):
            if incoming.size + len(piece) > LARGEST:
                raise Rejected("too_large", most=LARGEST)
            await asyncio.to_thread(incoming.write, piece)
        with closing(incoming.reread()) as whole:
            found = await asyncio.to_thread(document_bytes.checked, whole)
        sha256 = await asyncio.to_thread(incoming.keep)
    command = KeepDocument(
        customer_id, asked.kind, sha256, found.form, kept_name(asked.name, found.ending),
        asked.caption, asked.expires,
    )  # fmt: skip
    async with transaction():
        acting = await session.acting()
        document_id = await perform(acting, command, f"api:{new_token(12)}")
        view, customer = await documents.document(acting, document_id)
    told = DocumentTold.of(view, customer.id)
    return web.Response(
        status=201, text=told.model_dump_json(), content_type="application/json",
        headers={"Location": f"{PREFIX}/documents/{document_id}"},
    )  # fmt: skip


async def get_document_content(
    session: Session, request: web.Request, asking: Asking
) -> web.StreamResponse:
    """The file itself, for who works with the customer; each time is written down."""
    document_id, files = int(asking.path["document_id"]), _files(request)
    acting = await session.acting()
    kept = await document_bytes.kept_file(acting, files, document_id)
    async with transaction():
        await opened(await session.acting(), document_id)
    return web.FileResponse(
        kept.path,
        chunk_size=_CHUNK,
        headers={
            "Content-Type": kept.type.media_type,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(kept.name)}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )


def _files(request: web.Request) -> FileStore:
    """Where files are kept.

    Raises:
        Rejected: if this process keeps none.
    """
    found = request.app.get(FILES)
    if found is None:
        raise absent()
    return found


ROUTES = (
    Route(method="POST", path="/customers/{customer_id}/documents", scope="customers:write",
          kind="change", file=True, accepts=ACCEPTED, largest=LARGEST, streams=add_document,
          query=PaperAsked, answer=DocumentTold, status=201,
          summary="Keep a paper or photo"),
    Route(method="GET", path="/documents/{document_id}/content", scope="customers:read",
          streams=get_document_content, answer=ContentGiven, gives=ACCEPTED,
          summary="Hand out a paper's file"),
)  # fmt: skip
