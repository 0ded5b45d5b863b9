"""Name the second officer of a visit that is recorded already: whom, then they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.staff import StaffName
from conversations.words import whole
from core import profile
from core.errors import NotFound
from core.screens import Button, Screen
from core.second_officers import NameSecondOfficer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, activity_id: str) -> Start:
    """From one's own record, or from the message that somebody was not there.

    Raises:
        NotFound: if it is no record of one's own to be seen.
    """
    view, _ = await profile.activity(acting, whole(activity_id))
    if view.author_id != acting.person.id:
        raise NotFound
    return Start({"activity": view.id})


@flow("name_second", version=1)
async def name_second(talk: Talk) -> None:
    """Ask whom, and have them asked."""
    activity = int(talk.args["activity"])
    whom = await talk.ask(asking.second_officer())
    name = await talk.read(f"name.{whom}", StaffName(whom))
    await talk.do("save", NameSecondOfficer(activity, whom))
    await talk.say(lambda ctx: _named(ctx, activity, name))


def _named(ctx: Acting, activity: int, name: Mapping[str, str]) -> Screen:
    t = ctx.texts
    text = t("👥 1 of 2 – waits for {name}", name=name[ctx.locale])
    return Screen(text, ((Button.open(t("Open"), "activity", activity),),))
