"""What somebody meets who is no (longer) staff: the invitation, the own number, or one sentence.

A stranger learns nothing: every refusal is the same sentence. What is refused is counted in core.
"""

from __future__ import annotations

from bot.events import CommandGiven, Did
from bot.menu import commands_for
from bot.turn import Turn
from conversations.inputs import SharedContact
from conversations.pages import show
from core import enrolment
from core.bus import publish
from core.enrolment import EnrolmentRefused
from core.errors import Refused
from core.screens import Screen


async def answer_stranger(turn: Turn) -> None:
    """Let an invited colleague in, or say the one polite sentence."""
    incoming, now = turn.incoming, turn.acting.now
    t = turn.acting.texts
    try:
        match incoming.what:
            case CommandGiven("start", code) if code:
                await enrolment.open_invitation(incoming.chat_id, code, now)
                await turn.post(
                    Screen(
                        t("Welcome. Please share your phone number with the button below, so that "
                          "I know it's you."),
                        request="contact",
                        request_label=t("📱 Share my number"),
                    )
                )  # fmt: skip
                return
            case Did(SharedContact() as contact) if await enrolment.has_open_invitation(
                incoming.chat_id, now
            ):
                acting = await enrolment.enrol(
                    incoming.chat_id,
                    contact.phone,
                    own=contact.own,
                    locale=turn.acting.locale,
                    now=now,
                    cause=turn.acting.cause,
                )
                await publish(acting)
                await welcome(Turn(acting, incoming, turn.lane))
                return
            case _:
                pass
    except EnrolmentRefused as refused:
        await enrolment.count_refusal(incoming.chat_id, refused.reason, now)
    except Refused:
        await enrolment.count_refusal(incoming.chat_id, "conflict", now)
    asked = await enrolment.has_open_invitation(incoming.chat_id, now)
    await turn.post(
        Screen(t("This is a bank's internal assistant. Please ask your administrator for an "
                 "invitation."), clear_request=not asked)
    )  # fmt: skip


async def welcome(turn: Turn) -> None:
    """The first screen of somebody who was just let in, with the menu of the role."""
    t, person = turn.acting.texts, turn.acting.person
    await turn.post(commands_for(turn.acting))
    await turn.post(Screen(t("Welcome aboard, {name}.", name=person.name), clear_request=True))
    home = await show(turn.acting, "home")
    assert home is not None
    await turn.post(home)
