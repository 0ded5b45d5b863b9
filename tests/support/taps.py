"""Buttons of dialogue cards, found by what they answer: the same in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.simulator import Phone


def choice(phone: Phone, begins: str) -> tuple[int, str]:
    """The button of the newest dialogue card whose choice begins so: its message and its data."""
    return next(
        (message.message_id, button.data)
        for message in reversed(phone.messages)
        for row in message.buttons
        for button in row
        if button.data
        and button.data.startswith("a:")
        and button.data.split(".", 2)[2].startswith(begins)
    )
