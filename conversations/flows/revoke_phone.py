"""A phone is lost: the card, then it is cut off."""

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
from conversations.questions.review import Line, Review
from core.i18n import N_, Text
from core.staff import RevokePhone

if TYPE_CHECKING:
    from conversations.engine.talk import Talk

__all__ = ["revoke_phone", "start"]


@flow("revoke_phone", version=1)
async def revoke_phone(talk: Talk) -> None:
    """Show the card, cut the phone off."""
    found = member_of(await talk.read("member", MemberFacts(int(talk.args["staff"]))))
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Nothing more will be sent to this phone. What was open on it ends.</b>")),
            (
                colleague_line(found),
                Line("phone", Text(N_("Phone")), found.phone, changeable=False),
            ),
        )
    )
    await talk.do("save", RevokePhone(found.id))
    await talk.say(
        done(
            found,
            lambda ctx, name: ctx.texts(
                "✅ {name}'s phone is cut off. A new invitation lets {name} in again.", name=name
            ),
        )
    )
