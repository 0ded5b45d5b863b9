"""A fact is no longer so: one look at it, then ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking, facts
from conversations.flows.starting import Start
from conversations.questions.customers import CustomerName
from conversations.questions.review import Line, Review
from conversations.words import whole
from core.errors import NotAllowed
from core.facts import writing
from core.facts.reading import section_of
from core.facts.sections import SECTIONS
from core.facts.writing import EndFact
from core.i18n import LOCALES, N_, Text
from core.sensitive import Clearance, shown

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class RowName:
    """Reads what a row is called, in both languages; a sensitive key under its mask."""

    section: str
    row_id: int

    async def __call__(self, acting: Acting) -> dict[str, str]:
        """{"zh": …, "en": …}.

        Raises:
            NotFound, NotAllowed: if the row is not the acting person's to change.
        """
        section = SECTIONS[self.section]
        row, _ = await writing.changeable(acting, self.section, self.row_id)
        names = {}
        for locale in LOCALES:
            parts = []
            for key in section.key:
                value, field = getattr(row, key), section[key]
                text = field.kind.shown(value, locale) if value not in (None, "") else ""
                parts.append(
                    shown(field.sensitive, text, Clearance()).text if field.sensitive else text
                )
            names[locale] = " · ".join(part for part in parts if part)
        return names


async def start(acting: Acting, section: str, row_id: str) -> Start:
    """From a row's page.

    Raises:
        NotFound, NotAllowed: if the row is not the acting person's to change.
    """
    found = section_of(section)
    row, customer = await writing.changeable(acting, found.name, whole(row_id))
    if not found.is_fact:
        raise NotAllowed
    return Start({"section": found.name, "row": int(row.pk), "customer": customer.id})


@flow("end_fact", version=1)
async def end_fact(talk: Talk) -> None:
    """Show what is to end, end it."""
    section, row = SECTIONS[talk.args["section"]], int(talk.args["row"])
    customer = int(talk.args["customer"])
    whose = await talk.read("whose", CustomerName(customer))
    name = await talk.read("row", RowName(section.name, row))
    await talk.ask(
        Review(
            "review",
            facts.title(section),
            (
                asking.customer_line(whose, changeable=False),
                Line("row", Text(N_("No longer so")), asking.shown_name(name), changeable=False),
            ),
            save=Text(N_("✓ No longer so")),
        )
    )
    await talk.do("save", EndFact(section.name, row))
    await talk.say(lambda ctx: facts.saved(ctx, section.name, customer, whose))
