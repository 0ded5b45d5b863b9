"""What the dialogues about a colleague share: how they start, the first line, the last screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from conversations.flows.starting import Start
from conversations.questions.review import Line
from conversations.words import whole
from core.i18n import N_, Text
from core.screens import Button, Screen
from core.staff_member import Member, member

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.acting import Acting

_MEMBER = TypeAdapter(Member)


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """Reads a colleague as an administrator sees one."""

    staff_id: int

    async def __call__(self, acting: Acting) -> dict[str, Any]:
        """The facts as JSON; `member_of` is the way back.

        Raises:
            Refused: if there is none, or the acting person is no administrator.
        """
        facts: dict[str, Any] = _MEMBER.dump_python(
            await member(acting, self.staff_id), mode="json"
        )
        return facts


def member_of(facts: dict[str, Any]) -> Member:
    """The colleague that `MemberFacts` read."""
    return _MEMBER.validate_python(facts)


async def start(acting: Acting, staff_id: str) -> Start:
    """From a button of a colleague's page.

    Raises:
        Refused: if there is none, or the acting person is no administrator.
    """
    found = await member(acting, whole(staff_id))
    return Start({"staff": found.id})


def colleague_line(found: Member) -> Line:
    """The line that says whom it is about."""
    return Line(
        "staff",
        Text(N_("Colleague")),
        lambda ctx: f"{found.names[ctx.locale]} · {found.number}",
        changeable=False,
    )


def done(found: Member, said: Callable[[Acting, str], str]) -> Callable[[Acting], Screen]:
    """The last screen: what was done, and the way back to the colleague's page."""

    def screen(ctx: Acting) -> Screen:
        return Screen(
            said(ctx, found.names[ctx.locale]),
            ((Button.open(ctx.texts("Open"), "staff_member", found.id),),),
        )

    return screen
