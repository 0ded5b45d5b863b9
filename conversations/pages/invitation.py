"""A plan of somebody else's that this person is to come along with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.words import whole
from core.invitation_card import invitation_screen
from core.joint_visits import invitation as read
from core.screens import Button

if TYPE_CHECKING:
    from core.acting import Acting
    from core.screens import Screen


async def invitation(acting: Acting, companion_id: str) -> Screen:
    """Who, where, when; accept or decline."""
    screen = invitation_screen(acting, await read(acting, whole(companion_id)))
    return screen.under((Button.open(acting.texts("⌂ Home"), "home"),))
