"""A customer agreed: to what → the paper → review, recorded with it.

what? ──► paper (or none) ──► review (how, until when) ──► recorded
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking, facts
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.customers import CustomerName
from conversations.questions.files import OnePaper
from conversations.questions.or_skip import OrSkip
from conversations.questions.presumed import Presumed
from conversations.questions.review import Line, Review
from conversations.words import whole
from core import customers
from core.consent_recording import RecordConsent
from core.facts.sections import CONSENTS_GIVEN
from core.facts.vocabulary import CONSENT_FORMS, CONSENTS
from core.i18n import N_, Text

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting

UNTIL = CONSENTS_GIVEN["valid_until"]
_NO_PAPER = Text(N_("No paper"))


async def start(acting: Acting, customer_id: str) -> Start:
    """From a customer's consents.

    Raises:
        NotFound, NotAllowed: if the customer is not the acting person's to work with.
    """
    customer = await customers.workable(acting, whole(customer_id))
    return Start({"customer": customer.id})


@flow("add_consent", version=1)
async def add_consent(talk: Talk) -> None:
    """Ask to what, take the paper, show the card, record it."""
    customer = int(talk.args["customer"])
    whose = await talk.read("whose", CustomerName(customer))
    kind = await talk.ask(Choice.of("kind", Text(N_("To what do they agree?")), CONSENTS))
    prompt = Text(N_("Please send a photo of the signed paper."))
    paper = await talk.ask(OrSkip(OnePaper("paper", prompt), _NO_PAPER))
    form = await talk.ask(
        Presumed(
            Choice.of("form", Text(N_("How did they agree?")), CONSENT_FORMS),
            "signed" if paper else "spoken",
        )
    )
    until = await talk.ask(facts.question(UNTIL, ask=False))
    await talk.ask(
        Review(
            "review",
            facts.title(CONSENTS_GIVEN),
            (
                asking.customer_line(whose, changeable=False),
                Line("kind", Text(N_("Consent")), asking.label_of(CONSENTS, kind)),
                Line("paper", Text(N_("Paper")), "📎" if paper else "–"),
                Line("form", Text(N_("Form")), asking.label_of(CONSENT_FORMS, form)),
                facts.line(UNTIL, until),
            ),
        )
    )
    ends = date.fromisoformat(until) if until else None
    files = (paper,) if paper else ()
    await talk.do("save", RecordConsent(customer, kind, form, ends, files))
    await talk.say(lambda ctx: facts.saved(ctx, CONSENTS_GIVEN.name, customer, whose))
