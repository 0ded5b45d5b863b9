"""Files over HTTP: a customer's dossier, and the list of what the token's person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from aiohttp import web

from core import customers
from core.api.route import Route
from core.api.schemas import Nothing, OneOf, Told
from core.exports import papers
from core.exports.papers import FORMS, MEDIA_TYPES
from storage.db import transaction

if TYPE_CHECKING:
    from core.api.session import Asking, Session


class DossierAsked(Nothing):
    """As what it is wanted."""

    form: Annotated[str, OneOf(FORMS)] = "pdf"


class FileGiven(Told):
    """A file."""


async def export_dossier(
    session: Session, request: web.Request, asking: Asking
) -> web.StreamResponse:
    """Everything of a customer that this person may see, as a file; written down first."""
    del request
    assert isinstance(asking.query, DossierAsked)
    return await _file(session, "dossier", asking.query.form, int(asking.path["customer_id"]))


async def export_customer_list(
    session: Session, request: web.Request, asking: Asking
) -> web.StreamResponse:
    """The customers of this person's scope as a workbook; written down first."""
    del request, asking
    return await _file(session, "customers", "xlsx")


async def _file(
    session: Session, what: str, form: str, customer_id: int = 0
) -> web.StreamResponse:
    acting = await session.acting()
    if customer_id:
        await customers.visible(acting, customer_id)
    async with transaction():
        await papers.asked_for(acting, what, form, customer_id)
    file = await papers.made(acting, what, form, customer_id)
    return web.Response(
        body=file.content,
        content_type=MEDIA_TYPES[form],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "Cache-Control": "no-store",
        },
    )


ROUTES = (
    Route(method="GET", path="/customers/{customer_id}/dossier", scope="export",
          streams=export_dossier, query=DossierAsked, answer=FileGiven,
          gives=tuple(MEDIA_TYPES.values()), summary="Export a customer's dossier"),
    Route(method="GET", path="/customers/list", scope="export", streams=export_customer_list,
          answer=FileGiven, gives=(MEDIA_TYPES["xlsx"],),
          summary="Export the list of customers as a workbook"),
)  # fmt: skip
