"""Dialogues in a chat: begin, feed, park, resume, expire; one card each.

The engine decides what a dialogue says; this module keeps its rows and its card. Presses change
the card in place; after the person typed, the card moves to the bottom of the chat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from bot import talks
from bot.turn import DELETABLE_FOR
from conversations.engine import dialogue as engine
from conversations.flows import TITLES
from core.bus import perform
from core.screens import Button, Screen
from storage.models import Talk
from storage.queues import millis

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.turn import Turn
    from conversations.engine.dialogue import Step
    from conversations.inputs import Input
    from core.acting import Acting

_lifetime = timedelta(hours=24)


def configure(lifetime: timedelta) -> None:
    """Set after how long an untouched dialogue is closed; called once, at start."""
    globals()["_lifetime"] = lifetime


@dataclass
class TalkHost:
    """What the engine may ask of the outside: commands and reads, in this transaction."""

    ctx: Acting
    talk_id: int

    async def perform(self, key: str, command: object) -> Any:
        """Run a command once for this dialogue and key."""
        return await perform(self.ctx, command, f"talk:{self.talk_id}:{key}")

    async def read(self, query: Any) -> Any:
        """Ask core; a query is a callable that takes the acting person first."""
        return await query(self.ctx)

    @property
    def now(self) -> datetime:
        """The moment of this step."""
        return self.ctx.now


async def begin(
    turn: Turn,
    flow: str,
    args: Mapping[str, Any],
    *,
    prefill: Mapping[str, Any] | None = None,
    collected: list[dict[str, Any]] | None = None,
    insist: str | None = None,
) -> None:
    """Start a dialogue; one that is open is parked."""
    current = await talks.open_talk(turn.lane)
    if current is not None:
        await park(turn, current)
    talk = await _new_row(turn, flow)
    step = await engine.begin(
        flow,
        dict(args),
        TalkHost(turn.acting, talk.id),
        prefill=dict(prefill or {}),
        insist=insist,
        collected=collected or [],
    )
    await _apply(turn, talk, step, moved=True)


async def begin_parked(
    turn: Turn, flow: str, args: Mapping[str, Any], prefill: Mapping[str, Any]
) -> None:
    """Keep a further dialogue for afterwards, filled in as far as it is."""
    talk = await _new_row(turn, flow)
    talk.status = "parked"
    talk.args, talk.prefill = talks.as_json(dict(args)), talks.as_json(dict(prefill))
    await talk.save()


async def feed(turn: Turn, talk: Talk, event: Input, *, moved: bool) -> None:
    """Give the open dialogue what the person did."""
    dialogue = await talks.dialogue_of(talk)
    step = await engine.feed(dialogue, event, TalkHost(turn.acting, talk.id))
    await _apply(turn, talk, step, moved=moved)


async def park(turn: Turn, talk: Talk) -> None:
    """Set a dialogue aside; its card offers to go on."""
    talk.status = "parked"
    await talk.save(update_fields=["status"])
    if talk.card_id is not None:
        t = turn.acting.texts
        await turn.edit(
            talk.card_id,
            Screen(
                t("⏸ Set aside: {what}", what=title(turn.acting, talk)), (_resume(turn, talk),)
            ),
        )


async def resume(turn: Turn, talk_id: int) -> None:
    """Go on with a dialogue that was set aside or closed."""
    t = turn.acting.texts
    talk = await talks.talk_by_id(talk_id, turn.lane)
    if talk is None or talk.status not in {"parked", "expired", "open"}:
        turn.toast = t("That is settled already.")
        await _strip_tapped(turn)
        return
    current = await talks.open_talk(turn.lane)
    if current is not None and current.id != talk.id:
        await park(turn, current)
    talk.status, talk.reminded = "open", False
    step = await engine.redraw(await talks.dialogue_of(talk), TalkHost(turn.acting, talk.id))
    await _apply(turn, talk, step, moved=True)


async def redraw(turn: Turn) -> None:
    """Draw the open dialogue's card again, in whatever language it is now."""
    talk = await talks.open_talk(turn.lane)
    if talk is not None:
        step = await engine.redraw(await talks.dialogue_of(talk), TalkHost(turn.acting, talk.id))
        await _apply(turn, talk, step, moved=False)


