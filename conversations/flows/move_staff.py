"""Put a colleague into another unit: which → review, then moved; the customers go along."""

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
from conversations.questions.pick import Pick
from conversations.questions.review import Line, Review
from conversations.questions.units import UnitName, UnitSource
from core.i18n import N_, Text
from core.staff import MoveStaff

if TYPE_CHECKING:
    from conversations.engine.talk import Talk

__all__ = ["move_staff", "start"]


@flow("move_staff", version=1)
async def move_staff(talk: Talk) -> None:
    """Ask for the unit, show the card, move the colleague."""
    found = member_of(await talk.read("member", MemberFacts(int(talk.args["staff"]))))
    unit = await talk.ask(Pick("unit", Text(N_("Into which unit?")), UnitSource()))
    name = await talk.read("unit_name", UnitName(unit))
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                colleague_line(found),
                Line("before", Text(N_("Until now")), " / ".join(found.unit), changeable=False),
                Line("unit", Text(N_("From now on")), asking.shown_name(name)),
                Line("customers", Text(N_("Customers that go along")), str(found.customers),
                     changeable=False),
            ),
        )
    )  # fmt: skip
    await talk.do("save", MoveStaff(found.id, unit))
    await talk.say(
        done(
            found,
            lambda ctx, who: ctx.texts("✅ {name}: {unit}", name=who, unit=name[ctx.locale]),
        )
    )
