"""A day, with or without a time: likely days as buttons, any phrase typed.

Phrases are read against the moment at which they were sent, on the person's own clock. A question
looks ahead or back: what lies on the wrong side is refused, with what was understood read back.
With `times`, a day without a time leads to a second row of buttons for the time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar

from conversations.engine.questions import Question, Redraw, Refuse, Taken
from conversations.inputs import Input, Pressed, Said
from conversations.questions.common import asked, grid, hint, normal, otherwise
from core import formats
from core.i18n import N_, Text
from core.language.lengths import minutes_said
from core.language.when import find_whens, read_when
from core.rules.lasting import within
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.engine.questions import Ctx, Json, Reply, View
    from core.screens import Row

HINT = N_("Tap, or type it, such as “Tuesday 3pm”.")
HINT_PAST = N_("Tap, or type it, such as “yesterday 3pm”.")
JUST_NOW = N_("Just now")
NO_TIME = N_("No exact time")
ANOTHER_DAY = N_("Another day")
WHAT_TIME = N_("<b>{day}</b> – at what time?")
UNREAD = N_("I can't read a day in that. Try “tomorrow 3pm”, “next Tuesday” or “12/1 10:00”.")
UNREAD_TIME = N_("I can't read a time in that. Try “3pm” or “15:30”.")
PAST = N_("I read that as {when}, which is past. Please give a later time.")
AHEAD = N_("I read that as {when}, which is still to come. When was it?")
TOO_FAR = N_("I read that as {when}, which is too far away. Please check it.")

#: what a flow may give as `times`
HOURS = ("09:00", "10:00", "11:00", "14:00", "15:00", "16:00")
#: the moment that stands for a day without a time
MORNING = time(9)

_COLUMNS = 3
#: a phone's clock may be a little ahead of ours
_TOLERANCE = timedelta(minutes=5)
_FARTHEST = timedelta(days=3 * 366)
_NOW = frozenset(("now", "justnow", "rightnow", "现在", "刚才", "刚刚", "刚", "此刻"))
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OFFSET = re.compile(r"[+-]\d{1,3}")
_BARE_HOUR = re.compile(r"\s*([01]?\d|2[0-3])\s*")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC; `all_day` means that only its day was said."""

    at: datetime
    all_day: bool
    #: how long it takes, in minutes, where that was said with it
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class When(Question[Moment]):
    """When something will be, or with `past`, when it was."""

    key: str
    prompt: Text
    past: bool = False
    #: days as "+3" or "-1" from today, "mon" to "sun", and "now"; None takes the usual ones
    suggestions: tuple[str, ...] | None = None
    #: times of the day to choose from after the day; none, and the day alone is enough
    times: tuple[str, ...] = ()

    usual: ClassVar[dict[bool, tuple[str, ...]]] = {
        False: ("+1", "+3", "mon", "+7"),
        True: ("now", "+0", "-1"),
    }

    async def show(self, ctx: Ctx, view: View) -> Screen:
        """Likely days; or the day that was chosen, with times."""
        if "day" in view:
            return self._show_times(ctx, date.fromisoformat(view["day"]))
        below = hint(ctx, HINT_PAST if self.past else HINT)
        return Screen(asked(ctx, self.prompt, below), grid(self._days(ctx), _COLUMNS))

    async def take(self, ctx: Ctx, event: Input, view: View) -> Reply:
        """A tapped day or time, or a phrase."""
        now = event.at.astimezone(ctx.zone)
        match event:
            case Pressed("again"):
                view.clear()
            case Pressed(choice) if "day" in view:
                return self._pressed_time(ctx, choice, view, now)
            case Pressed("now"):
                return self._checked(ctx, now, now, all_day=False)
            case Pressed(choice) if (day := self._day(choice, now.date())) is not None:
                return self._on(ctx, day, None, view, now)
            case Said(text) if normal(text) in _NOW:
                return self._checked(ctx, now, now, all_day=False)
            case Said(text):
                return _with_length(self._said(ctx, text, view, now), text)
        return otherwise(event, UNREAD)

    def value(self, stored: Json) -> Moment:
        """The moment."""
        at = datetime.fromisoformat(stored["at"]).astimezone(UTC)
        return Moment(at, stored["all_day"], stored.get("minutes"))

    async def revive(self, ctx: Ctx, stored: Json) -> bool:
        """A moment that is still on the right side of now."""
        if not isinstance(stored, dict) or not {"at", "all_day"} <= stored.keys():
            return False
        moment, now = self.value(stored), ctx.now.astimezone(ctx.zone)
        local = moment.at.astimezone(ctx.zone)
        return self._wrong(local, now, all_day=moment.all_day) is None

    def _days(self, ctx: Ctx) -> list[Button]:
        """The suggested days, each once; a button means what it says whenever it is tapped."""
        today = ctx.now.astimezone(ctx.zone).date()
        suggestions = self.usual[self.past] if self.suggestions is None else self.suggestions
        buttons: dict[object, Button] = {}
        for code in suggestions:
            day = self._day(code, today)
            if day is None:
                buttons.setdefault(code, Button.answer(ctx.texts(JUST_NOW), "now"))
                continue
            label = formats.day(day, ctx.locale, today)
            away = (day - today).days
            choice = f"{away:+d}" if abs(away) <= 1 else day.isoformat()
            buttons.setdefault(day, Button.answer(label[:1].upper() + label[1:], choice))
        return list(buttons.values())

    def _day(self, code: str, today: date) -> date | None:
        """The day that a button means; None for "now" and for what no button says."""
        if _OFFSET.fullmatch(code):
            return today + timedelta(days=int(code))
        if code in _WEEKDAYS:
            ahead = (_WEEKDAYS.index(code) - today.weekday()) % 7
            return today + timedelta(days=ahead - 7 if self.past else ahead or 7)
        try:
            return date.fromisoformat(code)
        except ValueError:
            return None

    def _show_times(self, ctx: Ctx, day: date) -> Screen:
        now = ctx.now.astimezone(ctx.zone)
        shown = formats.day(day, ctx.locale, now.date())
        buttons = [Button.answer(clock, clock) for clock in self._open_times(day, now)]
        last: Row = (
            Button.answer(ctx.texts(NO_TIME), "day"),
            Button.answer(ctx.texts(ANOTHER_DAY), "again"),
        )
        text = asked(ctx, self.prompt, ctx.texts(WHAT_TIME, day=shown))
        return Screen(text, grid(buttons, _COLUMNS)).under(last)

    def _open_times(self, day: date, now: datetime) -> Iterator[str]:
        for clock in self.times:
            at = datetime.combine(day, time.fromisoformat(clock), now.tzinfo)
            if self._wrong(at, now, all_day=False) is None:
                yield clock

    def _pressed_time(self, ctx: Ctx, choice: str, view: View, now: datetime) -> Reply:
        day = date.fromisoformat(view["day"])
        if choice == "day":
            return self._checked(ctx, _morning(day, now), now, all_day=True)
        if choice not in self.times:
            return Redraw()
        at = datetime.combine(day, time.fromisoformat(choice), now.tzinfo)
        return self._checked(ctx, at, now, all_day=False)

    def _said(self, ctx: Ctx, text: str, view: View, now: datetime) -> Reply:
        chosen = date.fromisoformat(view["day"]) if "day" in view else None
        if chosen is not None and not any(found.has_day for found in find_whens(text, now)):
            clock = _clock(text, datetime.combine(chosen, time(), now.tzinfo))
            if clock is None:
                return Refuse(Text(UNREAD_TIME))
            at = datetime.combine(chosen, clock, now.tzinfo)
            return self._checked(ctx, at, now, all_day=False)
        found = read_when(text, now, past=self.past)
        if found is None:
            return Refuse(Text(UNREAD))
        return self._on(ctx, found.date, found.time, view, now)

    def _on(self, ctx: Ctx, day: date, clock: time | None, view: View, now: datetime) -> Reply:
        """A day, perhaps with a time; without one, ask for it where times matter."""
        if clock is not None:
            at = datetime.combine(day, clock, now.tzinfo)
            return self._checked(ctx, at, now, all_day=False)
        reply = self._checked(ctx, _morning(day, now), now, all_day=True)
        if self.times and isinstance(reply, Taken):
            view["day"] = day.isoformat()
            return Redraw()
        return reply

    def _checked(self, ctx: Ctx, at: datetime, now: datetime, *, all_day: bool) -> Reply:
        """The answer, unless it lies on the wrong side of now; then what was understood."""
        wrong = self._wrong(at, now, all_day=all_day)
        if wrong is not None:
            when = formats.moment(at, ctx.zone, ctx.locale, now, all_day=all_day)
            return Refuse(Text(wrong, {"when": when}))
        if self.past:
            at = min(at, now)
        return Taken({"at": at.astimezone(UTC).isoformat(), "all_day": all_day})

    def _wrong(self, at: datetime, now: datetime, *, all_day: bool) -> str | None:
        """The sentence that refuses this moment, if one does."""
        if abs(at - now) > _FARTHEST:
            return TOO_FAR
        if self.past:
            late = at.date() > now.date() if all_day else at > now + _TOLERANCE
            return AHEAD if late else None
        early = at.date() < now.date() if all_day else at < now
        return PAST if early else None


def _morning(day: date, now: datetime) -> datetime:
    return datetime.combine(day, MORNING, now.tzinfo)


def _with_length(reply: Reply, text: str) -> Reply:
    """The answer with how long it takes, where the phrase says that, too."""
    minutes = minutes_said(text)
    if not isinstance(reply, Taken) or not within(minutes) or reply.stored["all_day"]:
        return reply
    return Taken({**reply.stored, "minutes": minutes})


def _clock(text: str, midnight: datetime) -> time | None:
    """The time of day that a phrase says."""
    hour = _BARE_HOUR.fullmatch(text)
    if hour is not None:
        return time(int(hour[1]))
    found = read_when(text, midnight)
    return None if found is None else found.time
