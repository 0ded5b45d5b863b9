"""What the bot says of itself: command menus by scope and language, names, the menu button.

`Profile.commands_for` resolves a menu the way Telegram's phones do: the narrowest scope first, and
in each scope the person's language before the menu without a language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .state import Json


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the command menu."""

    command: str
    description: str


Scope = tuple[str, int, int]
DEFAULT: Scope = ("default", 0, 0)


@dataclass(slots=True)
class Profile:
    """All that `setMy...` and `setChatMenuButton` store."""

    commands: dict[tuple[Scope, str], tuple[Command, ...]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)

    def commands_for(self, chat_id: int, language: str | None) -> tuple[Command, ...]:
        """The menu that a private chat shows to a person of this language."""
        short = (language or "").partition("-")[0].lower()
        scopes: tuple[Scope, ...] = (
            ("chat", chat_id, 0),
            ("all_private_chats", 0, 0),
            DEFAULT,
        )
        for scope in scopes:
            for code in (short, ""):
                found = self.commands.get((scope, code))
                if found:
                    return found
        return ()

    def text(self, name: str, language: str) -> str:
        """A name or description in a language, or in none if there is no such version."""
        return self.texts.get((name, language)) or self.texts.get((name, ""), "")
