"""Which of a statement's dates is the deed's, and which the next contact's.

A report lies in the past and a next contact in the future. Maturities, deliveries, journeys and
the like are neither. "Just", 刚 and a deed without any day mean today.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.language.clauses import ACT, EVENT, MATURITY, NEXT, Clause, clause_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.language.found import Found

#: right behind a day these say that it is still to come
_TO_COME = re.compile(
    r"^\s?(?:要|会|将|需|得|打算|计划|准备|前|之前|以前|能|可以|应该|给到|交付|提供)"
)
#: 中秋前去看了他: done before that day
_WENT = re.compile(r"^前?[去来到给拜走见看]\S{0,4}[了过]")
_DONE_BEHIND = re.compile(r"(?:了|过)(?!解|来|去)")
#: a day by which something is wanted is no contact's, unless a contact is spoken of
_WISH = re.compile(
    r"想|需要|要(?!我|去|来)|希望|打算|计划|(?<![a-z])(?:needs?|wants?|would like|looking|"
    r"hop\w+)(?![a-z])"
)
_CONTACT = re.compile(
    r"拜访|走访|上门|登门|见|面谈|面签|签|送|联系|打|提交|交|收|汇报|沟通|聊|谈|碰|吃饭|"
    r"催|拿|取|带|访|回"
    r"|去|来|给|发|报|看|手续|开户|办理|(?<![a-z])(?:call|meet|visit|see|talk|speak|"
    r"discuss|ring|phone|e-?mail"
    r"|send|bring|sign|come|go|drop|collect|pick|present|deliver|show|check|back|proposal|"
    r"paperwork"
    r"|documents?|forms?|reply|answer|quote|terms)(?![a-z])"
)
_TODAY = re.compile(r"刚|今早|(?<![a-z])just(?![a-z])")


#: 三月报表, "the March statements": the month of a paper
_PAPERS = re.compile(
    r"^\s?(?:一共|总共|已经)?[跑去打见][了过][二两三四五六七八九十几\d]+[次趟回]|^\s?(?:曾|已|"
    r"就)?(?:说|提|讲|谈|聊)(?:到|起)?过|^\s?就(?:说|提|讲)|"
    r"^\s?的?(?:份的?)?(?:报表|财报|工资|流水|对账单|账单|报税|税表|数据|工资表|预测|总结|月报|季报|"
    r"年报)"
    r"|^\s?(?:'s )?(?:statements?|accounts|figures|numbers|invoices?|financials|orders?|sales|"
    r"turnover|revenue)(?![a-z])"
)
#: "payroll with us from 1 August", "the cover they took out in March"
_SINCE = re.compile(
    r"\b(?:since|starting|effective|as of|(?<!back )(?<!away )from)\s$|\b(?:that|which|they|he|"
    r"she) (?:took|signed|"
    r"opened|bought|got|made|had|borrowed)\b[^,]{0,24}$"
)
#: "the guarantee, issued yesterday": the day of another deed than the contact
_OTHERS_DEED = re.compile(r"^\s?(?:issued|opened|received|approved|disbursed|delivered|mailed)\s$")


@dataclass(frozen=True, slots=True)
class Dates:
    """The two phrases that matter, if they were said."""

    deed: Found | None
    next: Found | None


def dates_of(clauses: Sequence[Clause], found: Sequence[Found], now: datetime) -> Dates:
    """Choose the deed's date and the next contact's among those of a report."""
    deed: Found | None = None
    ahead: list[tuple[int, Found]] = []
    for each in found:
        place = _Place(clauses, each)
        if place.is_other():
            continue
        role = _role(each, place, now, deed=deed)
        if role == "deed" and deed is None:
            deed = each
        elif role == "next":
            ahead.append((place.rank(), each))
    best = max(ahead, key=lambda pair: pair[0], default=None)
    if best is not None and _A_WEEK.fullmatch(best[1].text.strip().lower()):
        # 约下周,他回复下周三: of a week and a day of it the day is meant.
        best = next((one for one in ahead if _within(one[1], best[1])), best)
    return Dates(deed, best[1] if best is not None and best[0] > 0 else None)


_A_WEEK = re.compile(r"(?:下|这|本)个?(?:周|星期|礼拜)|(?:next|this) week")
#: as far as a clause is looked at on either side of a date
_NEAR = 160


def _within(day: Found, week: Found) -> bool:
    return day is not week and 0 <= (day.date - week.date).days < 7


class _Place:
    """A date in its clause: the words before it and behind it."""

    def __init__(self, clauses: Sequence[Clause], each: Found) -> None:
        self.each = each
        self.clause = clause_at(clauses, each.at[0])
        self.text = self.clause.text if self.clause is not None else ""
        start = self.clause.start if self.clause is not None else 0
        first, last = each.at[0] - start, each.at[1] - start
        self.before = self.text[max(0, first - _NEAR) : first]
        self.behind = self.text[last : last + _NEAR]
        self.text = self.text[max(0, first - _NEAR) : last + _NEAR]
        self.first = bool(clauses) and self.clause is clauses[0]
        self.further = NEXT.search(self.text) is not None
        self.deed = self.clause is not None and self.clause.deed

    def is_other(self) -> bool:
        """Whether the date is a maturity or another date that is nobody's contact."""
        if (
            _OTHERS_DEED.search(self.before)
            or _SINCE.search(self.before)
            or _PAPERS.search(self.behind)
        ):
            return True
        if MATURITY.search(self.before[-24:]) and not ACT.search(self.behind[:10]):
            return True
        due = MATURITY.search(self.behind)
        if due is None or (due[0][0] == "还" and self.each.deadline):
            return False  # 月底前还上: that is the next thing to come
        # "next Tuesday to discuss the loan that matures": a contact comes first.
        talk = NEXT.search(self.behind) or ACT.search(self.behind)
        return talk is None or talk.start() >= due.start()

    def went_before(self, now: datetime) -> bool:
        """中秋前去看了他: done already, before a day that is still to come."""
        by = self.each.deadline or self.behind[:1] == "前"
        ahead = self.each.sign > 0 or self.each.past_date > now.date()
        return by and not ahead and _WENT.search(self.behind[:7]) is not None

    def is_event(self) -> bool:
        """Whether something other than a contact happens on that day."""
        if NEXT.search(self.behind):
            # 10月12日回国后再联系: back on that day, and to be called then.
            return False
        event = EVENT.search(self.behind[:24])
        if event is None:
            return EVENT.search(self.before[-14:]) is not None and not (
                self.further or ACT.search(self.behind)
            )
        talk = NEXT.search(self.behind) or ACT.search(self.behind)
        return talk is None or talk.start() >= event.start()

    def rank(self) -> int:
        """How likely this is the day of the next contact."""
        if self.is_event() and not NEXT.search(self.before):
            return 0
        rank = 1
        if _WISH.search(self.text) and not (self.further or _CONTACT.search(self.text)):
            return 0
        if ACT.search(self.text):
            rank = 2
        if self.further:
            rank = 3
        return rank if self.each.has_day else rank - 1 or 1


