"""One tap, and a file comes: a customer's dossier, or the list of one's customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.deeds.outcome import Outcome
from conversations.words import whole
from core import customers
from core.exports import papers
from core.screens import Paper

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def export(
    acting: Acting, perform: Perform, what: str, form: str, customer_id: str = "0"
) -> Outcome:
    """The paper as a file; that it was asked for is written down now.

    Raises:
        NotFound: if there is no such paper, or no such customer to be seen.
    """
    del perform
    t, number = acting.texts, whole(customer_id)
    name = t("Your customers")
    if what == "dossier":
        customer = await customers.visible(acting, number)
        name = Markup("{}").format(customers.name_of(customer, acting.locale))
    await papers.asked_for(acting, what, form, number)
    caption = t("📄 <b>{name}</b> · for use inside the bank only", name=name)
    return Outcome(posts=(Paper(what, form, caption, number),), toast=str(t("It is being made.")))
