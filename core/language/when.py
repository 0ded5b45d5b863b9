"""When: days and times in what people type, Chinese, English or mixed.

The grammars give parts of phrases; this module cuts a text into the longest ones, joins those that
belong together ("next Tuesday" + "at" + "3pm"), and resolves each group twice: as a plan, which
lies in the future, and as a report, which lies in the past. `read_when` is for an answer that is
a date, `find_whens` for dates inside a note. dateparser is asked only for explicit English dates
that our own grammar leaves unread, and is loaded only then.
"""

from __future__ import annotations

import datetime as dtm  # noqa: ICN001 - the project's name for it; `dt` reads as a variable
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from core.language import clock, en_counted, en_days, en_spans, zh_days, zh_spans
from core.language.fallback import explicit_english
from core.language.found import Found, When
from core.language.grammar import DAY, PART_HOURS, Atom, Context, Meaning, on_clock
from core.language.text import Plain, plain
from core.language.zh_words import AFTER, BEFORE, WITHIN

if TYPE_CHECKING:
    from collections.abc import Iterator

_ZH = re.compile(r"[\u4e00-\u9fff/.\-]|q[1-4]|20\d{6}")
_CLUE = re.compile(r"[\u4e00-\u9fff0-9]|[a-z]{3}")
_LONGEST = 600

#: what may stand between two parts of one phrase
_JOIN = re.compile(
    r"^[\s,的吧呢啊哦()@:]{0,3}(?:(?:at|on|in|of|the|around|about|arnd|abt|circa|by|from|"
    r"between|before|after|"
    r"for|大概|大约|约|差不多)[\s,]?){0,2}[\s(]{0,2}$"
)
_RANGE = re.compile(r"^\s?(?:到|至|-|~|to|until|till|through|and|or|或者?|和|、|/|跟|&|,)\s?$")
_BY = re.compile(
    r"(?:\bby|\bbefore|\buntil|\btill|no later than|at the latest|\bdue|deadline(?: is)?|"
    r"latest|不晚于|不迟于|截至|截止到?|最晚|最迟|赶在|务必在|在)\s*(?:the )?$"
)
_BY_WORD = re.compile(r"(?:by|before|until|till)\b")
_BEFORE = re.compile(rf"^\s?(?:{BEFORE}|{WITHIN}|为止)")
#: 让我四点再打: an hour, though no day stands beside it
_HOUR_OF_A_DEED = re.compile(r"左右|(?:之|以)?前|[再见打来去回碰]")
_ZH_AFTER = re.compile(rf"^\s?(?:{AFTER})")
_JUST_NOW = re.compile(r"刚才|刚刚|^\s*刚\s*$|\bjust now\b", re.IGNORECASE)
_EN_AFTER = re.compile(r"\b(?:after|following)\s+(?:the )?$")


@dataclass(slots=True)
class _Group:
    """Parts that belong together."""

    start: int
    end: int
    day: Meaning | None = None
    week: Meaning | None = None
    part: str | None = None
    clock: Meaning | None = None
    moment: Meaning | None = None
    deadline: bool = False
    after: bool = False


def find_whens(text: str, now: dtm.datetime) -> list[Found]:
    """Every phrase of date or time in a text, in order."""
    return list(found_in(plain(text[:_LONGEST]), now))


def read_when(text: str, now: dtm.datetime, *, past: bool = False) -> When | None:
    """The day (and time) that a phrase as a whole says; words around it are tolerated.

    Of several phrases the first with a day counts; without any, the first time.
    """
    found = find_whens(text, now)
    if not found:
        if _JUST_NOW.search(text):
            return When(now.date(), None, (0, len(text)), text)
        day = explicit_english(text, now)
        return When(day, None, (0, len(text)), text) if day is not None else None
    best = next((f for f in found if f.has_day), found[0])
    answer = best.when(past=past)
    if answer.time is None:
        hour = _hour_apart(best, found, past=past)
        return replace(answer, time=hour)
    return answer


def _hour_apart(best: Found, found: list[Found], *, past: bool) -> dtm.time | None:
    """The hour that was said apart from the only day: "not before Monday, say Monday 11am"."""
    said = best.when(past=past)
    others = [f for f in found if f is not best]
    if any(f.has_day and f.when(past=past).date != said.date for f in others):
        return None
    hours = [time for f in others if (time := f.when(past=past).time) is not None]
    return hours[0] if len(hours) == 1 else None


def found_in(line: Plain, now: dtm.datetime) -> Iterator[Found]:
    """Every phrase of date or time in a normalised text, in order."""
    if not _CLUE.search(line.text):
        return
    for group in _groups(line.text, _atoms(line.text), now):
        found = _resolve(group, line, now)
        if found is not None:
            yield found


