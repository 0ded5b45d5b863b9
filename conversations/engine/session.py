"""One step in the making: replay, one event, navigation, and the screen that comes of it.

Going back and changing a line are the same deed: the journal is cut before an answer, what was
cut off becomes the prefill, and that one question is put again. It is refused where a command
that took effect would be cut off with it, since the command would run again.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from conversations.engine import journal as journals
from conversations.engine.collecting import added as with_file
from conversations.engine.errors import Diverged
from conversations.engine.journal import GIVEN, own
from conversations.engine.ops import BACK, CANCEL, CHANGE, KEEP, SKIP
from conversations.engine.questions import Change, NotMine, Refuse, Taken
from conversations.engine.registry import exactly, latest_version
from conversations.engine.replay import (
    Finished,
    Pending,
    Rejected,
    answer,
    append,
    drive,
)
from conversations.engine.state import Step
from conversations.inputs import Pressed, SentFile, SharedPlace
from core.errors import Refused
from core.i18n import N_, Text
from core.screens import Button, Screen

if TYPE_CHECKING:
    from markupsafe import Markup

    from conversations.engine.ops import Ask
    from conversations.engine.questions import Json, Reply
    from conversations.engine.registry import Flow
    from conversations.engine.replay import Host, Outcome
    from conversations.engine.state import Dialogue, Status
    from conversations.inputs import Input

#: what a question may have beside the navigation
MOST_ROWS = 3

UPDATED = N_("This form was updated. Your answers are kept; please check.")
DONE_ALREADY = N_("That is done already and can't be changed here.")
CANCELLED = N_("✕ Cancelled. Nothing was saved.")
STOPPED = N_("✕ Stopped. What was saved stays saved.")
NO_USE = N_("I can't use that here. Please answer this question first.")


class Session:
    """The handling of one event."""

    def __init__(self, dialogue: Dialogue, host: Host) -> None:
        self._before = dialogue
        self._host = host
        self._says: list[Screen] = []
        self._notice: Markup | None = None
        self._alert = False
        self._status: Status = "pending"
        self._restarted = False
        self._dialogue = replace(
            dialogue,
            journal=list(dialogue.journal),
            view=own(dialogue.view),
            prefill=dict(dialogue.prefill),
            collected=list(dialogue.collected),
        )

    async def go_on(self, hold: str | None = None) -> Outcome:
        """Run the flow as far as it goes."""
        return await drive(self._flow, self._dialogue, self._host, self._says, hold=hold)

    async def stand(self, hold: str | None) -> Outcome:
        """Replay to where the dialogue stands; a form that was changed meanwhile starts again."""
        dialogue = self._dialogue
        has_done = journals.did(dialogue.journal)
        if not has_done and dialogue.version != latest_version(dialogue.flow):
            return await self._restart()
        try:
            return await self.go_on(hold)
        except Diverged:
            if has_done:
                raise
            return await self._restart()

    async def take(self, outcome: Outcome, event: Input) -> Outcome:
        """Let the event change the dialogue, if it is meant for the question that is pending."""
        if not isinstance(outcome, Pending) or not self._meant_for(outcome.ask, event):
            return outcome
        ask = outcome.ask
        navigated = await self._navigated(ask, event) if isinstance(event, Pressed) else None
        return navigated or await self._replied(ask, event)

    async def finish(self, outcome: Outcome) -> Step:
        """What this step comes to."""
        if isinstance(outcome, Rejected):
            outcome = await self._rejected(outcome.refusal)
        dialogue = self._dialogue
        if isinstance(outcome, Pending):
            dialogue.pending_key = outcome.ask.key
            return self._step(self._status, await self._shown(outcome.ask), self._says)
        dialogue.pending_key, dialogue.insist, dialogue.view = None, None, {}
        last = self._says.pop() if self._says else None
        step = self._step("done", last, self._says)
        return replace(step, result=outcome.result) if isinstance(outcome, Finished) else step

    def cancelled(self) -> Step:
        """The person wants no more of it; what was done stays done."""
        words = STOPPED if journals.did(self._dialogue.journal) else CANCELLED
        return self._step("cancelled", Screen(self._host.ctx.texts(words)), ())

    @property
    def _flow(self) -> Flow:
        return exactly(self._dialogue.flow, self._dialogue.version)

    async def _restart(self) -> Outcome:
        """Begin the newest version with every old answer, and say so in one line."""
        dialogue = self._dialogue
        # From how it was before this step: the replay that failed may have used answers up.
        dialogue.prefill = journals.offered(self._before.prefill, self._before.journal)
        dialogue.version = latest_version(dialogue.flow)
        dialogue.view = {}
        dialogue.journal.clear()
        self._says.clear()
        self._restarted = True
        self._say_above(Text(UPDATED))
        return await self.go_on()

    def _meant_for(self, ask: Ask, event: Input) -> bool:
        """Whether the event answers what is pending now; newer code may ask something else."""
        if isinstance(event, SentFile | SharedPlace):
            return True  # never lost: it is taken, collected, or refused in words
        shown = self._before.pending_key
        if self._restarted:
            return shown == ask.key and not isinstance(event, Pressed)
        if shown is not None and shown != ask.key:
            self._say_above(Text(UPDATED))
            return False
        return True

    async def _navigated(self, ask: Ask, event: Pressed) -> Outcome | None:
        """Back, keep, or change a line; None if the button is the question's own."""
        dialogue, choice = self._dialogue, event.choice
        if choice == BACK:
            return await self._again(ask, journals.last_given(dialogue.journal))
        if choice == KEEP:
            if await self._keepable(ask):
                return await self._taken(ask, dialogue.prefill[ask.key])
            return Pending(ask)
        if choice.startswith(CHANGE):
            return await self._changed(ask, choice[1:])
        return None

    async def _changed(self, ask: Ask, line: str) -> Outcome:
        """Put the question behind a line of the card again."""
        if line not in ask.question.changes:
            return Pending(ask)
        return await self._again(ask, journals.target(self._dialogue.journal, ask.prefix + line))

    async def _again(self, ask: Ask, key: str | None) -> Outcome:
        """Put the question `key` again."""
        if key is None:
            return Pending(ask)
        if not self._cut(key):
            self._status = "already_done"
            self._say_above(Text(DONE_ALREADY))
            return Pending(ask)
        return await self.go_on()

    def _cut(self, key: str) -> bool:
        """Cut the journal before an answer and insist on it; false if a deed would be cut."""
        dialogue = self._dialogue
        kept, dropped = journals.cut(dialogue.journal, key)
        if journals.did(dropped):
            return False
        dialogue.prefill = journals.offered(dialogue.prefill, dropped, again=key)
        dialogue.journal[:] = kept
        dialogue.insist, dialogue.view = key, {}
        return True

    async def _replied(self, ask: Ask, event: Input) -> Outcome:
        try:
            reply: Reply = await ask.question.take(self._host.ctx, event, self._dialogue.view)
        except Refused as refusal:
            reply = Refuse(refusal.text)
        match reply:
            case Taken(stored, attach):
                if attach:
                    self._collect(event)
                return await self._taken(ask, stored)
            case Refuse(text, alert):
                self._say_above(text)
                self._alert = alert
            case NotMine():
                if not self._collect(event) and not isinstance(event, Pressed):
                    self._say_above(Text(NO_USE))
            case Change(line):
                return await self._changed(ask, line)
        return Pending(ask)  # after a Redraw, too: the view has it already

    async def _taken(self, ask: Ask, stored: Json) -> Outcome:
        dialogue = self._dialogue
        append(self._flow, dialogue.journal, answer(ask, stored, GIVEN))
        journals.withdraw(dialogue.prefill, ask.key)
        dialogue.view = {}
        if dialogue.insist == ask.key:
            dialogue.insist = None
        return await self.go_on()

    def _collect(self, event: Input) -> bool:
        """Keep a file or place, if this flow collects them; false if it is none of ours."""
        if self._flow.collect is None or not isinstance(event, SentFile | SharedPlace):
            return False
        kept = with_file(self._dialogue.collected, event)
        if isinstance(kept, Text):
            self._say_above(kept)
        else:
            self._dialogue.collected = kept
        return True

    async def _rejected(self, refusal: Refused) -> Outcome:
        """Bring the person back to the last answer, with the reason; or end with it."""
        key = journals.last_given(self._dialogue.journal)
        if key is None or not self._cut(key):
            self._says.append(Screen(self._host.ctx.texts.of(refusal.text)))
            return Rejected(refusal)
        self._says.clear()
        self._say_above(refusal.text)
        return await self.go_on()

    def _say_above(self, text: Text | Markup) -> None:
        texts = self._host.ctx.texts
        self._notice = texts.of(text) if isinstance(text, Text) else text

    async def _keepable(self, ask: Ask) -> bool:
        """Whether the question is put again only because the person went back to it."""
        dialogue = self._dialogue
        return (
            ask.key == dialogue.insist
            and ask.key in dialogue.prefill
            and not ask.question.always_asked
            and await ask.question.revive(self._host.ctx, own(dialogue.prefill[ask.key]))
        )

    async def _shown(self, ask: Ask) -> Screen:
        """The question with the files so far, and the navigation below."""
        dialogue, texts = self._dialogue, self._host.ctx.texts
        screen = await ask.question.show(self._host.ctx, dialogue.view)
        if dialogue.collected:
            screen = replace(screen, text=f"{screen.text}\n\n📎 {len(dialogue.collected)}")
        navigation = [Button.answer(texts("✕ Cancel"), CANCEL)]
        rows = screen.rows
        if len(rows) > MOST_ROWS and [button.args for button in rows[-1]] == [(SKIP,)]:
            # A card has three rows at most: a fourth that only skips finds room beside Cancel.
            navigation.insert(0, rows[-1][0])
            screen = replace(screen, rows=rows[:-1])
        if await self._keepable(ask):
            navigation.insert(0, Button.answer(texts("✓ Keep"), KEEP))
        key = journals.last_given(dialogue.journal)
        if key is not None and not journals.did(journals.cut(dialogue.journal, key)[1]):
            navigation.insert(0, Button.answer(texts("‹ Back"), BACK))
        return screen.under(tuple(navigation))

    def _step(self, status: Status, screen: Screen | None, says: list[Screen] | tuple[()]) -> Step:
        old, new = self._before.journal, self._dialogue.journal
        same = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
        )
        return Step(
            status=status,
            dialogue=self._dialogue,
            screen=screen,
            says=tuple(says),
            notice=self._notice,
            alert=self._alert,
            cut_to=same if same < len(old) else None,
            added=tuple(new[same:]),
        )
