"""Promises in a note: who said to give, send or bring what, and by when.

Two directions: of the bank to the firm (ours), of the firm to the bank (theirs). Taken only where
somebody vows it (答应, promised), or says that they will and names a day: better missed than made
up. Each clause is asked three things: who speaks, whether it is a vow or a dated will, and whether
something speaks against it (a denial, a question, another bank, a thing done). A pure function of
text and moment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.language import promise_words as say
from core.language.contacts import is_surname
from core.language.when import find_whens

if TYPE_CHECKING:
    from datetime import date, datetime

Direction = Literal["ours", "theirs"]
#: of one note
MOST = 3
TEXT_LENGTH = 120
#: longer than any note of a person; what stands behind is not looked at
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """One promise in a note."""

    direction: Direction
    text: str
    due: date | None


def may_promise(text: str) -> bool:
    """Whether a text is worth a closer look; cheap, and no promise is missed by it."""
    return say.ANY.search(text) is not None


def promises_in(text: str, now: datetime) -> list[Said]:
    """The promises of a note, in their order; `now` on the clock of who wrote it."""
    found: list[Said] = []
    speaker: Direction | None = None
    before = ""
    bare = False
    for clause in say.CLAUSE.split(text[:_LONGEST]):
        said = clause.strip()
        if not said:
            continue
        direction: Direction | None = None
        due: date | None = None
        if may_promise(said):
            due = _due(said, now)
            direction = _direction(said, speaker, dated=due is not None)
        elif say.CONSENT.match(said) and before and (due := _due(before, now)):
            said, direction = before, "ours"  # 客户要我们周五前出函,我同意了
        if direction is not None:
            if found and bare and due and found[-1].direction == direction:
                found.pop()  # 冯厂长应下来,批文周五拍给我: the vow first, then what it is of
            found.append(Said(direction, said[:TEXT_LENGTH], due))
            if len(found) == MOST:
                break
        bare = direction is not None and due is None and say.BARE.search(said) is not None
        speaker = _speaker(said) or direction
        before = said if say.REQUEST.search(said) else ""
    return found


def _due(clause: str, now: datetime) -> date | None:
    days = [
        one
        for one in find_whens(clause, now)
        if (one.has_day or (one.deadline and one.exact_time))
        and one.date >= now.date()
        and not say.OF_PAPERS.match(clause[one.end :])
    ]
    # "the Q3 statements by Friday": the day by which it is due comes first.
    days.sort(key=lambda one: not one.deadline)
    return days[0].date if days else None


def _direction(clause: str, speaker: Direction | None, *, dated: bool) -> Direction | None:
    if say.AGAINST.search(clause):
        return None
    if re.search(r"[\u4e00-\u9fff]", clause):
        return _direction_zh(clause, speaker, dated=dated)
    return _direction_en(clause, speaker, dated=dated)


def _speaker(clause: str) -> Direction | None:
    """Who speaks on in the next clause: 我说行,明天…; 黄总,周五前给我."""
    if say.WE_SPEAK.search(clause):
        return "ours"
    return "theirs" if say.THEY_SPEAK.search(clause) else None


def _last_subject(text: str) -> Direction | None:
    """The side of a Chinese text's last subject; those behind 给, 跟 and the like are none."""
    subjects = list(say.SUBJECT.finditer(say.PREPOSITION.sub("", text)))
    if not subjects:
        return None
    return "ours" if subjects[-1]["us"] else "theirs"


def _first_subject(text: str) -> Direction | None:
    match = say.SUBJECT.search(say.PREPOSITION.sub("", text))
    return None if match is None else ("ours" if match["us"] else "theirs")


def _direction_zh(clause: str, speaker: Direction | None, *, dated: bool) -> Direction | None:
    vow = say.VOW.search(clause)
    if vow is None:
        return _will_zh(clause, speaker) if dated else None
    before = clause[: vow.start()]
    if say.DENIED.search(before) or vow["past"] or (vow["weak"] and not dated):
        return None
    # 答应王总…, 已向客户承诺…: we; 答应给我们…: they
    told: Direction = "ours" if say.TOLD_FIRM.search(clause) else "theirs"
    unsaid = told if told == "ours" or say.TO_US.search(clause) else speaker
    agreed = _first_subject(clause[vow.end() :]) if vow["weak"] else None
    return _last_subject(f"{before}说") or agreed or unsaid  # 约定周四我们去送合同


def _will_zh(clause: str, speaker: Direction | None) -> Direction | None:
    """Somebody will give, send or do it by a day, without a vow."""
    give = say.GIVE.search(clause)
    if give is None or say.GIVEN.search(clause):
        return None
    subject = _last_subject(clause[: give.start()])
    to_us = say.TO_US.search(clause) is not None
    if subject == "theirs":
        return "theirs" if to_us or say.WILL.search(clause) else None
    if subject is None and to_us:
        return "theirs"
    ours = subject == "ours" or speaker == "ours" or say.TO_FIRM.search(clause)
    return "ours" if ours else None


def _direction_en(clause: str, speaker: Direction | None, *, dated: bool) -> Direction | None:
    vow = say.VOW_EN.search(clause)
    if vow is not None:
        who = _subject_en(clause[: vow.start()])
        if who is None and not clause[: vow.start()].strip():
            return "ours"  # Promised the client a call: we write of ourselves
        return who
    if not dated:
        return None
    will = say.WILL_EN.search(clause)
    if will is not None and say.GIVE_EN.search(clause[will.start() :]):
        return _subject_en(clause[: will.start()]) or (
            speaker if not clause[: will.start()].strip(" \"'") else None
        )
    return "theirs" if say.PAPERS_FROM.search(clause) else None


def _subject_en(before: str) -> Direction | None:
    """The side of the last subject in front of an English verb."""
    best: tuple[int, Direction] | None = None
    if (quoted := say.QUOTED.match(before)) and is_surname(quoted["name"]):
        return "theirs"  # Gao: I'll pay on Monday
    # told Han the LC would be out: whom we tell does not do it
    before = say.TOLD_EN.sub("I ", before)
    for match in say.SUBJECT_EN.finditer(before):
        if match["name"] and not is_surname(match["name"]):
            continue
        best = (match.start(), "ours" if match["us"] else "theirs")
    return best[1] if best else None
