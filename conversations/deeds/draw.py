"""One tap, and what a page tells in figures comes as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.deeds.outcome import Outcome
from conversations.words import whole
from core import charts
from core.screens import Picture

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def draw(acting: Acting, perform: Perform, what: str, customer_id: str) -> Outcome:
    """Balances, turnover, contribution or the group of a customer as a picture.

    Raises:
        NotFound: if there is no such customer to be seen, or nothing of that name.
        TooLittle: if there is too little to draw.
    """
    del perform
    found = await charts.drawn(acting, what, whole(customer_id))
    head, _, rest = found.caption.partition("\n")
    caption = (
        Markup("<b>{}</b>\n{}").format(head, rest) if rest else Markup("<b>{}</b>").format(head)
    )
    return Outcome(posts=(Picture(found.drawing, caption, Markup("{}").format(found.figures)),))
