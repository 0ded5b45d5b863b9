"""Help: what can be typed and tapped, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.wording import lines
from core.rules.access import SUBSTITUTED
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting


async def help_page(acting: Acting) -> Screen:
    """The help screen."""
    t = acting.texts
    return Screen(
        lines(
            t("<b>What you can do here</b>"),
            t("• Type a customer's name, pinyin, phone or credit code to open the profile."),
            t("• Write one line after a visit or call: who, what, what next. It becomes a card; "
              "one tap saves it."),
            t("• Photos, voice notes and your location are attached to what you are logging."),
            t("• “undo” within ten minutes takes the last record back."),
            "",
            t("/today what is due · /visit log step by step · /find search · /cancel stop · "
              "/language 中文 / English"),
            t("/pool the shared pool · /leave who stands in for me")
            if acting.person.role in SUBSTITUTED
            else None,
        ),
        ((Button.open(t("⌂ Home"), "home"), Button.open(t("🔍 Find"), "found")),),
    )  # fmt: skip