async def cancel(turn: Turn) -> bool:
    """Stop the open dialogue; false when there is none."""
    talk = await talks.open_talk(turn.lane)
    if talk is None:
        return False
    talk.status = "cancelled"
    await talk.save(update_fields=["status"])
    if talk.card_id is not None:
        t = turn.acting.texts
        await turn.edit(
            talk.card_id,
            Screen(t("✕ Cancelled: {what}. Nothing was saved.", what=title(turn.acting, talk))),
        )
    return True


async def expire(turn: Turn, talk_id: int, at_turn: int) -> None:
    """An untouched dialogue: remind once, then close it softly; a pressed one goes on."""
    talk = await Talk.get_or_none(id=talk_id)
    if talk is None or talk.status not in {"open", "parked"} or talk.turn != at_turn:
        return
    if talk.expires_at > turn.now_ms:
        return
    t = turn.acting.texts
    if not talk.reminded:
        talk.reminded = True
        talk.expires_at = _expiry(turn)
        await talk.save(update_fields=["reminded", "expires_at"])
        text = t("You have something unfinished: {what}", what=title(turn.acting, talk))
    else:
        talk.status = "expired"
        await talk.save(update_fields=["status"])
        text = t("⌛ Closed unfinished: {what}. Nothing was saved; your answers are kept.",
                 what=title(turn.acting, talk))  # fmt: skip
    screen = Screen(text, (_resume(turn, talk),))
    if talk.card_id is not None and talk.status == "expired":
        await turn.edit(talk.card_id, screen)
    else:
        await turn.post(screen)


def title(acting: Acting, talk: Talk) -> Markup:
    """What a dialogue is about, in a few words."""
    return acting.texts(TITLES.get(talk.flow, talk.flow))


async def _new_row(turn: Turn, flow: str) -> Talk:
    return await Talk.create(
        lane=turn.lane,
        staff_id=turn.acting.person.id,
        flow=flow,
        version=engine.latest_version(flow),
        cause=turn.acting.cause,
        started_at=turn.now_ms,
        touched_at=turn.now_ms,
        expires_at=_expiry(turn),
    )


async def _apply(turn: Turn, talk: Talk, step: Step, *, moved: bool) -> None:
    await talks.save(talk, step, turn.now_ms, _expiry(turn))
    *before, last = [*step.says, step.screen] if step.screen is not None else [*step.says, None]
    for said in before:
        if said is not None:
            await turn.post(said)
    if last is None:
        if talk.card_id is not None:
            await turn.strip(talk.card_id)
        return
    screen = _stamped(last, talk)
    if step.notice is not None:
        screen = replace(screen, text=Markup("{}\n\n{}").format(step.notice, Markup(screen.text)))  # noqa: S704 - screens hold escaped markup
    if step.status in {"done", "cancelled"}:
        screen = screen.under(await _waiting(turn))
    await _show(turn, talk, screen, moved=moved)


async def _show(turn: Turn, talk: Talk, screen: Screen, *, moved: bool) -> None:
    if talk.card_id is not None and not moved and screen.request is None:
        await turn.edit(talk.card_id, screen)
        return
    if talk.card_id is not None:
        old = turn.now_ms - talk.started_at > DELETABLE_FOR // timedelta(milliseconds=1)
        await (turn.strip(talk.card_id) if old else turn.remove(talk.card_id))
    talk.card_id = await turn.post(screen, f"talk:{talk.id}")
    await talk.save(update_fields=["card_id"])


def _stamped(screen: Screen, talk: Talk) -> Screen:
    """The screen with its answer buttons bound to this dialogue at this point."""
    return replace(
        screen,
        rows=tuple(
            tuple(
                replace(button, args=(str(talk.id), str(talk.turn), *button.args))
                if button.action == "answer"
                else button
                for button in row
            )
            for row in screen.rows
        ),
    )


async def _waiting(turn: Turn) -> tuple[Button, ...]:
    waiting = await talks.waiting_talks(turn.lane)
    if not waiting:
        return ()
    t = turn.acting.texts
    label = t("▶ Go on: {what} ({n} waiting)", what=title(turn.acting, waiting[0]), n=len(waiting))
    return (Button.run(label, "resume", waiting[0].id),)


def _resume(turn: Turn, talk: Talk) -> tuple[Button, ...]:
    return (Button.run(turn.acting.texts("▶ Go on"), "resume", talk.id),)


async def _strip_tapped(turn: Turn) -> None:
    card = await turn.tapped_card()
    if card is not None:
        await turn.strip(card)


def _expiry(turn: Turn) -> int:
    return millis(turn.acting.now + _lifetime)
