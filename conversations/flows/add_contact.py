"""A contact card that was sent or forwarded: whose is it? → post and part → review, recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking, facts
from conversations.flows.starting import Start
from conversations.questions.customers import CustomerName
from conversations.questions.review import Line, Review
from core.errors import NotAllowed
from core.facts.sections import CONTACTS
from core.facts.writing import RecordFact
from core.i18n import N_, Text
from core.import_rows import BadCellError
from core.rules.access import READ_ONLY

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from conversations.inputs import SharedContact
    from core.acting import Acting

ASKED = ("name", "title", "phone", "role")


async def start(acting: Acting) -> Start:
    """Without a card: everything is asked for.

    Raises:
        NotAllowed: if the acting person only reads.
    """
    if acting.person.role in READ_ONLY:
        raise NotAllowed
    return Start()


def prefill_of(card: SharedContact) -> dict[str, str]:
    """What a card answers: the name, and the number where it can be right."""
    known = {}
    for name, text in (("name", card.name), ("phone", card.phone.removeprefix("+86"))):
        kind = CONTACTS[name].kind
        try:
            known[name] = kind.kept(kind.read(text.strip())) if text.strip() else ""
        except BadCellError:
            continue
    return {name: text for name, text in known.items() if text}


@flow("add_contact", version=1)
async def add_contact(talk: Talk) -> None:
    """Ask whose contact it is and what the card does not say, show it, record it."""
    customer = await talk.ask(asking.customer())
    whose = await talk.read(f"whose.{customer}", CustomerName(customer))
    values = {name: await talk.ask(facts.question(CONTACTS[name], ask=True)) for name in ASKED}
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>A new contact</b>")),
            (asking.customer_line(whose), *_lines(values)),
        )
    )
    known = {name: text for name, text in values.items() if text}
    await talk.do("save", RecordFact(customer, CONTACTS.name, known))
    await talk.say(lambda ctx: facts.saved(ctx, CONTACTS.name, customer, whose))


def _lines(values: dict[str, str]) -> tuple[Line, ...]:
    return tuple(facts.line(CONTACTS[name], values[name]) for name in ASKED)
