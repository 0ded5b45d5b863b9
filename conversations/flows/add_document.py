"""Papers and photos of a customer: what they are → the files → review, kept.

kind? ──► files ──► review (until when, a word) ──► kept
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking, facts
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.customers import CustomerName
from conversations.questions.files import Files
from conversations.questions.presumed import Presumed
from conversations.questions.review import Line, Review
from conversations.questions.text import Note
from conversations.words import whole
from core import customers
from core.documents import CAPTION_LENGTH, MOST, AddDocuments
from core.facts.kinds import Day
from core.facts.section import Field
from core.facts.vocabulary import DOCUMENT_KINDS
from core.i18n import N_, Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting

EXPIRES = Field("expires", N_("Good until"), Day())
#: kinds that mostly say until when they are good
_LIMITED = ("licence", "contract")


async def start(acting: Acting, customer_id: str) -> Start:
    """From a customer's papers.

    Raises:
        NotFound, NotAllowed: if the customer is not the acting person's to work with.
    """
    customer = await customers.workable(acting, whole(customer_id))
    return Start({"customer": customer.id})


@flow("add_document", version=2)
async def add_document(talk: Talk) -> None:
    """Ask what it is, take the files, show the card, keep them."""
    customer = int(talk.args["customer"])
    whose = await talk.read("whose", CustomerName(customer))
    kind = await talk.ask(Choice.of("kind", Text(N_("What is it?")), DOCUMENT_KINDS))
    files = await talk.ask(
        Files("files", Text(N_("Please send it: photos or files.")), most=MOST, least=1,
              papers_only=True)
    )  # fmt: skip
    expires = await talk.ask(facts.question(EXPIRES, ask=kind in _LIMITED))
    caption = await talk.ask(
        Presumed(
            Note("caption", Text(N_("A word about it?")), optional=True,
                 max_length=CAPTION_LENGTH),
            _said(files),
        )
    )  # fmt: skip
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                asking.customer_line(whose, changeable=False),
                Line("kind", Text(N_("Type")), asking.label_of(DOCUMENT_KINDS, kind)),
                Line("files", Text(N_("Files")), str(len(files))),
                facts.line(EXPIRES, expires),
                Line("caption", Text(N_("Note")), caption),
            ),
        )
    )
    until = date.fromisoformat(expires) if expires else None
    await talk.do("save", AddDocuments(customer, kind, tuple(files), caption, until))
    await talk.say(lambda ctx: _kept(ctx, customer, whose, len(files)))


def _said(files: list[dict[str, object]]) -> str:
    """What was written under the first file that has something written under it."""
    return next((str(file["caption"]) for file in files if file.get("caption")), "")[
        :CAPTION_LENGTH
    ]


def _kept(ctx: Acting, customer: int, name: Mapping[str, str], count: int) -> Screen:
    t = ctx.texts
    text = t.plural(
        "📎 <b>{customer}</b>: {n} paper kept.",
        "📎 <b>{customer}</b>: {n} papers kept.",
        count,
        customer=name[ctx.locale],
    )
    return Screen(
        text,
        (
            (
                Button.open(t("📎 Files"), "documents", customer),
                Button.open(t("‹ Profile"), "profile", customer),
            ),
        ),
    )
