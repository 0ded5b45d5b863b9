"""Try again, Dismiss: the buttons under a notice of something that was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.deeds.outcome import Outcome
from core.dead_letters import DismissDeadLetter, RetryDeadLetter
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting
    from core.i18n import Texts
    from core.screens import Row


def buttons(t: Texts, key: str) -> tuple[Row, ...]:
    """The buttons for the dead letter with this key."""
    word = key.replace(":", ".")  # the colon parts the words of a button
    return (
        (
            Button.run(t("↻ Try again"), "retry", word),
            Button.run(t("✕ Dismiss"), "dismiss", word),
        ),
    )


async def retry(acting: Acting, perform: Perform, word: str) -> Outcome:
    """It goes back to where it was."""
    key = await perform(RetryDeadLetter(word.replace(".", ":")))
    t = acting.texts
    return Outcome(Screen(t("↻ {key} is tried again.", key=_code(key))), toast=t("Tried again"))


async def dismiss(acting: Acting, perform: Perform, word: str) -> Outcome:
    """It is set aside for good."""
    key = await perform(DismissDeadLetter(word.replace(".", ":")))
    t = acting.texts
    return Outcome(Screen(t("✕ {key} was dismissed.", key=_code(key))), toast=t("Dismissed"))


def _code(key: str) -> Markup:
    return Markup("<code>{}</code>").format(key)
