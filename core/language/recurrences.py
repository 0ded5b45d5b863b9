"""What a line says of a repetition: the rule, its first day, its hour and its end.

每周五, 每两周周三, 每月15号, 每季度末; every other Monday, on the 15th of every month. What is
told of a customer (每月流水100万, the turnover) is no plan; a bare frequency (每周, monthly)
counts where somebody is to do something. 每次, 每股 and 定期存款 say nothing of time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.language import recurrences_en, recurrences_zh
from core.language.grammar import add_months, last_of
from core.language.numerals import whole
from core.language.text import plain
from core.language.when import found_in
from core.rules.recurrence import MOST_TIMES, Recurrence, Rule, begun, first_day, fitted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

    from core.language.found import Found
    from core.language.recurrence_words import Said
    from core.language.text import Plain

DAY = timedelta(days=1)
_YEAR = 12
_LONGEST = 600
#: 每周两次 is no rule of ours: which days?
_SEVERAL = re.compile(
    r"(?:每个?|一)(?:周|星期|礼拜|月|天|日|季度|年)(?:[^\s,,。共\d一二三四五六日天]{0,6})"
    r"[二两三四五六七八九十\d]+次(?!为止|后)|"
    r"\b(?:twice|(?:two|three|four|five|\d) times) (?:a|per|each|every) "
    r"(?:day|week|month|quarter)|[一两三四五六七八九十\d]次/(?:周|月)"
)
_UNTIL = re.compile(
    r"(?:直到|到|至|截至|截止到?)(?=\s?[^,,。;]{0,12}?(?:[年月日号周底末初]|星期|礼拜|\d))|"
    r"\b(?:until|untill|till|til|through|thru|up to|ending|ends?(?: on)?)\b"
)
_MONTH_ONLY = re.compile(
    r"\s*(?:20\d\d年|今年|明年|后年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|为止|[\s,,。]|$)|"
    r"\s*(?:next |this )?(?:january|february|march|april|may|june|july|august|september|sept|"
    r"october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:\s20\d\d)?\b(?!\s?\d)"
)
_FROM = re.compile(r"(?:从|自)\s*$|\b(?:from|starting|starts?|beginning|commencing|as of)"
                   r"(?: (?:on|from))?(?: the)?\s*$")  # fmt: skip
_FROM_WORD = re.compile(r"^(?:from|starting)\b")
_ON = re.compile(r"^\s?(?:起|开始)(?!来)")
_N_ZH = r"\d{1,3}|[一两二三四五六七八九十半]{1,3}"
_LASTS = re.compile(
    rf"(?:持续|连续|为期|坚持|接下来|未来|今后|连着|一共|总共|共)的?(?P<n>{_N_ZH})个?"
    r"(?P<unit>周|星期|礼拜|月|季度|年|天)(?!次)|"
    r"\b(?:for|over)(?: the)?(?: next)? (?P<n2>\d{1,3}|an?|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve) (?P<unit2>day|week|month|quarter|year)s?\b"
)
_TIMES = re.compile(
    rf"(?:一共|总共|共计?|合计|连续|连着|先)(?:\S{{0,4}}?)(?P<n>{_N_ZH})[次回趟]|"
    rf"(?P<n2>{_N_ZH})次(?:为止|后结束|后停|结束|就停)|[,,、\s](?P<n3>{_N_ZH})次(?=$|[,,。\s])|"
    r"\b(?P<n4>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty) "
    r"(?:times|occasions|visits|calls|meetings)\b(?! (?:a|per|each|every) )"
)
_UNITS = {"周": "week", "星期": "week", "礼拜": "week", "月": "month", "季度": "quarter",
          "年": "year", "天": "day"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repetition that was said."""

    what: Recurrence
    #: the rule's own first day after now
    begins: date
    at: time | None
    #: the words of it in the original text
    span: tuple[int, int]
    #: the words of its end there
    end_span: tuple[int, int] | None = None
    #: the words of its start there: from next week on
    start_span: tuple[int, int] | None = None
    #: somebody is to do something: to call, to visit, to check
    deed: bool = False