@lru_cache(maxsize=256)
def _atoms(text: str) -> tuple[Atom, ...]:
    """The longest parts from left to right, none overlapping."""
    rules = clock.RULES + en_days.RULES + en_counted.RULES + en_spans.RULES
    if _ZH.search(text):
        rules = zh_days.RULES + zh_spans.RULES + clock.ZH_RULES + rules
    found: list[tuple[int, int, int, Meaning]] = []
    for order, each in enumerate(rules):
        for match in each.pattern.finditer(text):
            start, end = match.span()
            if start == end:
                continue
            meaning = each.build(match)
            if meaning is not None:
                found.append((start, -end, order, meaning))
    found.sort(key=lambda item: item[:3])
    atoms: list[Atom] = []
    at = 0
    for start, minus_end, _, meaning in found:
        if start >= at:
            atoms.append(Atom(start, -minus_end, meaning))
            at = -minus_end
    return tuple(atoms)


def _groups(text: str, atoms: tuple[Atom, ...], now: dtm.datetime) -> Iterator[_Group]:
    """Join neighbours that say one thing."""
    group: _Group | None = None
    last: Meaning | None = None
    for atom in atoms:
        if group is not None and last is not None:
            gap = text[group.end : atom.start]
            if _JOIN.match(gap) and _add(group, atom, text, gap, now):
                last = atom.meaning
                continue
            if _RANGE.match(gap) and _same_kind(last, atom.meaning):
                group.end = atom.end
                continue
            yield _finish(group, text)
        group = _Group(atom.start, atom.end)
        _fill(group, atom.meaning)
        last = atom.meaning
    if group is not None:
        yield _finish(group, text)


def _same_kind(one: Meaning, other: Meaning) -> bool:
    days = {"day", "weekday", "week", "month"}
    return one.kind == other.kind or (one.kind in days and other.kind in days)


def _fill(group: _Group, meaning: Meaning) -> None:
    if meaning.kind in {"day", "weekday"}:
        group.day = meaning
        group.part = group.part or meaning.part
    elif meaning.kind in {"week", "month"}:
        group.week = meaning
    elif meaning.kind == "part":
        group.part = meaning.part
    elif meaning.kind == "clock":
        group.clock = meaning
    else:
        group.moment = meaning
    group.deadline = group.deadline or meaning.deadline


def _add(group: _Group, atom: Atom, text: str, gap: str, now: dtm.datetime) -> bool:
    """Add a part to the group if it fits there."""
    new = atom.meaning
    if group.moment is not None or new.kind == "moment":
        return False
    if new.kind == "part":
        if group.part is not None and group.part != new.part:
            return False
    elif new.kind == "clock":
        if group.clock is not None:
            return False
    elif not _fits_day(group, new, gap, text[atom.start : atom.end], now):
        return False
    same_day = new.kind in {"day", "weekday"} or group.week is not None
    if group.day is not None and same_day and new.kind not in {"part", "clock"}:
        # The same day said twice, "明天(24号)": the date wins over the weekday.
        group.deadline = group.deadline or new.deadline
        if group.day.kind == "weekday" and new.kind == "day":
            group.day = new
    else:
        _fill(group, new)
    group.end = atom.end
    return True


def _fits_day(group: _Group, new: Meaning, gap: str, said: str, now: dtm.datetime) -> bool:
    timed = group.clock is not None or group.part is not None
    if timed and (("," in gap) or (not said.isascii() and group.day is None and group.clock)):
        # 约了3点,明天…: in Chinese the day comes first, and a comma parts two statements.
        return False
    if group.day is None:
        # next week + Tuesday, two weeks later + on Monday, next month + on the 5th
        later = new.kind == "weekday" or (new.kind == "day" and not timed and "," not in gap)
        return group.week is None or later
    if new.kind == "week":
        return group.day.kind == "weekday" and group.day.sign == 0 and group.week is None
    return _same_day(group.day, new, now)


def _same_day(one: Meaning, other: Meaning, now: dtm.datetime) -> bool:
    """Whether two parts name one day: 明天(24号), "Tuesday, December 1", 12月1日(周二)."""
    if one.day is None or other.day is None:
        return False
    contexts = (Context(now, past=False), Context(now, past=True))
    first = {one.day(c) for c in contexts}
    second = {other.day(c) for c in contexts}
    if first & second:
        return True
    return any(
        m.weekday is not None and m.sign == 0 and any(d and d.weekday() == m.weekday for d in days)
        for m, days in ((one, second), (other, first))
    )


def _finish(group: _Group, text: str) -> _Group:
    """Look at what stands before and behind: by, before, after."""
    head, tail = text[: group.start], text[group.end : group.end + 6]
    before = _BY.search(head[-24:])
    if _BY_WORD.match(text, group.start) or (before and before[0].strip() != "在"):
        group.deadline = True
    behind = _BEFORE.match(tail)
    if behind is not None:
        group.deadline = True
        group.end += behind.end()
        return group
    behind = _ZH_AFTER.match(tail)
    if behind is not None:
        group.end += behind.end()
    ahead = _EN_AFTER.search(head)
    if ahead is not None:
        group.start = ahead.start()
    group.after = behind is not None or ahead is not None
    return group


