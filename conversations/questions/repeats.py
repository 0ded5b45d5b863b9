"""Whether something repeats, and how: likely rules as buttons, any other typed.

Every Friday, every other one, on the 4th of every month …: as the first day has it. The rule that
the words gave comes first. A typed one may say its end: "every second Friday until March".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from conversations.engine.fingerprints import fingerprint
from conversations.engine.questions import Question, Redraw, Refuse, Taken
from conversations.inputs import Input, Pressed, Said
from conversations.questions.common import asked, grid, hint, normal, typed_as
from core.i18n import N_, Text
from core.language.recurrences import repeat_said
from core.recurrence_line import recurrence_line
from core.rules.recurrence import WORKDAYS, Recurrence, Rule, read, written
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.engine.questions import Ctx, Json, Reply, View

ONCE = Text(N_("Once only"))
HINT = N_("Tap, or type it, such as “every second Friday until March”.")
UNREAD = N_("I can't read a rule in that. Try “every Friday”, “on the 15th of every month”.")
_ONCE_WORDS = frozenset(("once", "no", "不", "一次", "只一次", "就一次", "不重复", "仅一次"))


def stored(what: Recurrence | None) -> Json:
    """As the answer is kept; None is once."""
    if what is None:
        return None
    ends_on = what.ends_on.isoformat() if what.ends_on else None
    return {"rule": written(what.rule), "ends_on": ends_on, "times": what.times}


def held(kept: Json) -> Recurrence | None:
    """What an answer that is kept says."""
    if kept is None:
        return None
    ends_on = date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None
    return Recurrence(read(kept["rule"]), ends_on, kept["times"])


@dataclass(frozen=True, slots=True)
class Repeats(Question[Recurrence | None]):
    """The rule and its end, or once."""

    key: str
    prompt: Text
    #: the first time
    first: datetime
    #: what the words said, as it is kept
    said: Json = None
    #: whether it may be once only
    once: bool = True

    def fingerprint(self) -> str:
        """By its kind: the first time changes with another answer."""
        return fingerprint([type(self).__name__])

    async def show(self, ctx: Ctx, view: View) -> Screen:  # noqa: ARG002 - nothing to page here
        """Once, what was said, and what the first day suggests."""
        buttons = [Button.answer(ctx.texts.of(ONCE), "once")] if self.once else []
        for code, what in self._offered(ctx).items():
            label = str(recurrence_line(ctx.texts, what))
            buttons.append(Button.answer(label[:1].upper() + label[1:], code))
        return Screen(asked(ctx, self.prompt, hint(ctx, HINT)), grid(buttons, 2))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:  # noqa: ARG002
        """A tapped rule, or a phrase."""
        offered = self._offered(ctx)
        match event:
            case Pressed("once") if self.once:
                return Taken(None)
            case Pressed(choice) if choice in offered:
                return Taken(stored(offered[choice]))
            case Said(text) if self.once and (
                typed_as(event, ONCE) or normal(text) in _ONCE_WORDS
            ):
                return Taken(None)
            case Said(text):
                found = repeat_said(text, event.at.astimezone(ctx.zone))
                return Refuse(Text(UNREAD)) if found is None else Taken(stored(found.what))
        return Redraw()

    def value(self, stored: Json) -> Recurrence | None:
        """The rule with its end, None for once."""
        return held(stored)

    async def revive(self, ctx: Ctx, stored: Json) -> bool:  # noqa: ARG002
        """What was kept can be read."""
        try:
            held(stored)
        except (ValueError, KeyError, TypeError):
            return False
        return True

    def _offered(self, ctx: Ctx) -> dict[str, Recurrence]:
        """The rules by the codes of their buttons, each once; at most five."""
        day = self.first.astimezone(ctx.zone).date()
        found: dict[str, Recurrence] = {}
        said = held(self.said)
        usual = {
            "week": Rule("week", weekdays=(day.weekday(),)),
            "week2": Rule("week", 2, (day.weekday(),)),
            "month": Rule("month", day=day.day),
            "work": WORKDAYS,
        }
        if said is not None:
            found["said"] = said
        known = {said} if said is not None else set()
        found |= {
            code: one for code, rule in usual.items() if (one := Recurrence(rule)) not in known
        }
        return found
