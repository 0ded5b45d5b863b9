"""Change a field of a fact: which → the new value → from and to on a card, then amended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conversations.engine.registry import flow
from conversations.flows import asking, facts
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.customers import CustomerName
from conversations.questions.fact_value import fact_value
from conversations.questions.review import Line, Review
from conversations.words import whole
from core.facts import writing
from core.facts.reading import section_of
from core.facts.sections import SECTIONS
from core.facts.writing import AmendFact
from core.i18n import LOCALES, N_, Text
from core.sensitive import Clearance, shown

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting
    from core.facts.section import Field

MASKED = Clearance()


@dataclass(frozen=True, slots=True)
class FieldNow:
    """Reads what a field says now, in both languages; a sensitive one under its mask."""

    section: str
    row_id: int
    field: str

    async def __call__(self, acting: Acting) -> dict[str, str]:
        """{"zh": …, "en": …}, empty where nothing is known.

        Raises:
            NotFound, NotAllowed: if the row is not the acting person's to change.
        """
        row, _ = await writing.changeable(acting, self.section, self.row_id)
        field = SECTIONS[self.section][self.field]
        value = getattr(row, field.name)
        return {locale: _shown(field, value, locale) for locale in LOCALES}


def _shown(field: Field, value: Any, locale: str) -> str:
    if value is None or value == "":
        return ""
    text = field.kind.shown(value, locale)
    return shown(field.sensitive, text, MASKED).text if field.sensitive else text


async def start(acting: Acting, section: str, row_id: str) -> Start:
    """From a row's page.

    Raises:
        NotFound, NotAllowed: if the row is not the acting person's to change.
    """
    found = section_of(section)
    row, customer = await writing.changeable(acting, found.name, whole(row_id))
    return Start({"section": found.name, "row": int(row.pk), "customer": customer.id})


@flow("edit_fact", version=1)
async def edit_fact(talk: Talk) -> None:
    """Ask which field and what it is now, show the card, amend it."""
    section, row = SECTIONS[talk.args["section"]], int(talk.args["row"])
    customer = int(talk.args["customer"])
    whose = await talk.read("whose", CustomerName(customer))
    labels = {field.name: field.label for field in section.fields}
    name = await talk.ask(Choice.of("field", Text(N_("What has changed?")), labels, columns=3))
    field = section[name]
    before = await talk.read(f"was.{name}", FieldNow(section.name, row, name))
    value = await talk.ask(
        fact_value(f"now.{name}", field, Text(field.label), skip=not field.needed)
    )
    await talk.ask(
        Review(
            "review",
            facts.title(section),
            (
                asking.customer_line(whose, changeable=False),
                Line("field", Text(N_("What")), lambda ctx: str(ctx.texts(field.label))),
                Line("was", Text(N_("So far")), asking.shown_name(before), changeable=False),
                Line(f"now.{name}", Text(N_("Now")), facts.shown(field, value)),
            ),
        )
    )
    await talk.do("save", AmendFact(section.name, row, {name: value}))
    await talk.say(lambda ctx: facts.saved(ctx, section.name, customer, whose))
