"""Write down a fact: what it needs → review, where all else can be added, then recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from conversations.engine.registry import flow
from conversations.flows import asking, facts
from conversations.flows.starting import Start
from conversations.questions.customers import CustomerName
from conversations.questions.review import Line, Review
from conversations.words import whole
from core import customers
from core.errors import NotAllowed
from core.facts.reading import section_of
from core.facts.sections import SECTIONS
from core.facts.writing import RecordFact
from core.groups import TYING, CirclePreview
from core.i18n import N_, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, section: str, customer_id: str) -> Start:
    """From a category's page.

    Raises:
        NotFound: if there is no such category, or the customer is none to be seen.
        NotAllowed: if it is not the acting person's to change, or comes by loads only.
    """
    found = section_of(section)
    customer = await customers.workable(acting, whole(customer_id))
    if not (found.by_hand and found.is_fact):
        raise NotAllowed
    return Start({"section": found.name, "customer": customer.id})


@flow("add_fact", version=1)
async def add_fact(talk: Talk) -> None:
    """Ask what is needed, show the card, record it."""
    section, customer = SECTIONS[talk.args["section"]], int(talk.args["customer"])
    whose = await talk.read("whose", CustomerName(customer))
    values = {
        field.name: await talk.ask(facts.question(field, ask=field.needed or field.asked))
        for field in section.fields
    }
    known = {name: text for name, text in values.items() if text}
    tied = await _tied(talk, customer, section.name, known)
    await talk.ask(
        Review(
            "review",
            facts.title(section),
            (
                asking.customer_line(whose, changeable=False),
                *(facts.line(field, values[field.name]) for field in section.fields),
                *tied,
            ),
        )
    )
    await talk.do("save", RecordFact(customer, section.name, known))
    await talk.say(lambda ctx: facts.saved(ctx, section.name, customer, whose))


async def _tied(
    talk: Talk, customer: int, section: str, known: Mapping[str, str]
) -> tuple[Line, ...]:
    """What a tie to another firm would close or join, where it is one."""
    if section not in TYING:
        return ()
    values = tuple(sorted(known.items()))
    # What was typed may be changed on the card: other values are another question to core.
    key = f"tied.{crc32(repr(values).encode()):08x}"
    told = await talk.read(key, CirclePreview(customer, section, values))
    if not told:
        return ()
    return (Line("tied", Text(N_("⚠️ Then")), asking.shown_name(told), changeable=False),)
