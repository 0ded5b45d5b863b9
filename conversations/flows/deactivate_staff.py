"""A colleague leaves: what becomes of the customers → review, then the chat is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows.about_staff import (
    MemberFacts,
    colleague_line,
    done,
    member_of,
    start,
)
from conversations.questions.choice import Choice
from conversations.questions.review import Line, Review
from core.i18n import N_, Text
from core.staff import DeactivateStaff

if TYPE_CHECKING:
    from conversations.engine.talk import Talk

FIRST, LEAVE = "first", "leave"

__all__ = ["deactivate_staff", "start"]


@flow("deactivate_staff", version=1)
async def deactivate_staff(talk: Talk) -> None:
    """Ask about the customers where there are any, show the card, deactivate."""
    found = member_of(await talk.read("member", MemberFacts(int(talk.args["staff"]))))
    leave = False
    if found.customers:
        question = Text(
            N_("Customers in this name: {n}. What becomes of them?"), {"n": found.customers}
        )
        options = (
            (FIRST, Text(N_("Hand over first"))),
            (LEAVE, Text(N_("Leave them for now"))),
        )
        leave = await talk.ask(Choice("customers", question, options, columns=1)) == LEAVE
        if not leave:
            await talk.say(
                done(
                    found,
                    lambda ctx, name: ctx.texts(
                        "Nothing was changed. First hand over the customers of {name}.",
                        name=name,
                    ),
                )
            )
            return
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Leaves the bank. The chat is closed; nothing is deleted.</b>")),
            (
                colleague_line(found),
                Line("customers", Text(N_("Customers that wait")), str(found.customers),
                     changeable=bool(found.customers)),
            ),
        )
    )  # fmt: skip
    await talk.do("save", DeactivateStaff(found.id, leave))
    await talk.say(done(found, lambda ctx, name: ctx.texts("✅ {name} has left.", name=name)))
