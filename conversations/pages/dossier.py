"""A customer as a file: which one is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines
from conversations.words import whole
from core import customers
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting


async def dossier(acting: Acting, customer_id: str) -> Screen:
    """The dossier of a customer, as PDF or XLSX."""
    t, customer = acting.texts, await customers.visible(acting, whole(customer_id))
    head = Markup("<b>{}</b> · 📄 {}").format(
        customers.name_of(customer, acting.locale), t("Dossier")
    )
    return Screen(
        lines(
            head,
            t("All that you may see of it, in one file. Numbers of people and accounts stay "
              "masked, and the export is written down."),
        ),
        (
            (
                Button.run("PDF", "export", "dossier", "pdf", customer.id),
                Button.run("XLSX", "export", "dossier", "xlsx", customer.id),
            ),
            (
                Button.open(t("‹ Files"), "documents", customer.id),
                Button.open(t("‹ Profile"), "profile", customer.id),
            ),
        ),
    )  # fmt: skip
