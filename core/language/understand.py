"""A line of an RM's becomes notes: who, how, when, about what, how it went, and what comes next.

One note a statement: a message that names two customers gives two. Every field keeps the words it
came from and how sure we are, so that the review card can mark what was guessed; a name that fits
several customers chooses none. A pure function of text, moment and portfolio.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from core.language import cues, dates, recurrences
from core.language.clauses import ACT, NEXT, Clause, clause_at, clauses_of, mark
from core.language.intents import Facts, intent_of
from core.language.money import Amount, amounts_in
from core.language.outcomes import outcome_of
from core.language.segments import Segment, segments_of
from core.language.signs import signs_of
from core.language.text import Plain, plain
from core.language.wanted import amount_in, product_in
from core.language.weighed import settled, views_of, weighed
from core.language.when import found_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime, time

    from core.language.found import Found
    from core.language.names import Mention, Portfolio
    from core.language.recurrences import Repeat
    from core.language.weighed import Valued, Views

Intent = Literal["log", "lookup", "task", "chitchat"]
LONGEST = 2000
_EDGES = re.compile(r"^[\s,,。;;、]+|[\s,,;;、]+$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in the text a field comes from, and how sure it is (0 to 1)."""

    span: tuple[int, int] | None
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Note:
    """One statement, understood; None where nothing was said."""

    text: str
    span: tuple[int, int]
    intent: str
    customer: int | str | None = None
    kind: str | None = None
    occurred_date: date | None = None
    occurred_time: time | None = None
    #: in yuan
    amount: int | None = None
    product: str | None = None
    outcome: str | None = None
    follow_up_date: date | None = None
    follow_up_time: time | None = None
    #: the repetition that the words ask for (every Friday, 每周五)
    repeat: Repeat | None = None
    #: ids, likeliest first, when the name fits several customers (or the one that was chosen)
    candidates: tuple[int | str, ...] = ()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


def understand(
    text: str, now: datetime, portfolio: Portfolio, *, by_rules: bool = False
) -> list[Note]:
    """The notes of a message, in order; at least one, if only small talk.

    `by_rules` leaves the trained model out: what the rules alone say.
    """
    line = plain(text[:LONGEST])
    found = list(found_in(line, now))
    amounts = amounts_in(line)
    mentions = portfolio.mentions(line)
    clauses = clauses_of(line.text, [f.at for f in found] + [a.at for a in amounts])
    mark(clauses, found)
    name_only = portfolio.is_name(line)
    signs = () if by_rules else tuple(signs_of(line, found, amounts, mentions))
    return [
        _note(
            _Part(line, segment, found, amounts, now, name_only=name_only),
            {} if by_rules or name_only else views_of(line, segment, signs),
        )
        for segment in segments_of(line.text, clauses, mentions)
    ]


def first(text: str, now: datetime, portfolio: Portfolio) -> Note:
    """The first note of a message."""
    return understand(text, now, portfolio)[0]


#: nobody there, so another journey
_COME_AGAIN = re.compile(r"再[去跑]|改天去|门卫|保安")
_HANDSET = re.compile(r"手机|座机|\b(?:mobile|landline|phone)\b")
_AT_THE_DOOR = re.compile(
    r"不在|没在|没见|没碰|锁|门|空(?!号)|(?<![a-z])(?:there|door|gate|shutters?|office|in|"
    r"at|out|site)(?![a-z])"
)


class _Part:
    """One statement with everything found inside it."""

    def __init__(
        self,
        line: Plain,
        segment: Segment,
        found: Sequence[Found],
        amounts: Sequence[Amount],
        now: datetime,
        *,
        name_only: bool,
    ) -> None:
        self.line = line
        self.start, self.end = segment.start, segment.end
        self.mention: Mention | None = segment.mention
        self.clauses: Sequence[Clause] = segment.clauses
        self.found = [f for f in found if self.start <= f.at[0] < self.end]
        self.amounts = [a for a in amounts if self.start <= a.at[0] < self.end]
        self.now = now
        self.name_only = name_only
        # Names are blanked, so that 兴业贸易 asks for no trade finance.
        text = line.text
        for start, end in segment.names:
            text = text[:start] + "□" * (end - start) + text[end:]
        self.text = text[self.start : self.end]

    def evidence(self, start: int, end: int, confidence: float) -> Evidence:
        """Evidence from a span relative to the statement."""
        span = self.line.span(self.start + start, self.start + end)
        return Evidence(span, self.line.source[span[0] : span[1]], confidence)

    def at(self, span: tuple[int, int], confidence: float) -> Evidence:
        """Evidence from a span of the whole normalised line."""
        return self.evidence(span[0] - self.start, span[1] - self.start, confidence)


