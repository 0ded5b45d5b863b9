"""Promises in a note: who said to give, send or bring what, and by when.

Two directions: of the bank to the firm (ours), of the firm to the bank (theirs). Taken only where
somebody vows it (答应, promised), or says that they will and names a day: better missed than made
up. A pure function of text and moment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.language.when import find_whens

if TYPE_CHECKING:
    from datetime import date, datetime

Direction = Literal["ours", "theirs"]
#: of one note
MOST = 3
TEXT_LENGTH = 120

# Full-width marks by their numbers: linters take them for their ASCII likes.
_CLAUSE = re.compile("[,;.!?\\n\\uff0c\\uff1b\\u3002\\uff01\\uff1f]+(?!\\d)")
_FIRM = (
    r"(?:客户|对方|企业|公司|厂里|财务|会计|老板|法人|他们|她们|他|她"
    r"|[\u4e00-\u9fff](?:总|经理|老板|厂长|会计|主任|董|姐|哥|工))"
)
_US = r"(?:我们|我行|咱们|我方|本行|我)"
_VOW = r"(?:答应|承诺|保证|允诺)"
_GIVE = r"(?:给|发|送|提供|补|交|寄|拿|准备|回复|答复|答案|出具|报价|转|存|还|结清|签|开户|办)"
_THEIRS = (
    re.compile(rf"{_FIRM}[^,]{{0,4}}{_VOW}.*{_GIVE}"),
    re.compile(rf"{_VOW}.*(?:给|发|交|送|补给|提供给)(?:{_US})"),
)
_THEIRS_WITH_DAY = re.compile(rf"{_FIRM}[^,]{{0,10}}(?:会|将|说|同意)[^,]{{0,12}}{_GIVE}")
_OURS = (
    re.compile(rf"{_US}[^,]{{0,4}}{_VOW}.*{_GIVE}"),
    re.compile(rf"(?:^|已|也|并)[^,]{{0,4}}{_VOW}(?:了|过)?{_FIRM}.*{_GIVE}"),
)
_OURS_WITH_DAY = re.compile(
    rf"{_US}[^,]{{0,12}}(?:会|将|要|得|来|负责|尽快|前|内)?[^,]{{0,12}}{_GIVE}"
    rf"|(?:前|之前|内)[^,]{{0,6}}(?:给|发给|送给|回复|答复){_FIRM}"
)
#: what was given already is no promise
_DONE_ZH = re.compile(
    r"(?:给|发|送|交|提供|补|签|办)[^,]{0,6}(?:了(?!解)|过(?!来|去))|已经?(?:给|发|送|交)"
)
_THEY_EN = (
    r"\b(?:they|he|she|(?:the )?(?:client|customer|firm|company|owner|boss|cfo|accountant)"
    r"|(?:mr|ms|mrs)\.? \w+|\w+ (?:wang|li|zhang|chen|liu))\b"
)
_WE_EN = r"\b(?:i|we|the bank)\b"
_GIVE_EN = (
    r"\b(?:send|give|bring|provide|submit|sign|pay|deposit|return|deliver|prepare|quote|reply"
    r"|get back|call back|issue|forward|share|hand)\b"
)
_VOW_EN = r"\b(?:promis\w+|agreed to|committed to|undertook to|assured)\b"
_WILL_EN = r"(?:\bwill\b|'ll\b|\b(?:am|is|are) (?:going )?to\b|\b(?:have|has|need|needs) to\b)"


@dataclass(frozen=True, slots=True)
class Said:
    """One promise in a note."""

    direction: Direction
    text: str
    due: date | None


def may_promise(text: str) -> bool:
    """Whether a text is worth a closer look; cheap, and no promise is missed by it."""
    return _ANY.search(text) is not None


_ANY = re.compile(rf"{_VOW}|{_GIVE}|{_GIVE_EN}", re.IGNORECASE)


def promises_in(text: str, now: datetime) -> list[Said]:
    """The promises of a note, in their order; `now` on the clock of who wrote it."""
    found = []
    for clause in _CLAUSE.split(text):
        said = clause.strip()
        if not said or not may_promise(said):
            continue
        days = [one for one in find_whens(said, now) if one.has_day]
        # "the Q3 statements by Friday": the day by which it is due comes first.
        days.sort(key=lambda one: not one.deadline)
        day = days[0].date if days else None
        direction = _direction(said.casefold(), dated=day is not None and day >= now.date())
        if direction is not None:
            due = day if day is not None and day >= now.date() else None
            found.append(Said(direction, said[:TEXT_LENGTH], due))
    return found[:MOST]


def _direction(clause: str, *, dated: bool) -> Direction | None:
    if _DONE_ZH.search(clause):
        return None
    if any(one.search(clause) for one in _THEIRS):
        return "theirs"
    if any(one.search(clause) for one in _OURS):
        return "ours"
    if dated and _THEIRS_WITH_DAY.search(clause):
        return "theirs"
    if dated and _OURS_WITH_DAY.search(clause):
        return "ours"
    return _direction_en(clause, dated=dated)


def _direction_en(clause: str, *, dated: bool) -> Direction | None:
    vow = rf"(?:{_VOW_EN}|{_WILL_EN})" if dated else _VOW_EN
    promise = rf"{{who}}[^,]{{{{0,20}}}}{vow}.*{_GIVE_EN}"
    if re.search(promise.format(who=_THEY_EN), clause):
        return "theirs"
    return "ours" if re.search(promise.format(who=_WE_EN), clause) else None