def repeat_in(text: str, now: datetime) -> Repeat | None:
    """The repetition that a line asks for, None where it asks for none."""
    return in_line(plain(text[:_LONGEST]), now)


def repeat_said(text: str, now: datetime) -> Repeat | None:
    """The repetition that an answer is: 每周 alone is enough here."""
    return in_line(plain(text[:_LONGEST]), now, bare=True)


def in_line(line: Plain, now: datetime, *, bare: bool = False) -> Repeat | None:
    """The repetition in a normalised line; `bare` takes a frequency without a deed, too."""
    said = _said(line.text, bare=bare)
    if said is None or _SEVERAL.search(line.text):
        return None
    found = list(found_in(line, now))
    until, lasts, times = _end(line, said, now)
    others = [one for one in found if not _overlap(one.at, said.at) and one.at[0] not in until]
    start = next((one for one in others if _is_start(line.text, one)), None)
    at = next((one.time for one in found if one.time is not None and one.at[0] not in until), None)
    rule, begins = _begins(said, others, start, now, at)
    if rule is None:
        return None
    end = line.span(until.start, until.stop) if until else None
    begin = _start_span(line, start) if start is not None else None
    ends_on = lasts(begins) if lasts is not None else None
    if ends_on is not None and ends_on < begins:
        return None
    deed = any(one.speaks_of_a_deed(line.text) for one in (recurrences_zh, recurrences_en))
    return Repeat(
        Recurrence(rule, ends_on, times), begins, at, line.span(*said.at), end, begin, deed
    )


#: said of what comes from now on
_FROM_NOW = re.compile(
    r"以后|今后|往后|之后|从此|接下来|约(?:好|定)|说好|定(?:了|好|在|于)|改(?:成|为)|"
    r"\b(?:then|from now on|going forward|agreed|will|to)\b"
)


def led_to(text: str, start: int) -> int:
    """Where the words that lead to a rule begin: 以后每周三."""
    ahead = re.search(r"(?:以后|今后|往后|之后|从此|then|from now on)\s*$", text[:start])
    return ahead.start() if ahead else start