def _note(part: _Part, views: Views) -> Note:
    why: dict[str, Evidence] = {}
    chosen = dates.dates_of(part.clauses, part.found, part.now)
    clauses = _own_clauses(part)
    product = product_in(part.text)
    amount = amount_in(part.text, part.amounts, part.start)
    outcome = outcome_of(part.text, clauses, next_contact=chosen.next is not None)
    kind = _kind(part, clauses) or _by_phone(part, outcome)
    intent, sure = intent_of(part.text, _facts(part, clauses, outcome, kind, (product, amount)))
    intent, sure = settled(views, intent, outcome, sure)
    repeat = recurrences.in_line(_blanked(part), part.now)
    intent = _unless_planned(part, repeat, clauses, outcome, intent)
    if intent == "log":
        kind = weighed(views, "kind", kind)
        outcome = weighed(views, "outcome", outcome)
    else:
        kind = _kind(part, clauses, task=True)
    why["intent"], span = Evidence(None, "", sure), part.line.span(part.start, part.end)
    values: dict[str, object] = {}
    if part.mention is not None and intent != "chitchat":
        values["customer"] = part.mention.id
        values["candidates"] = part.mention.candidates
        named = part.at(part.mention.at, part.mention.confidence)
        why |= {"customer": named} | ({"contact": named} if part.mention.by_contact else {})
    if intent in {"log", "task"}:
        if kind is not None:
            values["kind"] = kind[0]
            why["kind"] = part.evidence(*kind[1], kind[2])
        if product is not None:
            values["product"] = product[0]
            why["product"] = part.evidence(*product[1], 0.9)
        if amount is not None:
            values["amount"] = amount.yuan
            why["amount"] = part.at(amount.at, 0.9)
    if intent == "log":
        if outcome is not None:
            values["outcome"] = outcome[0]
            why["outcome"] = part.evidence(*outcome[1], outcome[2])
        _when_done(part, chosen.deed, values, why)
        _when_next(part, chosen.next, values, why)
        _when_repeated(part, recurrences.going_on(part.text, chosen.next, repeat), values, why)
    elif intent == "task":
        _when_due(part, repeat, values, why)
    return Note(
        text=_EDGES.sub("", part.line.source[span[0] : span[1]]),
        span=span,
        intent=intent,
        evidence=why,
        **values,  # type: ignore[arg-type]
    )


def _blanked(part: _Part) -> Plain:
    """Without its names: 天天食品 is not every day."""
    return Plain(part.text, part.text, tuple(range(len(part.text) + 1)))


def _unless_planned(
    part: _Part,
    repeat: Repeat | None,
    clauses: Sequence[Clause],
    outcome: Valued | None,
    intent: str,
) -> str:
    """The intent, but a task where a repetition is planned and nothing is told."""
    told = outcome is not None and outcome[0] != "follow_up"
    told = told or any(f.sign < 0 for f in part.found)
    deed = any(c.deed for c in clauses)
    planned = recurrences.only_planned(part.text, repeat, told=told, deed=deed)
    return "task" if planned else intent


def _when_repeated(
    part: _Part, repeat: Repeat | None, values: dict[str, object], why: dict[str, Evidence]
) -> None:
    """What comes next is the first day of the repetition, where there is one."""
    if repeat is None:
        return
    values |= {"repeat": repeat, "follow_up_date": repeat.begins, "follow_up_time": repeat.at}
    ats = [(f.at[0] - part.start, f.at[1] - part.start) for f in part.found]
    start, end = recurrences.words_of(part.text, repeat, ats)
    why["follow_up_date"] = part.evidence(start, end, 0.9)
    for name, span in (("repeat_end", repeat.end_span), ("repeat_start", repeat.start_span)):
        if span is not None:
            why[name] = part.evidence(*span, 0.9)


def _own_clauses(part: _Part) -> list[Clause]:
    """The clauses placed in the statement instead of the line, with the names blanked."""
    first = part.start
    return [
        Clause(
            c.start - first,
            c.end - first,
            part.text[c.start - first : c.end - first],
            c.plan,
            c.deed,
        )
        for c in part.clauses
    ]


def _facts(
    part: _Part,
    clauses: Sequence[Clause],
    outcome: Valued | None,
    kind: Valued | None,
    wanted: tuple[object, object],
) -> Facts:
    """What the intent is decided on; `wanted` are the product and the sum."""
    product, amount = wanted
    return Facts(
        customer=part.mention is not None,
        name_only=part.name_only,
        deed=any(c.deed for c in clauses),
        plan=any(c.plan for c in clauses),
        outcome=outcome[0] if outcome else None,
        kind=kind is not None,
        product=product is not None,
        amount=amount is not None,
        future=any(f.sign > 0 for f in part.found),
        past=any(f.sign < 0 for f in part.found) or dates.happened_just_now(part.text),
        any_date=any(f.sign >= 0 and not _state_of_today(f, part) for f in part.found),
        contact_then_next=bool(clauses) and _contact_then_next(clauses),
    )