def _resolve(group: _Group, line: Plain, now: dtm.datetime) -> Found | None:
    plan = _reading(group, Context(now, past=False))
    report = _reading(group, Context(now, past=True)) or plan
    if plan is None or report is None:
        return None
    named = group.day or group.week
    lone = len(line.text.strip()) <= group.end - group.start + 1
    lone = lone or _HOUR_OF_A_DEED.match(line.text, group.end) is not None
    if named is None and group.clock is not None and group.clock.weak and not (group.part or lone):
        # 一点, 两点 are "a bit" and "two points" unless a day or a part of one stands beside them.
        return None
    if named is not None and named.weak and group.clock is None and group.part is None:
        return None
    start, end = line.span(group.start, group.end)
    signs = [m.sign for m in (group.day, group.week, group.moment) if m is not None and m.sign]
    if not signs and _just_gone(plan[0], report[0], now.date()):
        signs = [-1]
    return Found(
        start=start,
        end=end,
        text=line.source[start:end],
        date=plan[0],
        time=plan[1],
        past_date=report[0],
        past_time=report[1],
        part=group.part,
        has_day=named is not None or group.moment is not None or group.part == "end",
        exact_time=group.clock is not None or group.moment is not None,
        deadline=group.deadline,
        recurring=bool(group.day and group.day.recurring),
        sign=signs[0] if signs else 0,
        at=(group.start, group.end),
    )


def _just_gone(ahead: dtm.date, behind: dtm.date, today: dtm.date) -> bool:
    """6月8日 said on 10 June: two days ago rather than in a year."""
    return ahead - today > 300 * DAY and dtm.timedelta(0) < today - behind < 45 * DAY


def _reading(group: _Group, context: Context) -> tuple[dtm.date, dtm.time | None] | None:
    if group.moment is not None:
        assert group.moment.at is not None
        at = group.moment.at(context)
        return at.date(), at.time()
    hour, carry = _hour(group)
    if group.day is None and group.week is None:
        return _today(group, hour, carry, context)
    day = _day(group, context)
    if day is None:
        return None
    if group.after and hour is None:
        day += DAY
    if group.day is not None and group.day.recurring and hour is not None and not context.past:
        return _next_time(group.day, day, hour, context), hour
    if hour is not None and group.clock is not None and _is_late_seven(group, day, context):
        hour = hour.replace(hour=19)
    return day + DAY * carry, hour


def _next_time(meaning: Meaning, day: dtm.date, hour: dtm.time, context: Context) -> dtm.date:
    """The first time from now on of what recurs: today's if its hour is still to come."""
    if meaning.start is not None:
        day = meaning.start(context)
    if day == context.today and hour <= context.now.time() and meaning.day is not None:
        tomorrow = Context(context.now + DAY, past=False)
        return (meaning.start or meaning.day)(tomorrow) or day
    return day


def _hour(group: _Group) -> tuple[dtm.time | None, int]:
    if group.clock is not None:
        assert group.clock.clock is not None
        return on_clock(group.clock.clock, group.part, exact=group.clock.exact)
    return (PART_HOURS[group.part] if group.part else None), 0


def _is_late_seven(group: _Group, day: dtm.date, context: Context) -> bool:
    """今天7点 said in the morning after seven: the evening is meant."""
    assert group.clock is not None
    at = group.clock.clock
    return (
        at is not None
        and at.hour == 7
        and group.part is None
        and not group.clock.exact
        and not context.past
        and day == context.today
        and context.now.time() > at
    )


def _day(group: _Group, context: Context) -> dtm.date | None:
    day, week = group.day, group.week
    if week is not None and week.start is not None and day is not None:
        if week.kind == "week" and day.weekday is not None:
            return week.start(context) + DAY * day.weekday
        if week.kind == "month" and day.day is not None:
            # next month + on the 5th: the day is counted in that month.
            first = week.start(context)
            noon = dtm.datetime(first.year, first.month, 1, 12, tzinfo=context.now.tzinfo)
            return day.day(Context(noon, past=False))
    meaning = day or week
    return meaning.day(context) if meaning is not None and meaning.day is not None else None


def _today(
    group: _Group, hour: dtm.time | None, carry: int, context: Context
) -> tuple[dtm.date, dtm.time | None] | None:
    """A time without a day: today, the next day if it is over, the day before if still to come."""
    if hour is None:
        return (context.today, None) if group.part == "end" else None
    clock_time = context.now.time()
    day = context.today + DAY * carry
    if not carry:
        if not context.past and hour <= clock_time:
            later = hour.replace(hour=hour.hour + 12) if hour.hour < 12 else hour
            if _is_open(group) and later > clock_time and later.hour < 21:
                return day, later
            day += DAY
        elif context.past and hour > clock_time and group.clock is not None:
            earlier = hour.replace(hour=hour.hour - 12) if hour.hour >= 12 else hour
            if _is_open(group) and earlier <= clock_time and earlier.hour >= 7:
                return day, earlier
            day -= DAY
    return day, hour


def _is_open(group: _Group) -> bool:
    """Whether the half of the day was left open, and is an hour that people use both ways."""
    return (
        group.clock is not None
        and group.clock.clock is not None
        and not group.clock.exact
        and group.part is None
        and group.clock.clock.hour in {7, 8}
    )
