"""Ask a colleague or the leader to come along with a plan: whom, then they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows.starting import Start
from conversations.questions.pick import Pick
from conversations.questions.staff import StaffName, StaffSource
from conversations.words import whole
from core import follow_ups
from core.i18n import N_, Text
from core.joint_visits import InviteCompanion
from core.screens import Button, Screen
from core.team import Helpers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, follow_up_id: str) -> Start:
    """From a follow-up's page.

    Raises:
        Refused: if it is not this person's to change, or settled.
    """
    found = await follow_ups.workable(acting, whole(follow_up_id))
    return Start({"follow_up": found.id, "owner": found.owner_id})


@flow("invite_along", version=1)
async def invite_along(talk: Talk) -> None:
    """Ask whom, and have them asked."""
    planned, owner = int(talk.args["follow_up"]), int(talk.args["owner"])
    prompt = Text(N_("Who comes along? Type a name for other teams."))
    whom = await talk.ask(Pick("whom", prompt, StaffSource(Helpers((owner,)))))
    name = await talk.read(f"name.{whom}", StaffName(whom))
    await talk.do("save", InviteCompanion(planned, whom))
    await talk.say(lambda ctx: _asked(ctx, planned, name))


def _asked(ctx: Acting, planned: int, name: Mapping[str, str]) -> Screen:
    t = ctx.texts
    text = t("🤝 {name} is asked to come along.", name=name[ctx.locale])
    return Screen(text, ((Button.open(t("Open"), "follow_up", planned),),))