def _when_done(
    part: _Part, deed: Found | None, values: dict[str, object], why: dict[str, Evidence]
) -> None:
    if deed is None:
        values["occurred_date"] = part.now.date()
        why["occurred_date"] = Evidence(None, "", 0.8)
        return
    when = deed.when(past=True)
    day = min(when.date, part.now.date())
    values["occurred_date"] = day
    values["occurred_time"] = when.time
    why["occurred_date"] = part.at(deed.at, 0.95)
    if when.time is not None:
        why["occurred_time"] = part.at(deed.at, 0.95 if deed.exact_time else 0.6)


def _when_next(
    part: _Part, ahead: Found | None, values: dict[str, object], why: dict[str, Evidence]
) -> None:
    if ahead is None:
        return
    values["follow_up_date"] = ahead.date
    values["follow_up_time"] = ahead.time
    why["follow_up_date"] = part.at(ahead.at, 0.9)
    if ahead.time is not None:
        why["follow_up_time"] = part.at(ahead.at, 0.9 if ahead.exact_time else 0.6)


def _when_due(
    part: _Part, repeat: Repeat | None, values: dict[str, object], why: dict[str, Evidence]
) -> None:
    """The day of something to do: of a repetition, its first one."""
    ahead = [f for f in part.found if f.sign >= 0]
    ahead = [f for f in ahead if not _is_free(f, part.clauses)] or ahead
    due = next((f for f in ahead if f.has_day), next(iter(ahead), None))
    _when_next(part, due, values, why)
    if repeat is not None:
        _when_repeated(part, repeat, values, why)
    elif due is not None and due.time is None:
        _hour_apart(part, due, values, why)


def _hour_apart(
    part: _Part, due: Found, values: dict[str, object], why: dict[str, Evidence]
) -> None:
    """Tomorrow's meeting … 2pm: the hour said apart, where it is the only one."""
    hours = [f for f in part.found if not f.has_day and f.time is not None]
    days = [f for f in part.found if f.has_day]
    if len(hours) == 1 and days == [due] and hours[0].exact_time:
        values["follow_up_time"] = hours[0].time
        why["follow_up_time"] = part.at(hours[0].at, 0.6)


def _by_phone(
    part: _Part, outcome: tuple[str, tuple[int, int], float] | None
) -> tuple[str, tuple[int, int], float] | None:
    """Nobody reached and no door spoken of: that is the telephone."""
    if outcome is None or outcome[0] != "no_answer":
        return None
    again = _COME_AGAIN.search(part.text)
    if again is not None:
        return "visit", again.span(), 0.6
    if not _HANDSET.search(part.text) and _AT_THE_DOOR.search(part.text):
        return None
    return "call", outcome[1], 0.5


def _kind(
    part: _Part, clauses: Sequence[Clause], *, task: bool = False
) -> tuple[str, tuple[int, int], float] | None:
    """How it happened: the first cue in what was done, else in what is planned."""
    planned: cues.Cue | None = None
    for table, sure in ((cues.KINDS, 0.9), (cues.WEAK_KINDS, 0.6)):
        for cue in cues.cues(table, part.text):
            clause = next((c for c in clauses if c.start <= cue.start < c.end), None)
            if clause is None or not clause.plan or clause.deed:
                return cue.value, (cue.start, cue.end), sure
            if not task or part.text[cue.start : cue.end] != "回访":
                planned = planned or cue
    implied = cues.CALL_IMPLIED.search(part.text)
    if implied is not None:
        return "call", implied.span(), 0.6
    if planned is None:
        return None
    if not task and any(not (c.plan or _FREE.search(c.text)) for c in clauses):
        return None
    return planned.value, (planned.start, planned.end), 0.7


#: 周一到周三都在出差, 两天都可以: when one has time, no contact
_FREE = re.compile(r"^(?!.*[□了过]).*(?:出差|开会|培训|都可以|都行|有空|没空|不在行)$")


def _state_of_today(found: Found, part: _Part) -> bool:
    """今天起息, 今天态度挺好: told of today, without anything to be done."""
    today = found.has_day and not found.exact_time and found.date == part.now.date()
    over = not (found.has_day or found.exact_time) and found.date > part.now.date()
    told = today and found.time is None and not found.deadline
    return over or (told and ACT.search(part.text) is None)


def _is_free(found: Found, clauses: Sequence[Clause]) -> bool:
    clause = clause_at(clauses, found.at[0])
    return clause is not None and _FREE.search(clause.text) is not None


def _contact_then_next(clauses: Sequence[Clause]) -> bool:
    """Whether a clause without a plan comes before one with a further contact."""
    first = 0
    while first < len(clauses) - 1 and _FREE.search(clauses[first].text):
        first += 1
    if clauses[first].plan and first == 0:
        return False
    later = clauses[first + 1 :]
    if any(NEXT.search(c.text) for c in later):
        return True
    # 走访鑫源,明年要扩库,12月10号前给意见: with a date in front it would be a plan.
    return any(c.plan for c in later) and (len(later) > 1 or ACT.search(later[0].text) is not None)
