"""The papers and photos of a customer: which there are, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines, moment
from conversations.words import whole
from core import customers, formats, sensitive
from core import documents as read
from core.facts.vocabulary import DOCUMENT_KINDS
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.documents import DocumentView

PAGE = 5
_ICONS = {"photo": "📷", "document": "📄"}


async def documents(acting: Acting, customer_id: str, offset: str = "0") -> Screen:
    """One page of the papers; a number opens one."""
    t, start = acting.texts, whole(offset)
    page = await read.documents_of(acting, whole(customer_id), limit=PAGE, offset=start)
    customer = page.customer
    body = [
        Markup("{}. {}").format(start + number, _line(acting, one))
        for number, one in enumerate(page.rows, 1)
    ]
    numbers = tuple(
        Button.open(str(start + number), "document", one.id)
        for number, one in enumerate(page.rows, 1)
    )
    ways = []
    if await customers.may_work(acting, customer.id):
        ways.append(Button.start(t("➕ Add"), "add_document", customer.id))
    ways += [
        Button.open(t("📄 Dossier"), "dossier", customer.id),
        Button.start(t("📤 Send"), "send_summary", customer.id),
    ]
    back = [Button.open(t("‹ Profile"), "profile", customer.id)]
    if start:
        back.insert(0, Button.open(t("‹ Back"), "documents", customer.id, max(0, start - PAGE)))
    if start + len(page.rows) < page.total:
        back.append(Button.open(t("More ›"), "documents", customer.id, start + PAGE))
    head = Markup("<b>{}</b> · {}").format(
        customers.name_of(customer, acting.locale), t("📎 Files")
    )
    return Screen(
        lines(head, *(body or [t("No papers yet. Add the licence, contracts, photos.")])),
        tuple(row for row in (numbers, tuple(ways), tuple(back)) if row),
    )


async def document(acting: Acting, document_id: str) -> Screen:
    """One paper: what it is, until when it is good, who brought it."""
    t = acting.texts
    one, customer = await read.document(acting, whole(document_id))
    head = Markup("<b>{}</b> · {} {}").format(
        customers.name_of(customer, acting.locale), _ICONS[one.form], t(DOCUMENT_KINDS[one.kind])
    )
    buttons = []
    if (await sensitive.clearance(acting, customer)).works and not one.ended:
        buttons.append(Button.run(t("📎 Show"), "show_document", one.id))
    if await customers.may_work(acting, customer.id):
        buttons.append(
            Button.run(t("↩️ Bring back"), "restore_document", one.id)
            if one.ended
            else Button.run(t("🗑 No longer good"), "end_document", one.id)
        )
    return Screen(
        lines(
            head,
            t("✕ <b>No longer good</b>") if one.ended else None,
            Markup("{}").format(one.caption) if one.caption else None,
            Markup("{}").format(one.name) if one.name else None,
            _until(acting, one),
            dotted(moment(acting, one.added_at, all_day=True), one.added_by),
        ),
        tuple(
            row
            for row in (
                tuple(buttons),
                (
                    Button.open(t("‹ Files"), "documents", customer.id),
                    Button.open(t("‹ Profile"), "profile", customer.id),
                ),
            )
            if row
        ),
    )


def _line(acting: Acting, one: DocumentView) -> Markup:
    kind = Markup("{} <b>{}</b>").format(_ICONS[one.form], acting.texts(DOCUMENT_KINDS[one.kind]))
    day = formats.day(
        one.added_at.astimezone(acting.zone).date(), acting.locale, acting.local_now.date()
    )
    return dotted(kind, one.caption, _until(acting, one), day)


def _until(acting: Acting, one: DocumentView) -> Markup | None:
    if one.expires is None:
        return None
    if one.expires >= acting.local_now.date():
        return acting.texts("good until {day}", day=one.expires)
    return acting.texts("⚠️ ended {day}", day=one.expires)