def words_of(text: str, repeat: Repeat, ats: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The words of a rule with the dates that they overlap.

    "every other" of "every other Monday at 2pm" is no date, and "at 2pm" no rule.
    """
    start, end = led_to(text, repeat.span[0]), repeat.span[1]
    for first, last in ats:
        if first < end and start < last:
            start, end = min(start, first), max(end, last)
    return start, end


def only_planned(text: str, repeat: Repeat | None, *, told: bool, deed: bool) -> bool:
    """Whether a statement plans a repetition, and tells of nothing that took place."""
    if repeat is None or not repeat.deed or told or re.search(r"[??]", text):
        return False
    # 每天下班前发微信问开票: what begins with a rule and has no 了 tells of no deed.
    begins = repeat.span[0] < len("请在") and not re.search(r"[了过]|[a-z]ed\b", text)
    return begins or not deed


def going_on(text: str, ahead: Found | None, repeat: Repeat | None) -> Repeat | None:
    """The repetition, where a report says that it goes on so: 以后每周五去一次."""
    if repeat is None:
        return None
    from_now = _FROM_NOW.search(text[: repeat.span[0]][-16:]) is not None
    goes_on = (ahead is not None and ahead.recurring) or (repeat.deed and from_now)
    return repeat if goes_on else None


def _said(text: str, *, bare: bool) -> Said | None:
    """The words of a rule: those that name a day before those that name a frequency only."""
    said = (each.said_in(text, bare=bare) for each in (recurrences_zh, recurrences_en))
    found = [one for one in said if one is not None]
    return min(found, key=lambda one: (one.open, one.at[0]), default=None)


def _begins(
    said: Said, others: Sequence[Found], start: Found | None, now: datetime, at: time | None
) -> tuple[Rule | None, date]:
    """The rule, and its first day: after now, or from where a start is said."""
    least = start.date if start is not None else None
    if not said.open:
        return said.rule, first_day(said.rule, now, at, least)
    # 下周三拜访,之后每两周一次: the day that is said beside it is its first.
    beside = start or next((one for one in others if one.has_day and one.date > now.date()), None)
    whole_span = beside is not None and _A_SPAN.fullmatch(beside.text.strip().lower())
    if beside is not None and not whole_span:
        rule, begins = begun(fitted(said.rule, beside.date), beside.date)
        return rule, begins
    if said.rule.interval == _YEAR and said.rule.month is not None:
        return None, now.date()  # 每年 alone: which day?
    return said.rule, first_day(said.rule, now, at, least)


_A_SPAN = re.compile(
    r"(?:下|这|本)个?(?:周|星期|礼拜|月|季度)|(?:next|this) (?:week|month|quarter)"
)


def _is_start(text: str, one: Found) -> bool:
    """从12月1日起, starting next Monday."""
    start, end = one.at
    ahead = _FROM.search(text[max(0, start - 16) : start]) or _FROM_WORD.match(text[start:end])
    return one.has_day and (ahead is not None or _ON.match(text[end : end + 3]) is not None)


def _start_span(line: Plain, start: Found) -> tuple[int, int]:
    """从下周起: the day with what leads to it and ends it."""
    first, last = start.at
    ahead, behind = _FROM.search(line.text[:first]), _ON.match(line.text[last:])
    return line.span(ahead.start() if ahead else first, last + (behind.end() if behind else 0))


def _end(line: Plain, said: Said, now: datetime) -> tuple[range, _Ends | None, int | None]:
    """Where its end is said, what the end is from its first day, and how often it takes place."""
    text = line.text
    times = _TIMES.search(text)
    n = whole(next(one for one in times.groups() if one)) if times is not None else 0
    counted = n if 2 <= n <= MOST_TIMES else None
    lasts = _LASTS.search(text)
    if lasts is not None:
        count, unit = whole(lasts["n"] or lasts["n2"]), lasts["unit"] or lasts["unit2"]
        if count > 0:
            return range(*lasts.span()), _Ends(count=count, unit=_UNITS.get(unit, unit)), counted
    for word in _UNTIL.finditer(text, said.at[1]):
        rest = text[word.end() : word.end() + 40]
        day, length = _day_behind(rest, now)
        if day is None and word[0].isascii():
            # "March" alone needs a word before it to be a month.
            day, length = _day_behind(f"until {rest.lstrip()}", now)
            length -= len("until ") - (len(rest) - len(rest.lstrip()))
        if day is not None:
            return range(word.start(), word.end() + length), _Ends(day=day), counted
    return range(*times.span()) if times and counted else range(0), None, counted


def _day_behind(text: str, now: datetime) -> tuple[date | None, int]:
    """The day that a text begins with, and how far its words go; a month alone is its last day."""
    bare = text.lstrip()
    found = next(found_in(plain(bare), now), None)
    if found is None or not found.has_day or found.at[0] > len("until the "):
        return None, 0
    length = len(text) - len(bare) + found.at[1]
    length += len("为止") if text[length:].startswith("为止") else 0
    if _MONTH_ONLY.match(bare.removeprefix("until ") + " "):
        return found.date.replace(day=last_of(found.date.year, found.date.month)), length
    return found.date, length


@dataclass(frozen=True, slots=True)
class _Ends:
    """A last day, or so many units from the first one on."""

    day: date | None = None
    count: int = 0
    unit: str = ""

    def __call__(self, begins: date) -> date:
        if self.day is not None:
            return self.day
        if self.unit in {"day", "week"}:
            return begins + DAY * (self.count * (7 if self.unit == "week" else 1) - 1)
        months = {"month": 1, "quarter": 3, "year": 12}[self.unit]
        return add_months(begins, self.count * months) - DAY


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
