"""A leader decides a customer's grade: which → why → review, decided.

which? ──► why? ──► review ──► decided
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.customers import CustomerName
from conversations.questions.review import Line, Review
from conversations.words import whole
from core.errors import NotAllowed
from core.grading import DecideGrade, graded
from core.i18n import N_, Text
from core.rules.scorecard import GRADES
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, customer_id: str) -> Start:
    """From the page of the grade.

    Raises:
        NotFound: if the customer is none to be seen.
        NotAllowed: if the acting person does not lead who keeps it.
    """
    found = await graded(acting, whole(customer_id))
    if not found.may_decide:
        raise NotAllowed
    return Start({"customer": found.customer.id})


@flow("decide_grade", version=1)
async def decide_grade(talk: Talk) -> None:
    """Ask which grade and why, show the card, decide it."""
    customer = int(talk.args["customer"])
    name = await talk.read("name", CustomerName(customer))
    grade = await talk.ask(
        Choice(
            "grade",
            Text(N_("Which grade?")),
            tuple((letter, Text(N_("{name}"), {"name": letter})) for letter in GRADES),
            columns=4,
        )
    )
    note = await talk.ask(asking.reason_note(required=True))
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                asking.customer_line(name, changeable=False),
                Line("grade", Text(N_("Grade")), grade),
                Line("note", Text(N_("Reason")), note),
            ),
        )
    )
    await talk.do("save", DecideGrade(customer, grade, note))
    await talk.say(lambda ctx: _decided(ctx, customer, name, grade))


def _decided(ctx: Acting, customer: int, name: Mapping[str, str], grade: str) -> Screen:
    t = ctx.texts
    text = t("🏅 <b>{customer}</b> is graded {grade}.", customer=name[ctx.locale], grade=grade)
    return Screen(
        text,
        (
            (
                Button.open(t("🏅 Grade"), "grade", customer),
                Button.open(t("‹ Profile"), "profile", customer),
            ),
        ),
    )
