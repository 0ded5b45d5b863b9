"""How dialogues are started: by a button, by a deep link, by a file that comes out of the blue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import dialogues
from bot.freetext import begin_record
from conversations import pages
from conversations.engine.collecting import added
from conversations.flows import STARTS
from conversations.inputs import SentFile, SharedPlace
from conversations.pages.here import here
from conversations.words import takes
from core.i18n import Text
from core.rules.access import READ_ONLY
from core.screens import Screen

if TYPE_CHECKING:
    from bot.turn import Turn


async def start(turn: Turn, name: str, args: tuple[str, ...]) -> None:
    """Begin the dialogue that a button names; a made-up button does nothing."""
    starter = STARTS.get(name)
    if starter is None or not takes(starter, 1, args):
        turn.toast = str(turn.acting.texts("That button is out of date."))
        return
    begun = await starter(turn.acting, *args)
    await dialogues.begin(turn, name, begun.args, prefill=begun.prefill)


async def start_from_link(turn: Turn, payload: str) -> bool:
    """Open what a deep link of ours names; false when it names nothing."""
    kind, _, number = payload.partition("_")
    if kind == "c" and number.isdigit():
        screen = await pages.show(turn.acting, "profile", number)
        if screen is not None:
            await turn.post(screen)
            return True
    return False


async def start_with_file(turn: Turn, event: SentFile | SharedPlace) -> None:
    """A photo, voice note or place without a dialogue: it begins a record that it belongs to.

    What is written below it is read as any other line. A place near a customer is asked about
    first: it is a check-in.
    """
    if isinstance(event, SharedPlace) and turn.acting.person.role not in READ_ONLY:
        screen = await here(turn.acting, event.latitude, event.longitude)
        if screen is not None:
            await turn.post(screen)
            return
    kept = added([], event)
    if isinstance(kept, Text):
        await turn.post(Screen(turn.acting.texts.of(kept)))
        return
    caption = event.caption if isinstance(event, SentFile) else ""
    if not await begin_record(turn, caption, kept):
        await dialogues.begin(turn, "log_visit", {"at": event.at.isoformat()}, collected=kept)
