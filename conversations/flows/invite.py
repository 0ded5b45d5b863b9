"""Invite a colleague: the staff number, then the link is sent, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conversations.engine.registry import flow
from conversations.flows.starting import Start
from conversations.questions.text import Note
from core.enrolment import ADMINISTRATORS, InviteStaff
from core.errors import NotAllowed
from core.i18n import N_, Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, number: str = "") -> Start:
    """From a button: perhaps that of a colleague.

    Raises:
        NotAllowed: if the acting person is no administrator.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    return Start(prefill={"number": number} if number else {})


@flow("invite", version=1)
async def invite(talk: Talk) -> None:
    """Ask for the number and make the invitation; the code is told by a notice, not kept here."""
    number = await talk.ask(
        Note("number", Text(N_("The colleague's staff number?")), max_length=20)
    )
    made = await talk.do("invite", InviteStaff(number))
    await talk.say(lambda ctx: _made(ctx, made))


def _made(ctx: Acting, made: dict[str, Any]) -> Screen:
    t = ctx.texts
    return Screen(
        t(
            "✅ {name} can come in with the link. It works once, for three days, and only with "
            "the phone number in the personnel record.",
            name=made["name"],
        ),
        ((Button.open(t("⌂ Home"), "home"),),),
    )
