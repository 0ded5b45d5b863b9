"""Repetitions in English: every other Monday, fortnightly, on the 15th of every month."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from core.language import en_words as en
from core.language.numerals import EN_ORDINAL, en_number, en_ordinal
from core.language.recurrence_words import (
    MONTHLY,
    QUARTER_END,
    QUARTERLY,
    WEEKLY,
    YEAR_END,
    YEARLY,
    Said,
    clause_around,
    first_of,
    got,
    words,
)
from core.rules.recurrence import WORKDAYS, Rule

if TYPE_CHECKING:
    from collections.abc import Callable

_WD = (
    r"(?:(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)\b)"
)
_LIST = (
    rf"(?P<days>{_WD}(?:(?:\s?,\s?(?:and )?(?:on )?|\s?(?:and|&|/|\+)\s?(?:on )?){_WD}){{0,6}})"
)
_COUNT = r"(?P<n>other|alternate|second|2nd|third|3rd|fourth|4th|two|three|four|five|six|\d{1,2})"
_ORD = rf"(?P<d>\d{{1,2}}(?:st|nd|rd|th)|{EN_ORDINAL})"
_NTH = r"(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)"
_EVERY = r"\b(?:every|each)"
_END_OF = r"(?:the )?(?:end|close|last day)(?: of)?"
_START_OF = r"(?:the )?(?:start|beginning|first day)(?: of)?"
_MIDDLE_OF = r"(?:the )?middle(?: of)?"
#: what a customer does, has or pays regularly
_FACT = re.compile(
    r"turnover|sales|statement|revenue|payroll|salar|wage|re-?pay|instal|interest|rent(?!al car)|"
    r"invoice|output|shipment|orders?\b|flows?\b|inflow|volume|fees?\b|premium|balance|average|"
    r"income|costs?\b|profit|throughput|capacity|cash|deliver(?:y|ies)|settlements?\b|limit|"
    r"figures|accounts\b|tax|report(?!ing line| to (?:us|me))"
)
_ACT = re.compile(
    r"\b(?:visit|call|meet|see\b|ring|phone|check|catch(?:ing)?[ -]?up|follow|remind|drop|go\b|"
    r"touch base|chase|collect|bring|lunch|tea\b|coffee|breakfast|dinner|wechat|message|text|"
    r"e-?mail|schedule|plan\b|stop by|pop (?:in|by|over)|talk|speak|contact|update them|"
    r"review with|sit down|book|send|look in|walk|tour|inspect)"
)
#: of whom something is told: they ship every Friday
_OTHERS = re.compile(
    r"\b(?:they|he|she|it|customer|client|company|factory|plant|owner|boss|pays?|paid|ships?|"
    r"repays?|delivers?|closes|meets|comes?|produces?|invoices?|settles?|(?:is|are) (?:paid|due))"
    r"(?: (?:us|me|out|in|them|it|always|usually|on|their \w+|the \w+|wages|rent|salaries))*\s?$"
)


def said_in(text: str, *, bare: bool) -> Said | None:
    """The first rule that a normalised text plans."""
    if not _CLUE.search(text):
        return None
    return first_of(text, _TABLE, partial(_plans, bare=bare))


def speaks_of_a_deed(text: str) -> bool:
    """Whether a normalised text says that somebody is to do something."""
    return _ACT.search(text) is not None


def _plans(text: str, said: Said, *, bare: bool) -> bool:
    if bare:
        return True
    before, behind = clause_around(text, said.at)
    if _OTHERS.search(before) or _FACT.match(behind.lstrip()) or _fact_first(behind):
        return False
    if said.open:
        return _ACT.search(text) is not None and _FACT.search(before[-14:]) is None
    return _ACT.search(text) is not None or _FACT.search(text) is None


def _fact_first(behind: str) -> bool:
    """Whether the words behind speak of a fact before they speak of a deed."""
    fact, act = _FACT.search(behind), _ACT.search(behind)
    return fact is not None and fact.start() < 16 and (act is None or fact.start() <= act.start())


def _count(m: re.Match[str]) -> int:
    said = got(m, "n")
    if not said:
        return 1
    if said in {"other", "alternate"}:
        return 2
    if said[0].isdigit():
        return int("".join(c for c in said if c.isdigit()))
    ordinal = en_ordinal(said)
    return ordinal if ordinal > 0 else int(en_number(said) or 0)


def _weekdays(text: str) -> tuple[int, ...]:
    return tuple(sorted({en.weekday_of(one) for one in re.findall(_WD, text)}))


def _weekly(m: re.Match[str]) -> Rule:
    return Rule("week", _count(m), _weekdays(got(m, "days")))


def _fortnightly(m: re.Match[str]) -> Rule:
    return Rule("week", 2, _weekdays(got(m, "days")))


def _weeks(m: re.Match[str]) -> Rule:
    return Rule("week", _count(m), (0,))


def _days(m: re.Match[str]) -> Rule:
    n = _count(m)
    return WORKDAYS if n == 1 else Rule("day", n)


def _monthly(m: re.Match[str]) -> Rule:
    return Rule("month", _count(m), day=en_ordinal(got(m, "d")))


def _nth_of_month(m: re.Match[str]) -> Rule:
    said = got(m, "nth")
    nth = -1 if said == "last" else en_ordinal(said)
    if not got(m, "wd"):
        return Rule("month", _count(m), day=-1 if nth < 0 else nth)
    return Rule("month", _count(m), _weekdays(got(m, "wd")), nth=nth)


def _months(m: re.Match[str]) -> Rule:
    n = _count(m)
    return QUARTERLY if n == 3 else Rule("month", n, day=1)


def _part_of_month(day: int) -> Callable[[re.Match[str]], Rule]:
    return lambda m: Rule("month", _count(m), day=day)


def _yearly(m: re.Match[str]) -> Rule:
    day = int(re.sub(r"\D", "", got(m, "d")))
    return Rule("month", 12, day=day, month=en.month_of(got(m, "m")))


_MONTHS = rf"(?:(?:every|each) (?:{_COUNT} )?months?|monthly)"
_OF_MONTHS = rf"(?:of|in) (?:every|each) (?:{_COUNT} )?months?"
_WORKING = r"(?:working|business|week|work)[ -]?day"
_CLUE = re.compile(
    r"every|each|daily|weekly|monthly|yearly|annual|quarterly|fortnight|days\b|"
    r"once a|twice a|mon(?:day)?s? (?:to|through|-|till|until) fri"
)
_TABLE = (
    words(rf"{_EVERY} {_WORKING}\b|\bon (?:all )?{_WORKING}s\b|\b{_WORKING}s (?=at \d|\d)|"
          r"\b(?:every |each )?mon(?:day)?s? (?:to|through|-|till|until) fri(?:day)?s?\b",
          WORKDAYS),
    # the first Monday of every month, before every first Monday
    words(rf"\b(?:on )?(?:the )?{_NTH} (?:(?P<wd>{_WD})|{_WORKING}) {_OF_MONTHS}", _nth_of_month),
    words(rf"{_EVERY} {_NTH} (?:(?P<wd>{_WD})|{_WORKING}) (?:of|in) (?:the|a|each|every) month",
          _nth_of_month),
    words(rf"{_EVERY} (?P<nth>first|last|1st) (?P<wd>{_WD})", _nth_of_month),
    words(rf"\b{_MONTHS},? (?:on )?(?:the )?{_NTH} (?:(?P<wd>{_WD})|{_WORKING})", _nth_of_month),
    words(rf"\b(?:on )?(?:the )?{_NTH} (?P<wd>{_WD}) (?:monthly|every month|each month)",
          _nth_of_month),
    words(rf"\b(?:on )?the {_ORD} (?:day )?(?:of |in )?(?:every|each) (?:{_COUNT} )?months?",
          _monthly),
    words(rf"\b{_MONTHS},? (?:on )?(?:the )?{_ORD}(?! {_WD})(?! (?:and|&|,))", _monthly),
    words(rf"{_EVERY} (?P<d>\d{{1,2}}(?:st|nd|rd|th))(?: of (?:the|each|every) month)?"
          rf"(?! (?:{_WD}|of|day|week|month|visit|call|and|{en.MONTH}))", _monthly),
    words(rf"\b(?:at |by )?{_END_OF} (?:every|each) (?:{_COUNT} )?months?|"
          rf"{_EVERY} month[ -]?end\b|\bat month[ -]?end,? (?:every|each) month|"
          rf"\b{_MONTHS} at (?:the )?(?:month[ -]?end|end)\b", _part_of_month(-1)),
    words(rf"\b(?:at |on )?{_START_OF} (?:every|each) (?:{_COUNT} )?months?", _part_of_month(1)),
    words(rf"\b(?:in |by )?(?:{_MIDDLE_OF}|mid-?month,?) (?:every|each) month",
          _part_of_month(15)),
    words(rf"\b(?:at |by )?{_END_OF} (?:every|each) quarter|{_EVERY} quarter[ -]?end\b|"
          r"\bquarterly,? at (?:the )?quarter[ -]?end", QUARTER_END),
    words(rf"\b(?:at )?{_START_OF} (?:every|each) quarter", QUARTERLY),
    words(rf"\b(?:at |by )?{_END_OF} (?:every|each) year|{_EVERY} year[ -]?end\b", YEAR_END),
    words(rf"(?:{_EVERY} year|\bannually|\byearly),? (?:on )?(?:the )?(?:"
          rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{en.MONTH})|"
          rf"(?P<m>{en.MONTH}) (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?)", _yearly),
    words(rf"{_EVERY} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{en.MONTH})", _yearly),
    words(rf"{_EVERY} (?:{_COUNT} (?:weeks? |wk )?|weeks? )?(?:on )?(?:the )?{_LIST}"
          r"(?! (?:of|in) )", _weekly),
    words(rf"\b(?:fortnightly|bi-?weekly|(?:every|each) fortnight|once a fortnight|"
          rf"once every (?:two|2) weeks|every (?:two|2|other) weeks?),? (?:on )?{_LIST}",
          _fortnightly),
    words(rf"\b(?:weekly|once a week|once every week),? (?:on )?{_LIST}", _weekly),
    words(rf"\b(?:on )?{_LIST},? (?:fortnightly|every fortnight|bi-?weekly|every (?:other|two|2) "
          rf"weeks?)", _fortnightly),
    words(rf"\b(?:on )?{_LIST},? (?:weekly|every week|each week)\b", _weekly),
    words(r"\b(?:on )?(?P<days>(?:mon|tues|wednes|thurs|fri|satur|sun)days"
          r"(?:(?:\s?,\s?(?:and )?|\s?(?:and|&|/)\s?)"
          r"(?:mon|tues|wednes|thurs|fri|satur|sun)days)*)"
          r"(?! (?:call|visit|meeting|note)\b)", _weekly),
    words(rf"{_EVERY} {_COUNT} days?\b", _days),
    words(rf"{_EVERY} (?:day|morning|afternoon|evening)\b|\bdaily\b(?! (?:news|mail|limit))",
          WORKDAYS),
    words(r"\bevery weekend\b|\beach weekend\b|\bat weekends\b", Rule("week", weekdays=(5,))),
    words(r"\bfortnightly\b|\bbi-?weekly\b|\b(?:every|once a|each) fortnight\b|"
          r"\btwice a month\b", Rule("week", 2, (0,)), frequency_only=True),
    words(rf"(?:{_EVERY}|\bonce every) {_COUNT} weeks?\b", _weeks, frequency_only=True),
    words(r"\bweekly\b|\b(?:every|each|once a|once every) week\b", WEEKLY, frequency_only=True),
    words(r"\bbi-?monthly\b", Rule("month", 2, day=1), frequency_only=True),
    words(r"\b(?:half[ -]yearly|every (?:half|half a) year|twice a year|semi-?annually)\b",
           Rule("month", 6, day=1), frequency_only=True),
    words(rf"(?:{_EVERY}|\bonce every) {_COUNT} months?\b", _months, frequency_only=True),
    words(r"\bmonthly\b|\b(?:every|each|once a|once every) month\b", MONTHLY, frequency_only=True),
    words(r"\bquarterly\b|\b(?:every|each|once a|once every) quarter\b", QUARTERLY,
          frequency_only=True),
    words(r"\b(?:yearly|annually)\b|\b(?:every|each|once a) year\b", YEARLY, frequency_only=True),
)  # fmt: skip
