"""What an update means: a command, a tap, an answer to the open dialogue, or a new line of text.

Reads just answer. Anything that starts a dialogue parks the one that is open. A tap on a button
that is out of date is told so and loses its keyboard; it never falls through to something else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot import dialogues, starting, talks
from bot.buttons import AnswerPress, VerbPress, decode
from bot.door import welcome
from bot.events import CommandGiven, Did, Edited, Membership, Tapped
from bot.freetext import free_text, is_new_line
from bot.menu import MENU, commands_for
from conversations import pages
from conversations.deeds import DEEDS
from conversations.deeds.undo import undo
from conversations.flows.add_contact import prefill_of
from conversations.inputs import Pressed, Said, SentFile, SharedContact, SharedPlace
from conversations.words import takes, whole
from core import people
from core.errors import Refused
from core.rules.access import READ_ONLY
from core.screens import Button, Screen

if TYPE_CHECKING:
    from bot.turn import Turn
    from conversations.deeds import Outcome
    from conversations.inputs import Input


async def route(turn: Turn) -> None:
    """Handle one update of an enrolled person; refusals become a sentence."""
    try:
        match turn.incoming.what:
            case CommandGiven(name, argument):
                await _command(turn, name, argument)
            case Tapped(data=data):
                await _tap(turn, data)
            case Did(event):
                await _did(turn, event)
            case Edited():
                await _edited(turn)
            case Membership(member):
                await _membership(turn, member=member)
    except Refused as refused:
        sentence = turn.acting.texts.of(refused.text)
        if isinstance(turn.incoming.what, Tapped):
            turn.toast, turn.toast_alert = str(sentence), True
        else:
            await turn.post(Screen(sentence))


async def _command(turn: Turn, name: str, argument: str) -> None:
    handler = COMMANDS.get(name)
    if handler is None or turn.acting.person.role in MENU.get(name, ("", frozenset()))[1]:
        t = turn.acting.texts
        await turn.post(
            Screen(
                t("I don't know that command. Type a customer's name, or see what I can do."),
                ((Button.open(t("Help"), "help"), Button.open(t("⌂ Home"), "home")),),
            )
        )
        return
    await handler(turn, argument)


async def _page(turn: Turn, name: str, *args: str) -> None:
    screen = await pages.show(turn.acting, name, *args)
    if screen is not None:
        await turn.post(screen)


async def _home(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "home")


async def _start(turn: Turn, argument: str) -> None:
    """What a deep link names, or home; the command menu is brought up to date on the way."""
    await turn.post(commands_for(turn.acting))
    if not await starting.start_from_link(turn, argument):
        await _page(turn, "home")


async def _find(turn: Turn, argument: str) -> None:
    await _page(turn, "found", argument)


async def _help(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "help")


async def _names(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "nicknames")


async def _settings(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "wishes")


async def _loads(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "loads")


async def _language(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "language")


async def _visit(turn: Turn, argument: str) -> None:
    if argument:
        await free_text(turn, argument, insist_log=True)
    else:
        await dialogues.begin(turn, "log_visit", {"at": turn.incoming.at.isoformat()})


async def _add(turn: Turn, argument: str) -> None:
    await starting.start(turn, "add_customer", (argument,) if argument else ())


async def _plan(turn: Turn, argument: str) -> None:
    del argument
    await dialogues.begin(turn, "plan", {})


async def _week(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "week")


async def _calendar(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "calendar")


async def _alerts(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "alerts")


async def _team(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "team")


async def _duplicates(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "duplicates")


async def _pool(turn: Turn, argument: str) -> None:
    del argument
    await _page(turn, "pool")


async def _invite(turn: Turn, argument: str) -> None:
    del argument
    await dialogues.begin(turn, "invite", {})


async def _audit(turn: Turn, argument: str) -> None:
    await _page(turn, "audit_search", argument)


async def _staff(turn: Turn, argument: str) -> None:
    await dialogues.begin(turn, "find_staff", {})
    talk = await talks.open_talk(turn.lane)
    if argument and talk is not None:
        await dialogues.feed(turn, talk, Said(argument, turn.incoming.at), moved=False)


async def _leave(turn: Turn, argument: str) -> None:
    del argument
    await starting.start(turn, "leave", ())


async def _undo(turn: Turn, argument: str) -> None:
    del argument
    await _outcome(turn, await undo(turn.acting, turn.perform), None)


async def _cancel(turn: Turn, argument: str) -> None:
    del argument
    t = turn.acting.texts
    if not await dialogues.cancel(turn):
        await turn.post(Screen(t("Nothing is open."), ((Button.open(t("⌂ Home"), "home"),),)))


Handler = Callable[["Turn", str], Awaitable[None]]
COMMANDS: dict[str, Handler] = {
    "start": _start,
    "menu": _home,
    "today": _home,
    "help": _help,
    "find": _find,
    "add": _add,
    "visit": _visit,
    "plan": _plan,
    "alerts": _alerts,
    "calendar": _calendar,
    "week": _week,
    "team": _team,
    "duplicates": _duplicates,
    "pool": _pool,
    "invite": _invite,
    "audit": _audit,
    "loads": _loads,
    "staff": _staff,
    "leave": _leave,
    "undo": _undo,
    "names": _names,
    "settings": _settings,
    "language": _language,
    "cancel": _cancel,
}


async def _tap(turn: Turn, data: str) -> None:
    match decode(data):
        case AnswerPress(talk_id, at_turn, choice):
            await _answer(turn, talk_id, at_turn, choice)
        case VerbPress("open", name, args):
            await _open(turn, name, args)
        case VerbPress("start", name, args):
            await starting.start(turn, name, args)
        case VerbPress("run", "resume", (talk_id,)):
            await dialogues.resume(turn, whole(talk_id))
        case VerbPress("run", name, args):
            await _run(turn, name, args)
        case None:
            await _stale(turn)


async def _answer(turn: Turn, talk_id: int, at_turn: int, choice: str) -> None:
    talk = await talks.talk_by_id(talk_id, turn.lane)
    if talk is None or talk.status != "open" or talk.turn != at_turn:
        if talk is not None and talk.status == "parked":
            await dialogues.resume(turn, talk.id)
            return
        await _stale(turn)
        return
    await dialogues.feed(turn, talk, Pressed(choice, turn.acting.now), moved=False)


async def _open(turn: Turn, name: str, args: tuple[str, ...]) -> None:
    screen = await pages.show(turn.acting, name, *args)
    if screen is None:
        await _stale(turn)
        return
    await _replace(turn, screen, name, args)


async def _run(turn: Turn, name: str, args: tuple[str, ...]) -> None:
    deed = DEEDS.get(name)
    if deed is None or not takes(deed, 2, args):
        await _stale(turn)
        return
    outcome = await deed(turn.acting, turn.perform, *args)
    card, subject = await turn.tapped()
    await _outcome(turn, outcome, card)
    if card is not None and outcome.screen is not None:
        await turn.turns(card, subject, name, args)


async def _outcome(turn: Turn, outcome: Outcome, card: int | None) -> None:
    turn.toast = str(outcome.toast)
    for content in outcome.posts:
        await turn.post(content)
    if outcome.screen is not None:
        if card is None:
            await turn.post(outcome.screen)
        else:
            await turn.edit(card, outcome.screen)
    if outcome.language_changed:
        await turn.post(commands_for(turn.acting))
        await dialogues.redraw(turn)


async def _replace(turn: Turn, screen: Screen, name: str, args: tuple[str, ...]) -> None:
    """Show a page in place of the tapped screen; a dialogue's own card is left alone."""
    card, subject = await turn.tapped()
    talk = await talks.open_talk(turn.lane)
    if card is None or (talk is not None and talk.card_id == card):
        await turn.post(screen)
    else:
        await turn.edit(card, screen)
        await turn.turns(card, subject, name, args)