def _role(each: Found, place: _Place, now: datetime, *, deed: Found | None) -> str:
    """Whether a date is the deed's, the next contact's, or another's."""
    gone = not (each.has_day or each.exact_time or place.further) and each.date > now.date()
    if each.sign < 0 or (gone and deed is None and place.deed and place.first):
        return "deed"
    spent = not place.further and each.text.lower().startswith("after ") and each.exact_time
    if gone or spent or (each.recurring and not place.further) or place.went_before(now):
        return "other"
    if each.recurring or each.sign > 0 or each.past_date > now.date():
        return "next"
    if each.date == now.date() or (not each.has_day and each.past_date == now.date()):
        return _role_of_today(each, place, now, deed=deed)
    return _role_either_way(each, place, deed=deed)


def _role_of_today(each: Found, place: _Place, now: datetime, *, deed: Found | None) -> str:
    if deed is not None and place.deed and not each.exact_time:
        return "other"
    later = each.exact_time and each.time is not None and each.time > now.time()
    if deed is None and not ((place.further or later) and not place.deed and not place.first):
        return "deed"
    return "next" if place.further or later else "other"


def _role_either_way(each: Found, place: _Place, *, deed: Found | None) -> str:
    """A weekday or a date that may be the last one or the coming one."""
    if place.is_event():
        return "other"
    if place.further and not _DONE_BEHIND.search(place.behind):
        return "next"
    if deed is not None or each.deadline or _TO_COME.search(place.behind):
        return "next"
    return "deed" if place.first or place.deed else "next"


def happened_just_now(text: str) -> bool:
    """Whether a report says that it only just happened."""
    return _TODAY.search(text) is not None
