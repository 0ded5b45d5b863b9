"""The customers of a person's scope as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import customers, sensitive
from core.exports.document import Block, Document
from core.exports.dossier import made_by
from core.listings import CustomerFilter, customers_after
from core.people import staff_name
from core.vocabulary import INDUSTRIES, SIZES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.acting import Acting
    from core.exports.document import Value
    from storage.models import Customer

#: more than this nobody reads in a file from a chat
MOST = 20_000
_BATCH = 1_000
_MASKED = sensitive.Clearance()


async def customer_list(acting: Acting, customer_id: int = 0) -> Document:
    """Every customer that the person may see, in the order of their ids."""
    del customer_id
    t, rows, after = acting.texts, list[tuple["Value", ...]](), 0
    while len(rows) < MOST and (
        batch := await customers_after(acting, CustomerFilter(), after=after, limit=_BATCH)
    ):
        rows += [_row(acting, one) for one in batch]
        after = batch[-1].id
    heads = (
        t("Customer number"), t("Name"), t("English name"), t("City"), t("Industry"), t("Size"),
        t("Grade"), t("Status"), t("Relationship manager"), t("Telephone"), t("Last contact"),
    )  # fmt: skip
    return Document(
        title=t("Customers").unescape(),
        made=made_by(acting),
        file_name=f"customers-{acting.local_now:%Y%m%d}",
        blocks=(
            Block(t("Customers").unescape(), tuple(one.unescape() for one in heads), tuple(rows)),
        ),
        nothing=t("You have no customers yet.").unescape(),
        page_label=t("Page {n} of {all}", n="{n}", all="{all}").unescape(),
    )


def _row(acting: Acting, one: Customer) -> tuple[Value, ...]:
    def said(words: Mapping[str, str], code: str) -> str:
        return acting.texts(words[code]).unescape() if code in words else code

    contact = one.last_contact_at
    return (
        one.external_id or "",
        one.name_zh,
        one.name_en,
        customers.city_of(one, acting.locale),
        said(INDUSTRIES, one.industry),
        said(SIZES, one.size),
        one.grade,
        said(STATUSES, one.status),
        staff_name(one.owner, acting.locale),
        sensitive.firm_phone(one, _MASKED).text,
        contact.astimezone(acting.zone).date() if contact else None,
    )