async def _stale(turn: Turn) -> None:
    turn.toast = str(turn.acting.texts("That button is out of date."))
    card = await turn.tapped_card()
    talk = await talks.open_talk(turn.lane)
    if card is not None and (talk is None or talk.card_id != card):
        await turn.strip(card)


async def _did(turn: Turn, event: Input) -> None:
    talk = await talks.open_talk(turn.lane)
    if talk is not None and not await is_new_line(turn, talk, event):
        await dialogues.feed(turn, talk, event, moved=True)
        return
    match event:
        case Said(text):
            await free_text(turn, text)
        case SentFile() | SharedPlace():
            await starting.start_with_file(turn, event)
        case SharedContact(own=True):
            await welcome(turn)
        case SharedContact() if turn.acting.person.role not in READ_ONLY:
            await dialogues.begin(turn, "add_contact", {}, prefill=prefill_of(event))
        case _:
            t = turn.acting.texts
            await turn.post(
                Screen(
                    t("I can't use that. Write a line, send a photo, a voice note or a place."),
                    ((Button.open(t("Help"), "help"),),),
                )
            )


async def _edited(turn: Turn) -> None:
    t = turn.acting.texts
    await turn.post(
        Screen(t("I keep what you sent first. To change it, tap the line on the card, or open the "
                 "record and tap “Correct”."))
    )  # fmt: skip


async def _membership(turn: Turn, *, member: bool) -> None:
    if member:
        await people.mark_reachable(turn.chat_id)
    else:
        await people.mark_unreachable(turn.acting, turn.chat_id)
