"""Give a colleague another role: which → review, then changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
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
from core.staff import ChangeRole
from core.vocabulary import ROLES

if TYPE_CHECKING:
    from conversations.engine.talk import Talk

__all__ = ["change_role", "start"]


@flow("change_role", version=1)
async def change_role(talk: Talk) -> None:
    """Ask for the role, show the card, change it."""
    found = member_of(await talk.read("member", MemberFacts(int(talk.args["staff"]))))
    role = await talk.ask(Choice.of("role", Text(N_("Which role?")), ROLES))
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                colleague_line(found),
                Line("before", Text(N_("Until now")), asking.label_of(ROLES, found.role),
                     changeable=False),
                Line("role", Text(N_("From now on")), asking.label_of(ROLES, role)),
            ),
        )
    )  # fmt: skip
    await talk.do("save", ChangeRole(found.id, role))
    await talk.say(
        done(
            found,
            lambda ctx, name: ctx.texts(
                "✅ {name}: {role}", name=name, role=ctx.texts(ROLES[role])
            ),
        )
    )
