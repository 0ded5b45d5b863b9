"""PAPERS: what can be had as a file, and as which; made anew with the reader's rights each time.

A paper is read first (that is all the database sees of it) and written then, where it holds nobody
up. Sensitive values stay under their masks: a file is read by whoever finds it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import audit
from core.calendars import visit_file
from core.consents import require
from core.errors import NotFound
from core.exports.customer_list import customer_list
from core.exports.dossier import dossier
from core.exports.pdf import as_pdf
from core.exports.xlsx import as_xlsx

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.acting import Acting
    from core.exports.document import Document

PAPERS: dict[str, Callable[[Acting, int], Awaitable[Document]]] = {
    "dossier": dossier,
    "customers": customer_list,
}
FORMS: dict[str, Callable[[Document], bytes]] = {"pdf": as_pdf, "xlsx": as_xlsx}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: a follow-up's calendar file is no document: `customer_id` is the follow-up's
VISIT = ("visit", "ics")


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it is handed over."""

    name: str
    content: bytes


async def made(acting: Acting, what: str, form: str, customer_id: int = 0) -> Made:
    """Read and write a paper; to be awaited outside of a transaction.

    Raises:
        NotFound: if there is no such paper, or the customer is none to be seen.
    """
    if (what, form) == VISIT:
        return Made("visit.ics", await visit_file(acting, customer_id))
    if what not in PAPERS or form not in FORMS:
        raise NotFound
    document = await PAPERS[what](acting, customer_id)
    content = await asyncio.to_thread(FORMS[form], document)
    return Made(f"{document.file_name}.{form}", content)


async def asked_for(acting: Acting, what: str, form: str, customer_id: int = 0) -> None:
    """Write down that a paper was asked for, once, before it is made.

    Raises:
        NotFound: if there is no such paper.
        ConsentMissing: if the customer withdrew the consent to that.
    """
    if what not in PAPERS or form not in FORMS:
        raise NotFound
    if customer_id:
        await require(acting, customer_id, "export")
    await audit.record(acting, "export", "customer", customer_id or None, paper=what, form=form)
