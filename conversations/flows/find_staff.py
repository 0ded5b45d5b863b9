"""Look a colleague up: a name, pinyin or number, then the colleague's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows.about_staff import MemberFacts, member_of
from conversations.flows.starting import Start
from conversations.pages.staff_member import member_screen
from conversations.questions.pick import Pick
from conversations.questions.staff import StaffSource
from core.enrolment import ADMINISTRATORS
from core.errors import NotAllowed
from core.i18n import N_, Text
from core.staff_member import everybody

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting) -> Start:
    """From the button.

    Raises:
        NotAllowed: if the acting person is no administrator.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    return Start()


@flow("find_staff", version=1)
async def find_staff(talk: Talk) -> None:
    """Ask whom, and show the page."""
    found = await talk.ask(Pick("staff", Text(N_("Which colleague?")), StaffSource(everybody)))
    facts = await talk.read("member", MemberFacts(found))
    await talk.say(lambda ctx: member_screen(ctx, member_of(facts)))
